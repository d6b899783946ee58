"""Answers that come at the same time are written in one transaction, and wait once for the disk.

A thread leads: it has one answer after the other made, holds back what the browsers are told,
writes what all of them have to write, and lets go. The threads that bring further answers leave
them to it and are free at once. Nobody is told of an answer before the disk has it. What cannot be
written together is written one by one, and begun anew where that cannot be, either.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from granian.log import logger

from learn.caching.front import give_connections_back
from learn.models.group import Waiting, waiting_changes, write_waiting
from learn.serving.tidying import tidy_up
from learn.serving.waiting_room import LEAVES, Runner, WaitingRoom
from learn.sqlite.patience import NotNowError, patience

MOST_ANSWERS = 8
LONGEST_BODY = 1 << 16
COMPANY_SECONDS = 0.0003
"""How long further answers are waited for where there were more of them a moment ago.

PostgreSQL calls it ``commit_delay``: what comes meanwhile would have waited for the disk anyway.
"""

type Headers = Sequence[tuple[str, str]]
type Told = tuple[int, Headers, bytes]

FAILED: Told = (500, [], b"Internal Server Error")


class HeldAnswer:
    """What a browser will be told; to granian's functions it is the line to that browser."""

    def __init__(self, line: Any, scope: dict[str, Any], body: bytes) -> None:
        self.line = line
        self._scope, self._body = scope, body
        self._told: Told = FAILED

    def scope(self, **more: object) -> dict[str, Any]:
        """Return the request from its beginning, with ``more`` said about it."""
        return {**self._scope, "wsgi.input": BytesIO(self._body), **more}

    def response_bytes(self, status: int, headers: Headers, content: bytes) -> None:
        """Hold back a response."""
        self._told = status, headers, content

    def response_iter(self, status: int, headers: Headers, content: Iterable[bytes]) -> None:
        """Hold back a response that comes in parts."""
        self.response_bytes(status, headers, b"".join(content))

    def let_go(self) -> None:
        """Tell the browser."""
        self.line.response_bytes(*self._told)

    def fail(self) -> None:
        """Tell the browser that it failed, whatever was held back: nothing of it is written."""
        self.line.response_bytes(*FAILED)


type Ready = tuple[HeldAnswer, list[Waiting]]
"""What a browser will be told as soon as that is written."""


class GroupCommit:
    """Runs requests; those that ``joins`` picks are run and written in groups."""

    def __init__(
        self, run: Runner, room: WaitingRoom, joins: Callable[[dict[str, Any]], object]
    ) -> None:
        self._run, self._room, self._joins = run, room, joins
        self._guard = threading.Lock()
        self._came: deque[HeldAnswer] = deque()
        self._is_led = False
        self._latest_size = 0

    def __call__(self, line: Any, scope: dict[str, Any]) -> None:
        """Answer a request, or leave it to the thread that leads."""
        if not (_is_small(scope) and self._joins(scope)):
            self._room(line, scope)
            return
        # It is closed when this returns.
        body = scope["wsgi.input"].read()
        with self._guard:
            self._came.append(HeldAnswer(line, scope, body))
            if self._is_led:
                return
            self._is_led = True
        try:
            while self._leads():
                self._answer_group()
        except BaseException:
            self._is_led = False
            raise
        tidy_up()

    def _leads(self) -> bool:
        with self._guard:
            self._is_led = bool(self._came)
            return self._is_led

    def _answer_group(self) -> None:
        """Answer those who have come, and who comes while that is done."""
        group: list[Ready] = []
        while len(group) < MOST_ANSWERS and (self._came or self._gets_company(len(group))):
            answer = self._came.popleft()
            if waiting := self._made(answer):
                group.append((answer, waiting))
        self._latest_size = len(group)
        if len(group) > 1 and self._is_told(*group):
            return
        # Of several one may have come too late for what it was made from.
        for ready in group:
            if not self._is_told(ready):
                self._answer_alone(ready[0])

    def _is_told(self, *group: Ready) -> bool:
        """Write all that a group has to write, and tell it; return False where that cannot be."""
        try:
            is_written = _is_written([each for _, waiting in group for each in waiting])
        except NotNowError:
            for answer, _ in group:
                self._answer_later(answer)
            return True
        if is_written:
            for answer, _ in group:
                answer.let_go()
        return is_written

    def _gets_company(self, size: int) -> bool:
        """Wait a moment for who may come too, and say whether somebody has."""
        if 0 < size < self._latest_size:
            self._latest_size = 0
            time.sleep(COMPANY_SECONDS)
        return bool(self._came)

    def _made(self, answer: HeldAnswer) -> list[Waiting]:
        """Have an answer made, and return what is to be written before its browser is told."""
        try:
            with waiting_changes() as waiting:
                self._run(answer, answer.scope(**{LEAVES: True}))
        except NotNowError:
            self._answer_later(answer)
            return []
        except Exception:
            logger.exception("Application callable raised an exception")
            answer.fail()
            return []
        if not waiting:
            answer.let_go()
        return waiting

    def _answer_alone(self, answer: HeldAnswer) -> None:
        """Begin an answer anew, and write it by itself."""
        try:
            self._room(answer.line, answer.scope())
        except Exception:
            logger.exception("Application callable raised an exception")
            answer.fail()

    def _answer_later(self, answer: HeldAnswer) -> None:
        """Begin an answer anew where it can wait."""
        self._room.enter(answer.line, answer.scope())


def _is_small(scope: dict[str, Any]) -> bool:
    """Say whether what a request brings is no more than answers are; it is held in memory."""
    length = scope.get("CONTENT_LENGTH", "")
    return length.isdecimal() and len(length) < 6 and int(length) <= LONGEST_BODY


def _is_written(waiting: Sequence[Waiting]) -> bool:
    """Write what waits, and say whether that was possible.

    Raises ``NotNowError`` where somebody writes for long.
    """
    patience.is_brief = True
    try:
        return write_waiting(waiting)
    except Exception:
        # It comes again, to whom it belongs, when they are answered by themselves.
        logger.warning("Answers could not be written together", exc_info=True)
        return False
    finally:
        patience.is_brief = False
        # No request ends here that would do so.
        give_connections_back()
