"""Answers that come at the same time are written in one transaction, and wait once for the disk.

A thread leads: it asks the database at once what several answers need, has one after the other
made, holds back what the browsers are told, writes what all of them have to write, and lets go. The
threads that bring further answers leave them to it and are free at once. Nobody is told of an
answer before the disk has it. What cannot be written together is written one by one, and begun anew
where that cannot be, either, or where the database fails meanwhile.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from granian.log import logger

from learn.caching.front import give_connections_back
from learn.models.group import Waiting, waiting_changes, write_waiting
from learn.models.snapshot import Snapshot, snapshot_of
from learn.serving.held_answer import FAILED, HeldAnswer, Scope
from learn.serving.tidying import tidy_up
from learn.serving.waiting_room import LEAVES, Runner, WaitingRoom
from learn.sqlite.patience import NotNowError, patience
from learn.storage_faults import is_storage_fault, line_of

MOST_ANSWERS = 16
LONGEST_BODY, MOST_WAITING = 1 << 16, 256
SLOW_SECONDS = 0.02
"""How long an answer may take before another thread leads beside it."""
COMPANY_SECONDS = 0.0003
"""How long further answers are waited for where there were more of them a moment ago.

PostgreSQL calls it ``commit_delay``: what comes meanwhile would have waited for the disk anyway.
"""
GATHERING_SECONDS = 0.0015
"""How long as many are waited for as the group before had, before a server is asked for them.

Browsers that were told together come back together. The first of them, asked and made alone, would
be written alone, too, and keep the others waiting for longer than this.
"""

type Foresight = Callable[[Sequence[Scope]], None]
"""Asks at once what some requests will ask, and puts it into their scopes."""

type Ready = tuple[HeldAnswer, list[Waiting]]
"""What a browser will be told as soon as that is written."""


class _Leading(threading.local):
    """Whether a thread leads."""

    leads = False


class GroupCommit:
    """Runs requests; those that ``joins`` picks are asked ahead, run and written in groups."""

    def __init__(
        self, run: Runner, room: WaitingRoom, joins: Callable[[Scope], object], ask_ahead: Foresight
    ) -> None:
        self._run, self._room, self._joins, self._ask_ahead = run, room, joins, ask_ahead
        self._guard = threading.Lock()
        self._enough_came = threading.Condition(self._guard)
        self._enough = 0
        self._came: deque[HeldAnswer] = deque()
        self._leaders = 0
        self._of_thread = _Leading()
        self._went_on_at = 0.0
        self._latest_size = 0

    def __call__(self, line: Any, scope: Scope) -> None:
        """Answer a request, or leave it to the thread that leads."""
        length = _length_of(scope)
        if (
            not 0 <= length <= LONGEST_BODY
            or len(self._came) > MOST_WAITING
            or not self._joins(scope)
        ):
            self._room(line, scope)
            return
        # It is closed when this returns.
        answer = HeldAnswer(line, scope, scope["wsgi.input"].read(length))
        if not self._is_to_lead(answer):
            return
        try:
            while self._goes_on():
                self._answer_group()
        except BaseException:
            with self._guard:
                self._leave()
            raise
        tidy_up()

    def _is_to_lead(self, answer: HeldAnswer) -> bool:
        """Take up an answer; say whether nobody leads, or who does is held up by something."""
        with self._guard:
            self._came.append(answer)
            if len(self._came) == self._enough:
                self._enough_came.notify()
            now = time.monotonic()
            if self._leaders and now - self._went_on_at < SLOW_SECONDS:
                return False
            self._lead(now)
            return True

    def _lead(self, now: float) -> None:
        self._leaders, self._went_on_at = self._leaders + 1, now
        self._of_thread.leads = True

    def _leave(self) -> None:
        self._leaders -= self._of_thread.leads
        self._of_thread.leads = False

    def _goes_on(self) -> bool:
        """Say whether this thread leads on: where somebody waits, and nobody else leads."""
        with self._guard:
            if not self._came:
                # At once, or who comes in between would be nobody's.
                self._leave()
            elif not self._leaders:
                self._lead(time.monotonic())
            return self._of_thread.leads

    def _next(self) -> HeldAnswer | None:
        """Return who has waited longest."""
        with self._guard:
            self._went_on_at = time.monotonic()
            return self._came.popleft() if self._came else None

    def _gather(self) -> None:
        """Wait a moment, until as many have come as the group before had."""
        with self._guard:
            self._enough = self._latest_size
            if self._lack():
                self._enough_came.wait_for(lambda: not self._lack(), GATHERING_SECONDS)
            self._enough = 0

    def _lack(self) -> bool:
        return len(self._came) < self._enough

    def _answer_group(self) -> None:
        """Answer those who have come, and who comes while that is done."""
        group: list[Ready] = []
        is_server = connections[DEFAULT_DB_ALIAS].vendor != "sqlite"
        if is_server:
            self._gather()
        with snapshot_of(connections[DEFAULT_DB_ALIAS]) as snapshot:
            for _ in range(MOST_ANSWERS):
                answer = self._next() or (None if is_server else self._company(len(group)))
                if answer is None:
                    break
                if is_server and answer.foretold is None:
                    self._foretell(answer)
                if waiting := self._made(answer, snapshot):
                    group.append((answer, waiting))
        self._latest_size = len(group)
        if not group:
            _give_back()
        elif is_server:
            # A server is waited for: who brings the next answer leads meanwhile.
            with self._guard:
                self._leave()
        if len(group) > 1 and self._is_told(*group):
            return
        # Of several one may have come too late for what it was made from.
        for ready in group:
            if not self._is_told(ready):
                self._answer_alone(ready[0])

    def _is_told(self, *group: Ready) -> bool:
        """Write all that a group has to write, and tell it; return False where one is too late."""
        try:
            is_written = _is_written([each for _, waiting in group for each in waiting])
        except NotNowError:
            for answer, _ in group:
                self._answer_later(answer)
            return True
        except Exception as error:
            # A connection that broke, as a rule, or a lock that was waited for too long. Nobody
            # knows what is on the disk, and an answer that is there already is told what became of
            # it, so all of them are begun anew.
            trace = None if is_storage_fault(error) else error
            logger.error("Answers could not be written: %s", line_of(error), exc_info=trace)
            for answer, _ in group:
                self._answer_later(answer)
            return True
        if is_written:
            for answer, _ in group:
                answer.let_go()
        return is_written

    def _company(self, size: int) -> HeldAnswer | None:
        """Return who comes in a moment, where more came to the group before."""
        if not 0 < size < self._latest_size:
            return None
        self._latest_size = 0
        time.sleep(COMPANY_SECONDS)
        return self._next()

    def _foretell(self, answer: HeldAnswer) -> None:
        """Ask ahead what an answer will ask, and those who wait behind it, too."""
        with self._guard:
            others = [one for one in islice(self._came, MOST_ANSWERS - 1) if one.foretold is None]
        asked = [answer, *others]
        scopes = [one.scope(**{LEAVES: True}) for one in asked]
        try:
            self._ask_ahead(scopes)
        except Exception as error:
            # Each of them will ask for itself, and be told what comes of it.
            if not is_storage_fault(error):
                logger.exception("What answers will ask could not be asked ahead")
            _give_back()
            return
        for one, scope in zip(asked, scopes, strict=True):
            one.foretold = scope

    def _made(self, answer: HeldAnswer, snapshot: Snapshot) -> list[Waiting]:
        """Have an answer made, and return what is to be written before its browser is told."""
        try:
            snapshot.cover(answer.came_at)
            with waiting_changes() as waiting:
                self._run(answer, answer.foretold or answer.scope(**{LEAVES: True}))
        except NotNowError:
            self._answer_later(answer)
            return []
        except Exception:
            logger.exception("Application callable raised an exception")
            answer.response_bytes(*FAILED)
            waiting = []
        if answer.is_fault:
            # It may be the connection, which those who follow would get.
            snapshot.renew()
            _give_back()
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


def _length_of(scope: Scope) -> int:
    """Return how many bytes a request brings, -1 where it does not say."""
    length = scope.get("CONTENT_LENGTH", "")
    return int(length) if length.isdecimal() and len(length) < 9 else -1


def _is_written(waiting: Sequence[Waiting]) -> bool:
    """Write what waits, and say whether that was possible.

    Raises ``NotNowError`` where somebody writes for long, and ``django.db.Error``.
    """
    patience.is_brief = True
    try:
        return write_waiting(waiting)
    finally:
        patience.is_brief = False
        # No request ends here that would do so.
        _give_back()


def _give_back() -> None:
    """Give the connections back; whatever that comes to, those who wait have to be told theirs."""
    try:
        give_connections_back()
    except Exception:
        logger.exception("A connection could not be given back")
