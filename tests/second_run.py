"""The suite once more on PostgreSQL, beside the first run: there is more than one processor."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from tests.postgresql import NoServerError, temporary_cluster

ROOT = Path(__file__).resolve().parents[1]

# Set in the inner run, which must not start another.
INNER_RUN = "CHECKMARK_TESTS_ON_POSTGRESQL"

# What thinks is pure: another database changes nothing for it.
WITHOUT_DATABASE = ("tests/authoring", "tests/kinds", "tests/test_suite_on_postgresql.py")
COMMAND = (
    *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
    *("-m", "not browser and not server"),
    *(f"--ignore={ROOT / path}" for path in WITHOUT_DATABASE),
)


class SecondRun:
    """The run on PostgreSQL: begun early, asked for late."""

    def __init__(self) -> None:
        self.no_server: NoServerError | None = None
        self.done: subprocess.CompletedProcess[str] | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def begin(self) -> None:
        """Start it unless it runs already."""
        if self._thread.ident is None:
            self._thread.start()

    def wait(self) -> "subprocess.CompletedProcess[str]":
        """Return how it ended. Raises ``NoServerError`` where there is no PostgreSQL."""
        self.begin()
        self._thread.join()
        if self.no_server:
            raise self.no_server
        assert self.done is not None
        return self.done

    def _run(self) -> None:
        try:
            with temporary_cluster() as url:
                self.done = subprocess.run(
                    COMMAND,
                    cwd=ROOT,
                    env={**os.environ, "DATABASE_URL": url, INNER_RUN: "1"},
                    capture_output=True,
                    text=True,
                    check=False,
                )
        except NoServerError as reason:
            self.no_server = reason


SECOND_RUN = SecondRun()
