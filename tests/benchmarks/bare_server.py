"""The bare project behind granian itself; run with a port and the number of workers."""

import sys

import django
from django.db import connection
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from tests.benchmarks.bare import TABLE

# As many as processors. The 256 that it begins by itself wait for SQLite, and write a fifth less.
THREADS = 2
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
    connection.close()


def main(number: int, workers: int) -> None:
    """Serve until SIGTERM."""
    django.setup()
    make_table()
    Server(
        "django.core.wsgi:get_wsgi_application",
        factory=True,
        port=number,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
