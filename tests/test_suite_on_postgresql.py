"""The suite holds on PostgreSQL as it does on SQLite."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures import show
from tests.postgresql import NoServerError, temporary_cluster
from tests.second_run import SECOND_RUN
from tests.serving.site import Site, make_content

pytestmark = pytest.mark.server


def without_server(reason: NoServerError) -> None:
    """A build without PostgreSQL fails, a laptop skips."""
    if os.environ.get("CI"):
        pytest.fail(f"PostgreSQL is needed here: {reason}")
    pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")


@pytest.fixture
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    try:
        with temporary_cluster() as url:
            yield url
    except NoServerError as reason:
        without_server(reason)


@pytest.mark.timeout(900)
def test_suite_passes_on_postgresql(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        done = SECOND_RUN.wait()
    except NoServerError as reason:
        without_server(reason)
    summary = done.stdout.strip().rpartition("\n")[2]
    show(capsys, f"on PostgreSQL: {summary}")
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


def test_server_runs_on_postgresql(cluster: str, tmp_path: Path) -> None:
    content = make_content(tmp_path / "content")
    for _start in range(2):
        with Site(tmp_path / "var", content, DATABASE_URL=cluster) as site:
            site.wait_until_ready()
            assert site.get("/healthz")[0] == 200
            assert site.get("/courses/sea/tides/")[0] == 200
            site.process.terminate()
            assert site.wait_for_end() == 0
            assert site.err == ""
    assert not list((tmp_path / "var").glob("*.sqlite3"))
