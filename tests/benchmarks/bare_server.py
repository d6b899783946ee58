"""The bare project behind the site's own server; run with a port and the number of workers."""

import sys

import django
from django.db import connection

from learn.serving import port
from learn.serving.databases import close_databases, use_databases_alone
from learn.serving.server import Server
from tests.benchmarks.bare import TABLE

IDENTITY = {
    "sqlite": "integer PRIMARY KEY AUTOINCREMENT",
    "postgresql": "bigint GENERATED ALWAYS AS IDENTITY",
}


def make_table() -> None:
    """Make the one table; the folder or database is new."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} "
            f"(id {IDENTITY[connection.vendor]}, said varchar(200) NOT NULL)"
        )


def main(number: int, workers: int) -> None:
    """Serve until SIGTERM."""
    django.setup()
    use_databases_alone()
    make_table()
    close_databases()
    listener = port.reserve("127.0.0.1", number)
    listeners = port.listen(listener, workers)
    Server(listeners, workers=workers, application="tests.benchmarks.bare_wsgi").serve_site(
        started=lambda: None
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
