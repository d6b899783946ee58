"""The suite holds on PostgreSQL as it does on SQLite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.figures import Show
from tests.serving.site import ROOT, Site

pytestmark = pytest.mark.server

# What thinks is pure: another database changes nothing for it. The real course is served below.
WITHOUT_DATABASE = (
    "tests/authoring", "tests/kinds", "tests/test_architecture.py", "tests/test_course_folder.py",
    "tests/test_docs.py", "tests/test_render_caps.py", "tests/test_rendering.py",
    "tests/test_sqlite_engine.py", "tests/test_content.py", "tests/quizzes/test_interleaving.py",
    "tests/quizzes/test_marking.py", "tests/quizzes/test_scheduling.py",
    "tests/quizzes/test_shuffling.py", "tests/learn/test_passages.py",
    "tests/learn/test_pictures.py", "tests/learn/test_search_query.py",
    "tests/learn/test_telling.py", "tests/commands/test_content_check.py",
    "tests/commands/test_content_check_speed.py", "tests/commands/test_content_new.py",
)  # fmt: skip
COMMAND = (
    *(sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"),
    *("-m", "not browser and not server"),
    *(f"--ignore={ROOT / path}" for path in WITHOUT_DATABASE),
)


@pytest.mark.timeout(900)
def test_suite_passes_on_postgresql(cluster: str, show: Show) -> None:
    done = subprocess.run(
        COMMAND,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": cluster},
        capture_output=True,
        text=True,
        check=False,
    )
    summary = done.stdout.strip().rpartition("\n")[2]
    show(f"on PostgreSQL: {summary}")
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    told = "\n".join(line[:300] for line in failed)
    assert done.returncode == 0, "\n".join((told, done.stdout[-8000:], done.stderr[-2000:]))


def test_server_runs_on_postgresql(empty_database: str, tmp_path: Path) -> None:
    content = ROOT / "content"
    for _start in range(2):
        # Without a key for all machines it would say so.
        with Site(
            tmp_path / "var", content, DATABASE_URL=empty_database, SECRET_KEY="k" * 50
        ) as site:
            site.wait_until_ready()
            assert site.get("/healthz")[0] == 200
            assert site.get("/courses/aws-compute/what-they-are/")[0] == 200
            site.process.terminate()
            assert site.wait_for_end() == 0
            assert site.err == ""
    assert not list((tmp_path / "var").glob("*.sqlite3"))
