"""Two application servers on one PostgreSQL: one site, and either may die at any moment."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

import psycopg
import pytest
from bs4 import BeautifulSoup

from learn.models.people import digest_of_visitor
from tests.figures import Show
from tests.serving.earlier import site_without_content
from tests.serving.person import Person
from tests.serving.site import ROOT, Site, site_environment

# Several processes each, and the machine may be busy with the second run.
pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

QUESTIONS = 3
COURSE = "# Sea\n\nWater.\n\n## Knowledge check\n" + "".join(
    f"\n### Question {number}? {{#q{number}}}\n"
    "\n- [x] yes\n  > So it is.\n- [ ] no\n  > It is so.\n"
    for number in range(1, QUESTIONS + 1)
)
CHECK = "/courses/sea/sea/check/"
EDIT = "/studio/sea/edit/sea.md"
KEY = "a key that all hosts of the site have been given"
PASSWORD = "a long enough password"
SIGN_UPS = 20  # so many from one address in a minute, says allauth
CLIENTS = 6
SECONDS_BEFORE, SECONDS_AFTER = 2.0, 2.0


class Hosts:
    """Two servers, each with a folder of its own, and the database that they share."""

    def __init__(self, folder: Path, database: str, stack: ExitStack) -> None:
        self.folder, self.database = folder, database
        # Both at once on an empty database, each with the folder of courses.
        self.first, self.second = (
            stack.enter_context(
                Site(
                    folder / name / "var",
                    folder / "content",
                    like=site_without_content,
                    DATABASE_URL=database,
                    SECRET_KEY=KEY,
                )
            )
            for name in ("first", "second")
        )
        for site in (self.first, self.second):
            site.wait_until_ready()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what the database says."""
        with psycopg.connect(self.database) as server:
            return server.execute(query).fetchall()

    def command(self, *words: str, **environment: str) -> None:
        """Run a command on a third machine."""
        subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=site_environment(
                self.folder / "third", DATABASE_URL=self.database, SECRET_KEY=KEY, **environment
            ),
            capture_output=True,
            check=True,
        )


@pytest.fixture(scope="module")
def hosts(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    folder = tmp_path_factory.mktemp("hosts")
    for name in ("first", "second", "content/sea"):
        (folder / name).mkdir(parents=True)
    (folder / "content" / "sea" / "sea.md").write_text(COURSE)
    with ExitStack() as stack:
        yield Hosts(folder, module_database, stack)


def address(site: Site) -> str:
    return f"http://127.0.0.1:{site.port}"


def test_hosts_that_start_at_once_on_an_empty_database_make_one_site(hosts: Hosts) -> None:
    assert hosts.rows("SELECT count(*), max(number) FROM learn_revision") == [(1, 1)]
    assert hosts.rows("SELECT count(*) FROM quizzes_question") == [(QUESTIONS,)]
    assert sorted([hosts.first.err, hosts.second.err]) in (
        ["", ""],
        ["", "Another server is preparing this site; waiting for it.\n"],
    )


def test_what_is_done_on_one_host_is_there_on_the_other_at_once(hosts: Hosts) -> None:
    account = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD, "DJANGO_SUPERUSER_USERNAME": "ada"}
    hosts.command("createsuperuser", "--no-input", "--email", "ada@example.org", **account)
    ada = Person(address(hosts.first))
    assert ada.sign_in("ada", PASSWORD) == 200
    # Signed in on the one, at work on the other.
    ada.address = address(hosts.second)
    fields = hidden(ada.get(EDIT), "form:has(textarea)")
    text = COURSE.replace("Water.", "Salt water.")
    ada.post(EDIT, {**fields, "source": text, "action": "publish"})
    assert "Salt water." in hosts.first.get("/courses/sea/sea/")[1]
    assert "Salt water." in hosts.second.get("/courses/sea/sea/")[1]
    upload(ada)
    status, drawing = hosts.first.get("/courses/sea/media/wave.svg")
    assert (status, "<circle" in drawing) == (200, True)
    (hosts.folder / "content" / "sea" / "tides.md").write_text("# Tides\n\nThe moon.\n")
    hosts.command("content", "sync", str(hosts.folder / "content"))
    for site in (hosts.first, hosts.second):
        assert "The moon." in site.get("/courses/sea/tides/")[1]
        assert "/courses/sea/tides/" in site.get("/search/?q=moon")[1]


def hidden(page: BeautifulSoup, form: str) -> dict[str, str]:
    """Return the hidden fields of a form."""
    found = page.select_one(form)
    assert found is not None, page.get_text(" ", strip=True)[:300]
    inputs = found.find_all("input", type="hidden")
    return {str(one["name"]): str(one.get("value", "")) for one in inputs}


def upload(person: Person) -> None:
    """Upload a drawing to the course."""
    token = hidden(person.get("/studio/sea/pictures/"), 'form[enctype="multipart/form-data"]')
    fields = {**token, "alternative": "A wave"}
    parts = [f'name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>'
    parts.append(f'name="picture"; filename="wave.svg"\r\n\r\n{drawing}')
    body = "".join(f"--xx\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    request = Request(person.address + "/studio/sea/pictures/", (body + "--xx--\r\n").encode())
    request.add_header("Content-Type", "multipart/form-data; boundary=xx")
    person.browser.open(request, timeout=10).close()


def sign_ups(hosts: list[Site], number: int) -> list[int]:
    """Send that many refused sign-ups to the hosts in turn; return the status of each."""
    people = [Person(address(site)) for site in hosts]
    fields = {"email": "bob@example.org", "password1": "short"}
    return [
        people[n % len(people)].send("/accounts/signup/", "form.account-form", fields)
        for n in range(number)
    ]


def test_limits_hold_over_all_hosts_that_count_in_the_database(hosts: Hosts) -> None:
    both = [hosts.first, hosts.second]
    assert sign_ups(both, SIGN_UPS) == [422] * SIGN_UPS
    assert sign_ups(both, 2) == [429, 429]


def test_hosts_without_content_serve_what_is_there_and_count_in_one_cache_server(
    hosts: Hosts, cache_server: tuple[str, "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    lessons = "SELECT id, live_id, retired_at FROM learn_lesson ORDER BY id"
    before = hosts.rows(lessons)
    with ExitStack() as stack:
        others = [
            stack.enter_context(
                Site(
                    tmp_path / name / "var",
                    tmp_path / "nowhere",
                    *("--no-content", "--workers", "1"),
                    like=site_without_content,
                    DATABASE_URL=hosts.database,
                    CACHE_URL=cache_server[0],
                    SECRET_KEY=KEY,
                )
            )
            for name in ("third", "fourth")
        ]
        for site in others:
            site.wait_until_ready()
            assert site.get("/courses/sea/sea/")[0] == 200
        assert hosts.rows(lessons) == before
        assert sign_ups(others, SIGN_UPS) == [422] * SIGN_UPS
        assert sign_ups(others, 2) == [429, 429]


def test_a_database_that_failed_over_costs_no_request(hosts: Hosts) -> None:
    for _turn in range(8):
        assert hosts.first.get("/courses/sea/sea/")[0] == 200
    hosts.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert [hosts.first.get("/courses/sea/sea/")[0] for _turn in range(8)] == [200] * 8


class Traveller:
    """A browser with one connection kept open, which sends a request again to another host."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.connection: HTTPConnection | None = None
        self.cookies: SimpleCookie = SimpleCookie()
        self.retries = 0

    def ask(self, path: str, fields: dict[str, str] | None = None) -> BeautifulSoup:
        """Return a page; a form is sent to the other host if the first one does not answer."""
        for _turn in range(20):
            try:
                response = self._send(path, fields)
                body = response.read()
            except (HTTPException, OSError):
                self.retries += 1
                self._turn_to_the_other()
                continue
            if response.status == 302:
                return self.ask(urlsplit(str(response.headers["Location"])).path)
            assert response.status == 200, (response.status, path)
            return BeautifulSoup(body, "html.parser")
        raise AssertionError("no host answers")

    def _send(self, path: str, fields: dict[str, str] | None) -> HTTPResponse:
        self.connection = self.connection or HTTPConnection("127.0.0.1", self.ports[0], timeout=10)
        headers = {"Cookie": "; ".join(f"{key}={c.value}" for key, c in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["HX-Request"] = "true"
        body = None if fields is None else urlencode(fields)
        self.connection.request("GET" if body is None else "POST", path, body, headers)
        response = self.connection.getresponse()
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
        return response

    def close(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def _turn_to_the_other(self) -> None:
        self.close()
        self.ports = self.ports[::-1]
        time.sleep(0.01)


def learn(ports: list[int], stop: threading.Event) -> tuple[list[tuple[float, str]], int]:
    """Be one learner after the other; return time and visitor of each acknowledged answer."""
    acknowledged: list[tuple[float, str]] = []
    retries = 0
    while not stop.is_set():
        browser = Traveller(ports)
        with closing(browser):
            for _question in range(QUESTIONS):
                page = browser.ask(CHECK)
                fields = hidden(page, "form.question")
                [form] = page.select("form.question")
                fields["choice"] = str(form.select('input[name="choice"]')[0]["value"])
                assert browser.ask(str(form["action"]), fields).select_one("[data-verdict]")
                acknowledged.append((time.monotonic(), browser.cookies["visitor"].value))
        ports, retries = browser.ports, retries + browser.retries
    return acknowledged, retries


def test_a_host_killed_in_the_middle_loses_no_answer(hosts: Hosts, show: Show) -> None:
    stop = threading.Event()
    ports = [hosts.first.port, hosts.second.port]
    before = hosts.rows("SELECT count(*) FROM quizzes_response")[0][0]
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(learn, ports[:: 1 - 2 * (n % 2)], stop) for n in range(CLIENTS)]
        time.sleep(SECONDS_BEFORE)
        killed = time.monotonic()
        os.killpg(hosts.first.process.pid, signal.SIGKILL)
        time.sleep(SECONDS_AFTER)
        stop.set()
        results = [client.result() for client in clients]
    acknowledged = [answer for answers, _retries in results for answer in answers]
    retries = sum(number for _answers, number in results)
    late = sum(at > killed for at, _visitor in acknowledged)
    stored = hosts.rows("SELECT count(*) FROM quizzes_response")[0][0] - before
    show(
        f"one of two hosts killed under load: {len(acknowledged)} answers acknowledged, {late} of "
        f"them after it, {stored} stored; {retries} requests sent again",
    )
    assert retries >= CLIENTS // 2
    assert late > 0
    assert stored == len(acknowledged)
    by_visitor = dict(
        hosts.rows(
            "SELECT u.guest_key, count(*) FROM learn_user u "
            "JOIN quizzes_attempt a ON a.user_id = u.id "
            "JOIN quizzes_attemptitem i ON i.attempt_id = a.id "
            "JOIN quizzes_response r ON r.item_id = i.id GROUP BY u.guest_key"
        )
    )
    for visitor in {visitor for _at, visitor in acknowledged}:
        given = sum(name == visitor for _at, name in acknowledged)
        assert by_visitor[digest_of_visitor(visitor)] == given
