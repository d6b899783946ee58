"""SQLite's write-ahead log, and when what it says has reached the disk.

With ``synchronous = FULL`` SQLite waits for the disk before it lets the next one write. With
``NORMAL`` it does not wait at all, and a power cut may take what was committed last. Between the
two: who has committed lets the next one write, and then waits for the disk before anybody is told.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress

from django.db import Error, OperationalError, connections

SUFFIX = "-wal"

meanwhile: list[Callable[[], None]] = []
"""What is called before the disk is waited for: others may go on meanwhile."""


def keeps_log(connection: sqlite3.Connection) -> bool:
    """Say whether the database of a connection has such a log."""
    return bool(connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal")


def wait_for_disk(database: str) -> None:
    """Have all that was committed to a database reach the disk.

    ``database`` is its file; somebody must have it open, or its log may be gone. Raises
    ``OperationalError`` where the disk fails.
    """
    for call in meanwhile:
        call()
    try:
        # SQLite locks the two other files, never this one: closing it gives no lock away.
        log = os.open(database + SUFFIX, os.O_RDONLY)
        try:
            os.fsync(log)
        finally:
            os.close(log)
    except OSError as error:
        raise OperationalError(*error.args) from error


def fold_logs() -> None:
    """Bring what is in the logs into the databases themselves, where nobody else has them open.

    Who copies a site that is at rest may not know of the files beside them.
    """
    for connection in connections.all():
        if connection.vendor == "sqlite":
            # What cannot be done stays in the log, from which the next start takes it.
            with suppress(Error):
                connection.ensure_connection()
                connection.close()
