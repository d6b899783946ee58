"""What the disk does to a SQLite file while a server has it open and notices nothing."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

ROOM_BYTES = 1 << 16


def fault_of(database: Path) -> str:
    """Return what keeps the file from being written in a few words, "" where nothing does."""
    if not database.exists():
        return "database file gone"
    return "disk full" if is_full(database.parent) else ""


def is_full(folder: Path) -> bool:
    """Say whether there is no room for another file, as SQLite needs it even to open a database."""
    try:
        return shutil.disk_usage(folder).free < ROOM_BYTES
    except OSError:
        return False


def create_privately(database: Path) -> None:
    """Make an empty file that only this user reads, if there is none; SQLite's logs follow it.

    It will hold who is signed in, as secret as the site's key.
    """
    # Whatever keeps it from being made, SQLite tells it.
    with suppress(OSError):
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
