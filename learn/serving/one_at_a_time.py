"""A process works on one request at a time, as long as that one is quick.

Python computes in one thread at a time anyhow. Two that take it from each other at each query need
a quarter more time for both: an answer is a dozen queries. But nobody waits for a slow request.
"""

import threading
import time
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

QUICK_SECONDS = 0.02
FAIR_SECONDS = 0.01
STEP_SECONDS = 0.002


class Waiting(NamedTuple):
    """A request that waits: since when, and the lock that opens when its turn comes."""

    since: float
    turn: threading.Lock


class OneAtATime:
    """A WSGI application whose requests wait for one another, as long as each is quick."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._guard = threading.Lock()
        self._is_taken = False
        self._began_at = 0.0
        self._waiting: deque[Waiting] = deque()
        self._of_thread = threading.local()

    def __call__(self, environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        """Have the application answer."""
        if not (self._takes_turn() or self._gets_turn()):
            return self.application(environ, respond)
        self._of_thread.has_turn = True
        try:
            return self.application(environ, respond)
        finally:
            self._give_turn(to_who_waits=FAIR_SECONDS)

    def step_aside(self) -> None:
        """Let another request have the turn, while this thread's has nothing to compute."""
        self._give_turn(to_who_waits=0)

    def _takes_turn(self) -> bool:
        """Take the turn if nobody has it."""
        with self._guard:
            if self._is_taken:
                return False
            self._is_taken, self._began_at = True, time.monotonic()
            return True

    def _gets_turn(self) -> bool:
        """Wait for the turn; return False where the request that has it is slow."""
        waiting = Waiting(time.monotonic(), threading.Lock())
        waiting.turn.acquire()
        with self._guard:
            self._waiting.append(waiting)
        # Each look takes the interpreter from whoever is at work: under load there are few.
        step = STEP_SECONDS
        while not waiting.turn.acquire(timeout=step):
            with self._guard:
                if waiting not in self._waiting:
                    return True
                now = time.monotonic()
                if not self._is_taken:
                    self._waiting.remove(waiting)
                    self._is_taken, self._began_at = True, now
                    return True
                if now - self._began_at > QUICK_SECONDS:
                    self._waiting.remove(waiting)
                    return False
            step = min(2 * step, FAIR_SECONDS)
        return True

    def _give_turn(self, *, to_who_waits: float) -> None:
        """Give the turn, if it is ours, to who has waited for so many seconds, or to anybody.

        A thread that is at work takes up its next request sooner than another one wakes, and each
        time that threads change costs a tenth of an answer.
        """
        if not getattr(self._of_thread, "has_turn", False):
            return
        self._of_thread.has_turn = False
        now = time.monotonic()
        with self._guard:
            if self._waiting and now - self._waiting[0].since >= to_who_waits:
                self._began_at = now
                self._waiting.popleft().turn.release()
            else:
                self._is_taken = False
