"""Answers that somebody's long writing holds up wait in a room of their own.

A course of a thousand lessons is published in one transaction, and SQLite lets nobody else write
meanwhile. Some answers that wait for that would be all that a worker's threads do, and every page
would wait with them. On PostgreSQL others wait for single rows only. On both those come here whose
answers were ready when the database failed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from django.db import connections
from granian.log import logger

from learn.sqlite.patience import NotNowError

SEATS = 8
LEAVES = "checkmark.leaves"
"""In the environment of a request that may leave what it cannot do now to the waiting room."""

type Runner = Callable[[Any, dict[str, Any]], Any]
"""Granian's: answers the request of a scope through its protocol."""


class WaitingRoom:
    """Runs requests, and runs those anew that cannot be answered now, in threads that can wait."""

    def __init__(self, run: Runner) -> None:
        self._run = run
        self._seats = ThreadPoolExecutor(SEATS, "waiting")

    def __call__(self, protocol: Any, scope: dict[str, Any]) -> None:
        """Answer a request, or have it answered as soon as that can be done."""
        try:
            self._run(protocol, {**scope, LEAVES: True})
        except NotNowError as error:
            self.enter(protocol, {**scope, "wsgi.input": BytesIO(error.body)})

    def enter(self, protocol: Any, scope: dict[str, Any]) -> None:
        """Have a request answered by a thread that can wait."""
        self._seats.submit(self._wait, protocol, scope)

    def _wait(self, protocol: Any, scope: dict[str, Any]) -> None:
        try:
            self._run(protocol, scope)
        except Exception:
            # What granian does in threads of its own.
            logger.exception("Application callable raised an exception")
            protocol.response_bytes(500, [], b"Internal Server Error")
        finally:
            connections.close_all()
