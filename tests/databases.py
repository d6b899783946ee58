"""One PostgreSQL server for all tests of a process, with a database for each."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.needed import is_missing
from tests.postgresql import DATABASE, NoServerError, temporary_cluster
from tests.serving.earlier import make

NUMBERS = itertools.count(1)


@contextmanager
def needed_cluster() -> Iterator[str]:
    """Start a server; yield its address. A build without PostgreSQL fails, a laptop skips."""
    try:
        with temporary_cluster() as url:
            yield url
    except NoServerError as reason:
        is_missing(f"NOT TESTED ON POSTGRESQL: {reason}")


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of the server."""
    with needed_cluster() as url:
        yield url


@pytest.fixture
def empty_database(cluster: str) -> str:
    """The address of an empty database."""
    return new_database(cluster, "template0")


@pytest.fixture(scope="module")
def module_database(cluster: str) -> str:
    """The address of an empty database for a file of tests."""
    return new_database(cluster, "template0")


@pytest.fixture(scope="session")
def template(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that has the site's tables: making them takes seconds."""
    address = new_database(cluster, "template0")
    make(tmp_path_factory.mktemp("template"), "tables", DATABASE_URL=address)
    return address.rpartition("/")[2]


@pytest.fixture
def database(cluster: str, template: str) -> str:
    """The address of a database that has the site's tables, without rows."""
    return new_database(cluster, template)


def new_database(cluster: str, template: str) -> str:
    """Make a database like the one of that name and return its address."""
    name = f"test_{next(NUMBERS)}"
    with psycopg.connect(cluster, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{cluster.removesuffix(DATABASE)}{name}"
