"""The site and the bare project side by side, each with the same server and number of workers."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.serving.site import ROOT, Site, free_port, is_listened_to, site_environment, wait_until

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Two servers that run: the site with a class of learners, and the bare project.

    ``learners`` are in the order in which they were enrolled; the first has a history.
    """

    site: Site
    bare_port: int
    folder: Path
    environment: dict[str, str]
    learners: list[dict[str, Any]]
    forms: list[dict[str, Any]]
    pages: list[str]

    @property
    def port(self) -> int:
        """Return the site's port."""
        return self.site.port

    def say(self, program: str) -> str:
        """Run a few lines with the site's settings and return what they print."""
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", program]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()


@contextmanager
def both_servers(
    folder: Path, *, learners: int, database: str = "", all_have_begun: bool = False
) -> Iterator[Pair]:
    """Start both on new data in ``folder``, or on the PostgreSQL server ``database``."""
    addresses = {"DATABASE_URL": database} if database else {}
    site = Site(folder / "var", ROOT / "content", "--workers", str(WORKERS))
    site.environment |= addresses
    with site:
        site.wait_until_ready()
        environment = site_environment(folder / "var", **addresses)
        written = folder / "class.json"
        command = [sys.executable, "-m", "tests.with_django", "tests.benchmarks.class_of_learners"]
        subprocess.run(
            [*command, str(learners), str(written), "begun" if all_have_begun else "new"],
            env=environment,
            cwd=ROOT,
            check=True,
        )
        with bare_server(folder, addresses) as port:
            yield Pair(site, port, folder, environment, **json.loads(written.read_text()))


@contextmanager
def bare_server(folder: Path, addresses: dict[str, str]) -> Iterator[int]:
    """Start the bare project and give its port."""
    environment = {
        **site_environment(folder / "bare", **addresses),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.bare_settings",
    }
    (folder / "bare").mkdir()
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.bare_server", str(port), str(WORKERS)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
    try:
        wait_until(lambda: is_listened_to(port), what="the bare server")
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
