"""READ: what several requests ask is read as it was at one moment, where that is less work."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Snapshot:
    """The database as it was after some requests had come; none is shown what was before it."""

    def __init__(self, connection: Any) -> None:
        """Begin with nothing; ``connection`` is of ``learn.sqlite`` or ``learn.postgresql``.

        PostgreSQL looks at each statement's own moment, and that costs it nothing.
        """
        self._connection = connection
        self._is_of_use = connection.vendor == "sqlite"
        self._taken_at = 0.0

    def cover(self, came_at: float) -> None:
        """Have a request that came at this time, by ``time.monotonic``, read what was there then.

        Raises ``django.db.Error``.
        """
        if self._is_of_use and came_at >= self._taken_at:
            self._taken_at = time.monotonic()
            self._connection.take_snapshot()

    def renew(self) -> None:
        """Have the next one read what is there by then, on whichever connection."""
        self._taken_at = 0.0
        self.drop()

    def drop(self) -> None:
        """Have everybody read what is there by then."""
        if self._is_of_use:
            self._connection.drop_snapshot()


@contextmanager
def snapshot_of(connection: Any) -> Iterator[Snapshot]:
    """Give a snapshot that is dropped at the end."""
    snapshot = Snapshot(connection)
    try:
        yield snapshot
    finally:
        snapshot.drop()
