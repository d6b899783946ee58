"""A process works on one request at a time, as long as that one is quick.

Python computes in one thread at a time anyhow. Two that take it from each other at each query need
a quarter more time for both: an answer is a dozen queries. But nobody waits for a slow request.
"""

import threading
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

QUICK_SECONDS = 0.02
STEP_SECONDS = 0.002


class OneAtATime:
    """A WSGI application whose requests wait for one another, for ``QUICK_SECONDS`` at most."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._turn = threading.Lock()
        self._began_at = time.monotonic()

    def __call__(self, environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        """Have the application answer."""
        if not self._has_turn():
            return self.application(environ, respond)
        self._began_at = time.monotonic()
        try:
            return self.application(environ, respond)
        finally:
            self._turn.release()

    def _has_turn(self) -> bool:
        """Wait for the turn; return False where the request before is slow, or many come before.

        It is not handed on: a thread that is at work takes up its next request sooner than another
        one wakes, and each time that threads change costs a tenth of an answer.
        """
        until, step = time.monotonic() + QUICK_SECONDS, STEP_SECONDS
        while not self._turn.acquire(blocking=False):
            now = time.monotonic()
            if now > min(until, self._began_at + QUICK_SECONDS):
                return False
            # Each look takes the interpreter from whoever is at work: under load there are few.
            time.sleep(step)
            step = min(2 * step, QUICK_SECONDS / 2)
        return True
