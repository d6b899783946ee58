"""What the disk does to a SQLite file while a server has it open and notices nothing."""

import shutil
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
