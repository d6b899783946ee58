"""One server at a time for a folder of data."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.utils.translation import gettext as _

from learn.environment import unusable_var_folder
from learn.serving.faults import ServeError

LOCK_FILE = "serve.lock"


@contextmanager
def exclusive(var: Path) -> Iterator[None]:
    """Hold the folder ``var`` for this process and the workers that it starts.

    The system lets go of it when the last of them ends, however it ends. Raises ``ServeError`` when
    another server holds it, ``VarFolderFault`` when the folder cannot be used.
    """
    try:
        var.mkdir(parents=True, exist_ok=True)
        handle = os.open(var / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise unusable_var_folder(var, error) from error
    with os.fdopen(handle, "rb+", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = file.read().decode(errors="replace").strip()
            raise ServeError(_already_served(var, holder)) from error
        # Who holds it is said for people; on a full disk it is held all the same.
        with suppress(OSError):
            file.truncate(0)
            file.write(f"{os.getpid()}\n".encode())
        yield
        # The next holder must not find the number of a process that is gone.
        with suppress(OSError):
            file.truncate(0)


def _already_served(var: Path, holder: str) -> str:
    """Return the line for a folder that is taken."""
    return _(
        "%(var)s is already served by process %(holder)s: stop that one first, or give this server "
        "a folder of its own with CHECKMARK_VAR."
    ) % {"var": var, "holder": holder or "?"}
