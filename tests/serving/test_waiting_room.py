"""Answers that somebody's long writing holds up: nobody else waits, and each is stored once."""

import sqlite3
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from granian.wsgi import _callback_wrapper

from learn.serving.waiting_room import LEAVES, WaitingRoom
from learn.sqlite.patience import NotNowError
from tests.figures import Show
from tests.serving.earlier import site_without_content
from tests.serving.person import Person
from tests.serving.site import Site

pytestmark = pytest.mark.server

LONG = 3.0
ANSWERS = 6  # more than a worker has threads
COURSE = """\
# Sea

Water.

## Knowledge check

### Is it wet? {#wet}

- [x] yes
  > So it is.
- [ ] no
  > It is so.
"""


class Line:
    """One end of a line to a browser, as granian gives it: what is sent arrives there."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self.status, self.body = 0, b""

    def response_bytes(self, status: int, _headers: object, body: bytes) -> None:
        self.status, self.body = status, body
        self.arrived.set()


def room_beside(application: Any) -> WaitingRoom:
    """Return the waiting room of a WSGI application, with granian's own function between them."""
    wrap: Any = _callback_wrapper
    return WaitingRoom(wrap(application, {}))


def ask(room: WaitingRoom, body: bytes = b"") -> Line:
    line = Line()
    room(line, {"PATH_INFO": "/", "wsgi.input": BytesIO(body)})
    return line


def test_what_can_be_answered_is_answered_by_the_thread_that_brings_it() -> None:
    threads: list[threading.Thread] = []

    def quick(_environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        threads.append(threading.current_thread())
        respond("200 OK", [])
        return [b"done"]

    assert ask(room_beside(quick)).body == b"done"
    assert threads == [threading.current_thread()]


def test_what_cannot_be_done_now_is_begun_anew_with_all_that_was_sent() -> None:
    writer_is_done = threading.Event()
    read: list[bytes] = []

    def application(environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        read.append(environ["wsgi.input"].read())
        if LEAVES in environ:
            error = NotNowError()
            error.body = read[-1]
            raise error
        writer_is_done.wait(30)
        respond("200 OK", [])
        return [b"kept ", read[-1]]

    line = ask(room_beside(application), b"choice=1")
    assert not line.arrived.is_set()
    writer_is_done.set()
    assert line.arrived.wait(30)
    assert (line.status, line.body) == (200, b"kept choice=1")
    assert read == [b"choice=1"] * 2


def test_what_fails_in_the_waiting_room_is_answered_all_the_same() -> None:
    def fails(environ: WSGIEnvironment, _respond: StartResponse) -> Iterable[bytes]:
        raise NotNowError if LEAVES in environ else LookupError

    line = ask(room_beside(fails))
    assert line.arrived.wait(30)
    assert line.status == 500


def test_pages_do_not_wait_for_answers_that_wait_for_a_long_writer(
    tmp_path: Path, show: Show
) -> None:
    (tmp_path / "content" / "sea").mkdir(parents=True)
    (tmp_path / "content" / "sea" / "sea.md").write_text(COURSE)
    database = tmp_path / "var" / "checkmark.sqlite3"
    with Site(
        tmp_path / "var", tmp_path / "content", "--workers", "1", like=site_without_content
    ) as site:
        site.wait_until_ready()
        people = [Person(f"http://127.0.0.1:{site.port}") for _ in range(ANSWERS)]
        pages = [person.get("/courses/sea/sea/check/1/") for person in people]
        reader = Person(people[0].address)
        reader.get("/courses/sea/sea/")
        with closing(sqlite3.connect(database, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            with ThreadPoolExecutor(len(people)) as threads:
                answers = [
                    threads.submit(person.answer, page, by_htmx=True)
                    for person, page in zip(people, pages, strict=True)
                ]
                waits, until = [], time.monotonic() + LONG
                while time.monotonic() < until:
                    began = time.monotonic()
                    reader.get("/courses/sea/sea/")
                    waits.append(time.monotonic() - began)
                assert not any(answer.done() for answer in answers)
                writer.execute("COMMIT")
                verdicts = [answer.result(timeout=20) for answer in answers]
            (stored,) = writer.execute("SELECT count(*) FROM quizzes_response").fetchone()
    show(f"a page beside a long writer: {1000 * max(waits):.0f} ms at most, of {len(waits)}")
    assert len(verdicts) == stored == len(people)
    assert max(waits) < LONG / 2
