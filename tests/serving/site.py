"""A real server in a process of its own, for tests that need one."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
READY_LINE = re.compile(r"^Serving on http://(.+):(\d+)/$", re.MULTILINE)

# Generous, since a machine may be busy with other things; what is measured has its own bound.
PATIENCE_SECONDS = 60.0

LESSON = """\
# Tides

The moon pulls the water nearest to it.
"""

# Nothing is right.
BROKEN_LESSON = """\
# Waves

## Knowledge check {.quiz}

### What makes waves?

- [ ] Fish
- [ ] Ships
"""


def make_content(folder: Path) -> Path:
    """Write a small course and return the folder that holds it."""
    course = folder / "sea"
    course.mkdir(parents=True)
    (course / "01-tides.md").write_text(LESSON)
    return folder


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def site_environment(var: Path, **more: str) -> dict[str, str]:
    """Return an environment in which only ``var`` and what is given says anything to the site."""
    ours = {
        "DATABASE_URL", "CACHE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "HTTPS",
        "EMAIL_URL", "EMAIL_FROM", "SOCIAL_PROVIDERS",
    }  # fmt: skip
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith("CHECKMARK_")
    }
    return {
        **kept,
        # Python's own default, whatever this machine says: modules are not compiled at every start.
        "PYTHONDONTWRITEBYTECODE": "",
        "DJANGO_SETTINGS_MODULE": "learn.settings",
        "CHECKMARK_VAR": str(var),
        **more,
    }


def wait_until(
    condition: Callable[[], object], *, seconds: float = PATIENCE_SECONDS, what: str
) -> float:
    """Wait for the condition and return how long that took; fails after ``seconds``."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, f"not within {seconds} s: {what}"
        time.sleep(0.01)
    return time.monotonic() - start


class Site:
    """A server process: started on entering, killed with its workers on leaving.

    ``like`` gives a new site the data of an earlier start, which takes less time; see ``earlier``.
    """

    def __init__(
        self,
        var: Path,
        content: Path,
        *options: str,
        port: int | None = None,
        launcher: tuple[str, ...] = (sys.executable,),
        cwd: Path = ROOT,
        watches: bool = False,
        like: Callable[[], Path] | None = None,
        **environment: str,
    ) -> None:
        self.var, self.content, self.cwd, self.like = var, content, cwd, like
        self.port = port or free_port()
        words = ["content", "watch", str(content)] if watches else ["serve"]
        if not watches and "--no-content" not in options:
            words += ["--content", str(content)]
        self.command = [*launcher, str(ROOT / "manage.py"), *words]
        self.command += ["--port", str(self.port), *options]
        self.environment = site_environment(var, **environment)
        self.out_file = var.parent / f"out-{time.monotonic_ns()}"
        self.err_file = self.out_file.with_name(self.out_file.name.replace("out", "err"))

    def __enter__(self) -> Self:
        self.started_at = time.monotonic()
        if self.like and not self.var.exists():
            shutil.copytree(self.like(), self.var)
        with self.out_file.open("w") as out, self.err_file.open("w") as err:
            # A group of its own, so that nothing of it outlives a test that fails.
            self.process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.environment,
                stdout=out,
                stderr=err,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)

    @property
    def out(self) -> str:
        """What the server printed so far."""
        return self.out_file.read_text()

    @property
    def err(self) -> str:
        """What the server complained about so far."""
        return self.err_file.read_text()

    def wait_until_ready(self) -> float:
        """Wait for the line that tells the address; return the seconds since the start."""

        def is_ready() -> bool:
            assert self.process.poll() is None, f"ended with {self.process.returncode}: {self.err}"
            return READY_LINE.search(self.out) is not None

        wait_until(is_ready, what=f"ready line; stderr: {self.err}")
        return time.monotonic() - self.started_at

    def wait_for_end(self) -> int:
        """Return the exit code."""
        return self.process.wait(PATIENCE_SECONDS)

    def get(self, path: str) -> tuple[int, str]:
        """Return status and body of a page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
        finally:
            connection.close()

    def worker_ids(self, main: int | None = None) -> set[int]:
        """Return the numbers of the worker processes (Linux)."""
        number = main or self.process.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text()
        return {int(child) for child in children.split()}


def is_listened_to(port: int, host: str = "127.0.0.1") -> bool:
    """Say whether somebody accepts connections at the port."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
