"""No site runs on a SQLite engine that can lose data."""

import sqlite3
from importlib.util import find_spec
from types import SimpleNamespace

import pytest
from django.db import connections

from learn.checks import Version, check_sqlite_engine, has_wal_reset_bug

AFFECTED = [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 9), (3, 50, 4), (3, 50, 6), (3, 51, 2)]
SOUND = [(3, 6, 23), (3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 52, 0), (3, 53, 4), (4, 0, 0)]
VERSIONS = [*((version, True) for version in AFFECTED), *((version, False) for version in SOUND)]


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Settings of a site in production that uses SQLite."""
    settings = SimpleNamespace(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3"}}, DEBUG=False
    )
    monkeypatch.setattr("learn.checks.settings", settings)
    monkeypatch.delenv("CHECKMARK_ACCEPT_SQLITE", raising=False)
    return settings


@pytest.mark.parametrize(("version", "has_bug"), VERSIONS)
def test_which_releases_have_the_bug(version: Version, has_bug: bool) -> None:
    assert has_wal_reset_bug(version) is has_bug


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(("version", "has_bug"), VERSIONS)
def test_production_refuses_releases_with_the_bug(version: Version, has_bug: bool) -> None:
    found = check_sqlite_engine(version=version)
    assert [(message.id, message.is_serious()) for message in found] == [
        ("learn.E001", True)
    ] * has_bug
    assert all(".".join(map(str, version)) in message.msg for message in found)
    assert all(message.hint and "pysqlite3" in message.hint for message in found)


def test_debug_warns(production: SimpleNamespace) -> None:
    production.DEBUG = True
    [message] = check_sqlite_engine(version=(3, 40, 1))
    assert (message.id, message.is_serious()) == ("learn.W001", False)


@pytest.mark.usefixtures("production")
def test_operator_may_accept_the_risk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKMARK_ACCEPT_SQLITE", "1")
    assert check_sqlite_engine(version=(3, 40, 1)) == []


def test_postgresql_needs_no_sqlite(production: SimpleNamespace) -> None:
    production.DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}
    assert check_sqlite_engine(version=(3, 40, 1)) == []


@pytest.mark.server  # on PostgreSQL there is nothing to see
@pytest.mark.skipif(find_spec("pysqlite3") is None, reason="no wheel for this machine")
@pytest.mark.django_db
def test_the_bundled_engine_is_in_use() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        assert cursor.fetchone() == (sqlite3.sqlite_version,)
    assert type(connections["default"].connection).__mro__[1].__module__.startswith("pysqlite3")
    assert not has_wal_reset_bug(sqlite3.sqlite_version_info)
    assert check_sqlite_engine() == []
