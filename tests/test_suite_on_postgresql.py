"""The suite holds on PostgreSQL as it does on SQLite."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures import show
from tests.postgresql import NoServerError, temporary_cluster
from tests.serving.site import Site, make_content

ROOT = Path(__file__).resolve().parents[1]

# Set in the inner run, which must not start another.
INNER_RUN = "CHECKMARK_TESTS_ON_POSTGRESQL"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(INNER_RUN in os.environ, reason="this is the run on PostgreSQL"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL server; a build without one fails, a laptop skips."""
    try:
        with temporary_cluster() as url:
            yield url
    except NoServerError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is needed here: {reason}")
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")


def test_suite_passes_on_postgresql(cluster: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-m", "not browser and not server"),
            f"--ignore={__file__}",
        ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": cluster, INNER_RUN: "1"},
        capture_output=True,
        text=True,
        check=False,
    )
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
