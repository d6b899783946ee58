"""Whose turn it is to write: one token, handed on among the threads and forks of a process.

It is a courtesy that spares the waiting ones vain tries; SQLite's own lock decides. So a token that
is lost with a killed process does no harm: whoever gets to write without one makes it good.
"""

import os
import select
import threading
from functools import cache

TOKEN = b"."


class Turns:
    """One token in a pipe, which forks of the process share; see above."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()
        os.set_blocking(self._out, False)
        self._next = threading.Lock()
        self.hand_on()

    def take(self, seconds: float) -> bool:
        """Wait for the token; return False where it has not come after so many seconds."""
        # One thread of a process waits for the token, the others for that thread.
        if not self._next.acquire(timeout=seconds):
            return False
        try:
            return self._has_come(seconds)
        finally:
            self._next.release()

    def _has_come(self, seconds: float) -> bool:
        while True:
            try:
                os.read(self._out, 1)
            except BlockingIOError:
                if not self._is_there(seconds):
                    return False
            else:
                return True

    def _is_there(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._out, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def hand_on(self) -> None:
        """Give the token back, or a new one where it was lost."""
        if not self._is_there(0):
            os.write(self._in, TOKEN)


@cache
def turns_at(name: str) -> Turns:
    """Return the turns at the database of that name; a fork shares those made before it."""
    return Turns()
