"""A server of databases that is away: known to all processes at once, and told once, not each time.

A pool looks for a server that is away more and more seldom, and meanwhile has everybody wait. Here
whoever comes looks, at most one of a process at a time and not again at once; the others are told
without waiting.
"""

import logging
import mmap
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import OperationalError

from learn.sqlite.turns import Turns
from learn.storage_faults import line_of

logger = logging.getLogger(__name__)

CALM_SECONDS = 0.25
"""How long nobody looks again."""


class AwayError(OperationalError):
    """The server does not answer, which the log says already."""

    is_told = True


class Away:
    """Whether the server of one database is away."""

    def __init__(self, place: str) -> None:
        """Begin with a server that is there; ``place`` is what the log calls it."""
        self._place = place
        # A byte that the processes of a server share, which are forks; and a token that goes to and
        # fro, since of two that find out the same at once only one is to tell it.
        self._shared = mmap.mmap(-1, 1)
        self._there, self._gone = Turns(), Turns()
        self._gone.take(0)
        self._looks = threading.Lock()
        self._looked_at = 0.0

    @property
    def is_known(self) -> bool:
        """Say whether somebody found that it is away, and nobody since that it is back."""
        return bool(self._shared[0])

    def look(self, connect: Callable[[], Any]) -> None:
        """Look whether the server is there, by ``connect``, and note what comes of it.

        Raises ``AwayError`` where it is not; at once where that is known and somebody else looks or
        has just looked.
        """
        if not self._looks.acquire(blocking=not self.is_known):
            raise AwayError(self._says("somebody else looks for it"))
        try:
            if self.is_known and time.monotonic() - self._looked_at < CALM_SECONDS:
                raise AwayError(self._says("it did not a moment ago"))
            self._note(connect)
        finally:
            self._looks.release()

    def _note(self, connect: Callable[[], Any]) -> None:
        try:
            connect().close()
        except Exception as error:
            self._looked_at = time.monotonic()
            line = self._says(line_of(error))
            self._tell(is_away=True, line=line)
            raise AwayError(line) from error
        self._tell(is_away=False, line=f"The database {self._place} answers again")

    def _tell(self, *, is_away: bool, line: str) -> None:
        """Have all processes know, and the log say so if none of them knew."""
        before, after = (self._there, self._gone)[:: 1 if is_away else -1]
        is_news = self.is_known != is_away
        self._shared[0] = is_away
        if is_news and before.take(0):
            after.hand_on()
            logger.log(logging.ERROR if is_away else logging.WARNING, line)

    def _says(self, reason: str) -> str:
        return f"The database {self._place} does not answer: {reason}"


@cache
def away_at(place: str) -> Away:
    """Return what is known of the server of a database; a fork shares what was made before it."""
    return Away(place)
