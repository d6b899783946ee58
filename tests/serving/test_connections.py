"""Browsers keep their connections open; nobody waits for somebody else's to end."""

import resource
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from learn.serving.open_files import MOST_CONNECTIONS, OTHER_FILES, most_connections
from tests.benchmarks.content import memory_of
from tests.figures import Show
from tests.serving.earlier import site_without_content
from tests.serving.site import Site, make_content

pytestmark = pytest.mark.server

BROWSERS = 600
LESSON = "/courses/sea/tides/"
UNLIMITED = resource.RLIM_INFINITY


def read(connection: HTTPConnection) -> float:
    """Read the lesson and return how many seconds that took; the connection stays open."""
    began = time.monotonic()
    connection.request("GET", LESSON)
    response = connection.getresponse()
    assert b"The moon pulls" in response.read()
    return time.monotonic() - began


def test_hundreds_of_browsers_may_stay_connected_to_one_worker(tmp_path: Path, show: Show) -> None:
    content = make_content(tmp_path / "content")
    with (
        Site(tmp_path / "var", content, "--workers", "1", like=site_without_content) as site,
        ExitStack() as stack,
    ):
        site.wait_until_ready()
        waits = []
        for _browser in range(BROWSERS):
            connection = HTTPConnection("127.0.0.1", site.port, timeout=20)
            stack.callback(connection.close)
            waits.append(read(connection))
        memory = max(memory_of(worker).resident for worker in site.worker_ids())
    show(
        f"{BROWSERS} connections stay open: a page took {max(waits):.2f} s at most,"
        f" the worker {memory:.0f} MB"
    )
    assert max(waits) < 5


@pytest.mark.parametrize(
    ("soft", "hard", "connections", "raised_to"),
    [
        (1024, UNLIMITED, MOST_CONNECTIONS, MOST_CONNECTIONS + OTHER_FILES),
        (1024, 100_000, MOST_CONNECTIONS, MOST_CONNECTIONS + OTHER_FILES),
        (1024, 2048, 2048 - OTHER_FILES, 2048),
        (100_000, 100_000, MOST_CONNECTIONS, None),
        (UNLIMITED, UNLIMITED, MOST_CONNECTIONS, None),
        (128, 128, OTHER_FILES, None),
    ],
)
def test_the_system_is_made_to_allow_as_many_files_as_it_can(
    monkeypatch: pytest.MonkeyPatch,
    soft: int,
    hard: int,
    connections: int,
    raised_to: int | None,
) -> None:
    raised: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, limits: raised.append(limits))
    assert most_connections() == connections
    assert raised == ([(raised_to, hard)] if raised_to else [])
