"""What a first start leaves behind, made once for all processes of a test run and then copied."""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.serving.site import ROOT, site_environment

# Set by the process that begins the run, for those that it starts.
SHARED = "TESTS_SHARED_FOLDER"


def begin_sharing() -> None:
    """Make the folder that this process and those that it starts share, until this one ends."""
    os.environ[SHARED] = tempfile.mkdtemp(prefix="checkmark-shared-")
    atexit.register(shutil.rmtree, os.environ[SHARED], ignore_errors=True)


def site_without_content() -> Path:
    """Return the folder of a site with its tables and static files, and nothing else."""
    return _made("empty", lambda var: make(var, "tables and static files"))


def site_with_course() -> Path:
    """Return the folder of a site that has the real course, without people."""

    def publish(var: Path) -> None:
        shutil.copytree(site_without_content(), var)
        _run(site_environment(var), "manage.py", "content", "sync", str(ROOT / "content"))

    return _made("course", publish)


def make(var: Path, part: str, **environment: str) -> None:
    """Make a part of a site, see ``first``, in a process of its own."""
    words = ("-m", "tests.with_django", "tests.serving.first", part)
    _run(site_environment(var, **environment), *words)


def _made(name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of that name, which the first that asks for it makes."""
    if SHARED not in os.environ:
        begin_sharing()
    folder = Path(os.environ[SHARED]) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            make(unfinished)
            # Every site has a key of its own.
            (unfinished / "secret_key").unlink(missing_ok=True)
            unfinished.rename(folder)
    return folder


def _run(environment: dict[str, str], *words: str) -> None:
    """Run Python for a site; what went wrong is told."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
