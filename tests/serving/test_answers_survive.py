"""Answers to a real server: sent twenty times at once, or while it is killed, each is kept once."""

import os
import shutil
import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import pytest

from learn.models.people import digest_of_visitor
from tests.figures import Show
from tests.serving.earlier import site_without_content
from tests.serving.person import Person
from tests.serving.site import Site, wait_until

pytestmark = pytest.mark.server

QUESTIONS = 4
COURSE = "# Sea\n\nWater.\n\n## Knowledge check\n" + "".join(
    f"\n### Question {number}? {{#q{number}}}\n"
    "\n- [x] yes\n  > So it is.\n- [ ] no\n  > It is so.\n"
    for number in range(1, QUESTIONS + 1)
)
CHECK = "/courses/sea/sea/check/"
KILLS = 5
ANSWERS = 12  # acknowledged before each kill, with more on their way
CLIENTS = 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "sea").mkdir(parents=True)
    (tmp_path / "content" / "sea" / "sea.md").write_text(COURSE)
    return tmp_path


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Return what the site's database says."""
    with closing(sqlite3.connect(folder / "var" / "checkmark.sqlite3")) as database:
        return list(database.execute(query))


@pytest.mark.parametrize("by_htmx", [True, False])
def test_the_first_answer_sent_twenty_times_at_once_is_recorded_once(
    folder: Path, *, by_htmx: bool
) -> None:
    with Site(folder / "var", folder / "content", like=site_without_content) as site:
        site.wait_until_ready()
        person = Person(f"http://127.0.0.1:{site.port}")
        page = person.get(CHECK)
        with ThreadPoolExecutor(20) as pool:
            verdicts = list(pool.map(lambda _: person.answer(page, by_htmx=by_htmx), range(20)))
        assert len(set(verdicts)) == 1
        for table in ("learn_user", "quizzes_attempt", "quizzes_response"):
            assert rows(folder, f"SELECT count(*) FROM {table}") == [(1,)], table


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed(folder: Path, show: Show) -> None:
    stop = threading.Event()
    acknowledged: list[str] = []
    port = 0

    def learn(*, by_htmx: bool) -> None:
        while not stop.is_set():
            person = Person(f"http://127.0.0.1:{port}")
            with suppress(URLError, HTTPException, OSError):
                page = person.get(CHECK)
                person.answer(page, by_htmx=by_htmx)
                cookie = next(c for c in person.cookies if c.name == "visitor")
                acknowledged.append(str(cookie.value))

    restarts = []
    for _ in range(KILLS):
        with Site(folder / "var", folder / "content", like=site_without_content) as site:
            port = site.port
            restarts.append(site.wait_until_ready())
            stop.clear()
            clients = [
                threading.Thread(target=learn, kwargs={"by_htmx": number % 4 > 0})
                for number in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            wanted = len(acknowledged) + ANSWERS
            wait_until(partial(has_reached, acknowledged, wanted), what="answers")
            os.killpg(site.process.pid, signal.SIGKILL)
            stop.set()
            for client in clients:
                client.join()
    stored = rows(folder, "SELECT count(*) FROM quizzes_response")[0][0]
    doubled = rows(
        folder,
        "SELECT item_id FROM quizzes_response GROUP BY item_id, try_number HAVING count(*) > 1",
    )
    show(
        f"{KILLS} kills under load: {len(acknowledged)} answers acknowledged, {stored} stored, "
        f"{len(doubled)} doubled; slowest start {max(restarts):.2f} s",
    )
    assert len(acknowledged) >= ANSWERS * KILLS
    assert int(str(stored)) >= len(acknowledged)
    assert doubled == []
    assert _unknown(folder, acknowledged) == []
    assert rows(folder, "PRAGMA integrity_check") == [("ok",)]


def has_reached(answers: list[str], number: int) -> bool:
    return len(answers) >= number


def _unknown(folder: Path, tokens: list[str]) -> list[str]:
    """Return those visitors whose acknowledged answer the database does not know."""
    known = {
        row[0]
        for row in rows(
            folder,
            "SELECT u.guest_key FROM learn_user u JOIN quizzes_attempt a ON a.user_id = u.id "
            "JOIN quizzes_attemptitem i ON i.attempt_id = a.id "
            "JOIN quizzes_response r ON r.item_id = i.id",
        )
    }
    return [token for token in tokens if digest_of_visitor(token) not in known]


def test_a_site_that_was_stopped_is_whole_in_its_file(folder: Path) -> None:
    with Site(folder / "var", folder / "content", like=site_without_content) as site:
        site.wait_until_ready()
        person = Person(f"http://127.0.0.1:{site.port}")
        person.answer(person.get(CHECK), by_htmx=True)
        site.process.terminate()
        assert site.wait_for_end() == 0
    copied = folder / "copy" / "var"
    copied.mkdir(parents=True)
    shutil.copy(folder / "var" / "checkmark.sqlite3", copied)
    assert rows(copied.parent, "SELECT count(*) FROM quizzes_response") == [(1,)]
