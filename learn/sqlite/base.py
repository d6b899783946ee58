"""Django's engine for SQLite, where a transaction waits for its turn in small steps.

SQLite itself waits for a lock by sleeping 1, 2, 5, 10 and up to 100 ms, while a transaction of ours
takes less than one: under load most of the time was slept away.
"""

import random
import sqlite3
import threading
import time

from django.db import OperationalError
from django.db.backends.sqlite3 import base

STEP_SECONDS = 0.001
SQLITE_BUSY = 5
DEFAULT_TIMEOUT = 5.0
_next = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to a SQLite file."""

    def _start_transaction_under_autocommit(self) -> None:
        """Begin; wait as long as the option ``timeout`` allows, in seconds, for whoever writes.

        Raises ``OperationalError`` when that was not enough.
        """
        timeout = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT))
        until = time.monotonic() + timeout
        self.connection.execute("PRAGMA busy_timeout = 0")
        # One thread of a process tries at a time: the next waits for it without trying.
        is_first = _next.acquire(timeout=timeout)
        try:
            while not self._has_begun(until):
                time.sleep(STEP_SECONDS * (0.5 + random.random()))  # noqa: S311 - no secret
        finally:
            if is_first:
                _next.release()
            self.connection.execute(f"PRAGMA busy_timeout = {round(1000 * timeout)}")

    def _has_begun(self, until: float) -> bool:
        """Try to begin; return False where somebody else writes and there is time left."""
        if time.monotonic() > until:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in its stub
            return True
        try:
            # Not by Django's cursor: most tries are in vain, and would cost as much as a query.
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY:
                raise OperationalError(*error.args) from error
            return False
        return True
