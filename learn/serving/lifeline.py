"""Ends a process when the one that started it is gone, so that nothing serves unattended."""

import ctypes
import os
import signal
import sys
import threading
import time
from pathlib import Path

POLL_SECONDS = 0.5
PR_SET_PDEATHSIG = 1  # of Linux's prctl


def die_with_parent(parent: int) -> None:
    """Have this process killed when the process ``parent``, which started it, ends in any way."""
    if sys.platform == "linux":
        # The kernel does it even while Python is busy. A worker is started by the main thread of
        # the main process, and lives no longer than that.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        _follow(parent, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def stop_with_launcher() -> None:
    """Have this process stop in good order when ``uv run``, which started it, was killed.

    The number that the operator knows is uv's; without this, killing it would leave the server
    behind, with its port and its lock.
    """
    launcher = os.getppid()
    if sys.platform == "linux" and _name_of(launcher) == "uv":
        _follow(launcher, signal.SIGTERM)


def _name_of(process: int) -> str:
    """Return the name of a process, or nothing when it is gone."""
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _follow(parent: int, sent: signal.Signals) -> None:
    """Send this process a signal once ``parent`` is no longer its parent."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(POLL_SECONDS)
        os.kill(os.getpid(), sent)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
