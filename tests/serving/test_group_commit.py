"""Answers that come together are written together; each browser is told what became of its own."""

import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.db import OperationalError, connection, connections
from granian.wsgi import _callback_wrapper

from learn.models import LessonVisit
from learn.models.changes import Keys, Step, Update, inserted
from learn.models.group import change_soon
from learn.models.together import change_together
from learn.serving.group_commit import (
    LONGEST_BODY,
    MOST_ANSWERS,
    SLOW_SECONDS,
    GroupCommit,
)
from learn.serving.waiting_room import LEAVES, WaitingRoom
from learn.sqlite.patience import NotNowError
from tests.factories import NOW, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

PATIENCE = 30
TOGETHER = ("ann", "bea", "cat")


class Line:
    """One end of a line to a browser, as granian gives it: what is sent arrives there."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self.times, self.status, self.body = 0, 0, b""
        self.at = 0.0

    def response_bytes(self, status: int, _headers: object, body: bytes) -> None:
        self.status, self.body = status, body
        self.times += 1
        self.at = time.monotonic()
        self.arrived.set()


class Visits:
    """An application that notes a visit of the learner whose name is posted, in company."""

    def __init__(self, names: Iterable[str]) -> None:
        self.lesson = make_lesson()
        self.learners = {name: make_learner(name) for name in names}
        self.begun: list[str] = []
        self.alone: list[str] = []
        self.goes_on = threading.Event()
        self.told: list[tuple[str, int]] = []

    def __call__(self, environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        name = environ["wsgi.input"].read().decode()
        self.begun.append(name)
        self.goes_on.wait(PATIENCE)
        if name == "fails":
            raise LookupError
        if name == "reads":
            LessonVisit.objects.count()
            respond("200 OK", [])
            return [b"read"]
        if name == "waits" and LEAVES in environ:
            raise NotNowError
        times = {"first_at": NOW, "last_at": NOW}
        values = {"user_id": self.learners[name].pk, "lesson_id": self.lesson.pk, **times}
        step = Step((inserted(LessonVisit, values),))
        if name == "gone":
            # Noticed at the end of the transaction: the key of somebody who has left meanwhile.
            step = Step((inserted(LessonVisit, {**values, "user_id": 0}),))
        if name == "late":
            # Of a visit that is not there.
            step = Step((Update(LessonVisit, {"last_at": NOW}, {"id": 0}),))
        is_written = change_soon(step, lambda keys: self.told.append((name, keys[0][0])))
        if not is_written:
            self.alone.append(name)
        respond("200 OK", [])
        return [name.encode()]


@pytest.fixture(autouse=True)
def nothing_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is under load starts no second leader."""
    monkeypatch.setattr("learn.serving.group_commit.SLOW_SECONDS", PATIENCE)


@pytest.fixture
def visits() -> Iterator[Visits]:
    yield Visits(["ann", "bea", "cat", "dan", "eve", "fay", "fails", "waits", "late", "gone"])
    connections.close_all()


def nothing_ahead(_scopes: object) -> None:
    """Ask nothing ahead."""


def group_before(application: Any, ask_ahead: Any = nothing_ahead) -> GroupCommit:
    """Return what runs the requests of an application in groups, with granian's own function."""
    wrap: Any = _callback_wrapper
    run = wrap(application, {})
    room = WaitingRoom(run)
    return GroupCommit(run, room, lambda scope: scope["PATH_INFO"] == "/answer", ask_ahead)


def ask(group: GroupCommit, name: str, **more: str) -> Line:
    line = Line()
    body = {"CONTENT_LENGTH": str(len(name)), "wsgi.input": BytesIO(name.encode())}
    group(line, {"PATH_INFO": "/answer", **body, **more})
    return line


def ask_together(visits: Visits, group: GroupCommit, *names: str) -> dict[str, Line]:
    """Have the first one begin, and the others come while it is at work."""
    first, *others = names
    with ThreadPoolExecutor(1) as thread:
        leader = thread.submit(ask, group, first)
        until = time.monotonic() + PATIENCE
        while not visits.begun and time.monotonic() < until:
            time.sleep(0.001)
        lines = {name: ask(group, name) for name in others}
        assert not any(line.arrived.is_set() for line in lines.values())
        visits.goes_on.set()
        lines = {first: leader.result(PATIENCE), **lines}
        thread.submit(connections.close_all)
    for line in lines.values():
        assert line.arrived.wait(PATIENCE)
        assert line.times == 1
    return lines


def visitors() -> set[str]:
    return set(LessonVisit.objects.values_list("user__username", flat=True))


def test_those_who_come_meanwhile_are_answered_by_the_thread_that_leads(visits: Visits) -> None:
    lines = ask_together(visits, group_before(visits), "ann", "bea", "cat")
    assert {name: line.body for name, line in lines.items()} == {
        name: name.encode() for name in lines
    }
    assert visitors() == {"ann", "bea", "cat"}
    keys = dict(LessonVisit.objects.values_list("user__username", "pk"))
    assert dict(visits.told) == keys


def test_they_are_one_transaction(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    together: list[int] = []

    def noticed(*steps: Step) -> list[Keys] | None:
        together.append(len(steps))
        return change_together(*steps)

    monkeypatch.setattr("learn.models.group.change_together", noticed)
    ask_together(visits, group_before(visits), "ann", "bea", "cat")
    assert together == [3]


def test_what_they_need_of_a_server_is_asked_for_all_who_wait(visits: Visits) -> None:
    asked: list[int] = []
    ask_together(visits, group_before(visits, lambda scopes: asked.append(len(scopes))), *TOGETHER)
    # SQLite is asked nothing ahead.
    assert asked == ([] if connection.vendor == "sqlite" else [1, 2])
    assert visitors() == set(TOGETHER)


def test_as_many_as_were_told_together_are_waited_for_before_a_server_is_asked(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learn.serving.group_commit.GATHERING_SECONDS", PATIENCE)
    asked: list[int] = []
    group = group_before(visits, lambda scopes: asked.append(len(scopes)))
    ask_together(visits, group, *TOGETHER)
    asked.clear()
    with ThreadPoolExecutor(1) as thread:
        leader = thread.submit(ask, group, "dan")
        # SQLite is no journey away: there nobody waits.
        if connection.vendor == "sqlite":
            leader.result(PATIENCE)
        time.sleep(0.05)
        assert ("dan" in visits.begun) == (connection.vendor == "sqlite")
        lines = [ask(group, "eve"), ask(group, "fay"), leader.result(PATIENCE)]
        thread.submit(connections.close_all)
    assert all(line.arrived.wait(PATIENCE) for line in lines)
    assert asked == ([] if connection.vendor == "sqlite" else [3])
    assert visitors() == {*TOGETHER, "dan", "eve", "fay"}


def test_nobody_is_waited_for_in_vain_for_long(visits: Visits) -> None:
    group = group_before(visits)
    ask_together(visits, group, *TOGETHER)
    began = time.monotonic()
    assert ask(group, "dan").body == b"dan"
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize("fault", [OperationalError("it is away"), LookupError("a mistake")])
def test_where_that_cannot_be_each_asks_for_itself(visits: Visits, fault: Exception) -> None:
    def fail(scopes: list[dict[str, Any]]) -> None:
        for scope in scopes:
            scope["wsgi.input"].read()
        raise fault

    lines = ask_together(visits, group_before(visits, fail), *TOGETHER)
    assert {line.status for line in lines.values()} == {200}
    assert visitors() == set(TOGETHER)


def test_nobody_is_told_before_all_is_written(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_at: list[float] = []

    def unhurried(*steps: Step) -> list[Keys] | None:
        written = change_together(*steps)
        time.sleep(0.1)
        written_at.append(time.monotonic())
        return written

    monkeypatch.setattr("learn.models.group.change_together", unhurried)
    lines = ask_together(visits, group_before(visits), "ann", "bea")
    assert min(line.at for line in lines.values()) >= written_at[0]


def test_while_a_server_writes_a_group_others_are_answered(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes, goes_on = threading.Event(), threading.Event()

    def held(*steps: Step) -> list[Keys] | None:
        if not writes.is_set():
            writes.set()
            goes_on.wait(PATIENCE)
        return change_together(*steps)

    monkeypatch.setattr("learn.models.group.change_together", held)
    group = group_before(visits)
    visits.goes_on.set()
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(ask, group, "ann")
        assert writes.wait(PATIENCE)
        second = ask(group, "bea")
        # SQLite, which is no server, writes in the thread itself.
        assert second.arrived.is_set() == (connection.vendor != "sqlite")
        goes_on.set()
        assert first.result(PATIENCE).body == b"ann"
        thread.submit(connections.close_all)
    assert second.arrived.wait(PATIENCE)
    assert visitors() == {"ann", "bea"}


@pytest.mark.parametrize("other", ["fails", "waits", "late", "gone"])
def test_one_that_cannot_be_written_spoils_nobody_elses(visits: Visits, other: str) -> None:
    lines = ask_together(visits, group_before(visits), "ann", other, "bea")
    assert [lines[name].status for name in ("ann", "bea")] == [200, 200]
    assert {"ann", "bea"} <= visitors()
    assert sorted(name for name, _ in visits.told if name != other) == ["ann", "bea"]
    assert lines[other].status == (500 if other == "fails" else 200)
    assert visits.alone == ([other] if other in {"late", "gone"} else [])
    assert [visits.begun.count(name) for name in ("ann", "bea")] == [1, 1]
    assert ("waits" in visitors()) == (other == "waits")


def test_the_same_twice_in_a_group_is_written_once(visits: Visits) -> None:
    group = group_before(visits)
    with ThreadPoolExecutor(1) as thread:
        leader = thread.submit(ask, group, "ann")
        while not visits.begun:
            time.sleep(0.001)
        twin = ask(group, "ann")
        visits.goes_on.set()
        assert leader.result(PATIENCE).body == b"ann"
        thread.submit(connections.close_all)
    assert twin.arrived.wait(PATIENCE)
    assert LessonVisit.objects.count() == 1
    assert visits.alone == ["ann"]


@pytest.mark.parametrize("what", ["a page", "a large form", "an unknown length"])
def test_everything_else_goes_by_itself(visits: Visits, what: str) -> None:
    more = {
        "a page": {"PATH_INFO": "/"},
        "a large form": {"CONTENT_LENGTH": str(LONGEST_BODY + 1)},
        "an unknown length": {"CONTENT_LENGTH": ""},
    }[what]
    visits.goes_on.set()
    assert ask(group_before(visits), "ann", **more).body == b"ann"
    assert visitors() == {"ann"}


def test_a_database_that_cannot_write_is_told_to_each(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_steps: Step) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("learn.models.group.change_together", broken)
    lines = ask_together(visits, group_before(visits), "ann", "bea")
    assert {line.status for line in lines.values()} == {500}
    monkeypatch.undo()
    # And the next ones are answered as ever.
    assert {line.status for line in ask_together(visits, group_before(visits), "cat").values()} == {
        200
    }


@pytest.mark.parametrize("is_stored", [True, False])
def test_a_connection_that_breaks_at_the_end_of_a_group_costs_nobody_an_answer(
    visits: Visits, monkeypatch: pytest.MonkeyPatch, is_stored: bool
) -> None:
    begun: list[int] = []

    def breaks_once(*steps: Step) -> list[Keys] | None:
        begun.append(len(steps))
        if len(begun) > 1:
            return change_together(*steps)
        if is_stored:
            change_together(*steps)
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("learn.models.group.change_together", breaks_once)
    lines = ask_together(visits, group_before(visits), "ann", "bea")
    assert {name: line.body for name, line in lines.items()} == {"ann": b"ann", "bea": b"bea"}
    assert begun == [2, 1, 1]
    # What the disk had already is noticed by who asks anew.
    assert sorted(visits.alone) == (["ann", "bea"] if is_stored else [])
    assert LessonVisit.objects.count() == 2


@pytest.mark.parametrize("name", ["ann", "reads"])
def test_a_connection_is_given_back(
    visits: Visits, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    visits.goes_on.set()
    assert ask(group_before(visits), name).status == 200
    # What is in memory only would be gone if it were closed.
    assert connection.connection is None or connection.vendor == "sqlite"


def test_one_that_takes_long_holds_nobody_up(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learn.serving.group_commit.SLOW_SECONDS", SLOW_SECONDS)
    group, goes_on = group_before(visits), visits.goes_on
    with ThreadPoolExecutor(1) as thread:
        slow = thread.submit(ask, group, "ann")
        while not visits.begun:
            time.sleep(0.001)
        time.sleep(2 * SLOW_SECONDS)
        visits.goes_on = threading.Event()
        visits.goes_on.set()
        assert ask(group, "bea").body == b"bea"
        assert not slow.done()
        goes_on.set()
        assert slow.result(PATIENCE).body == b"ann"
        thread.submit(connections.close_all)
    assert visitors() == {"ann", "bea"}


def test_answers_with_nothing_to_write_do_not_hold_up_those_that_have(visits: Visits) -> None:
    lines = ask_together(visits, group_before(visits), "ann", *["fails"] * (2 * MOST_ANSWERS))
    assert (lines["ann"].status, lines["fails"].status) == (200, 500)
    assert lines["ann"].at < lines["fails"].at


def test_after_a_fault_the_next_one_gets_another_connection(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[str] = []
    give_back = "learn.serving.group_commit.give_connections_back"
    monkeypatch.setattr(give_back, lambda: given_back.append(visits.begun[-1]))
    ask_together(visits, group_before(visits), "ann", "fails", "bea", "cat")
    assert given_back == ["fails", "cat"]
