"""What the disk does to a SQLite file while a server has it open and notices nothing."""

import mmap
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

ROOM_BYTES = 1 << 16
RUINED = "database file ruined"
READS_FIRST_PAGE = "SELECT count(*) FROM sqlite_master"

# One byte that the processes of a server share, whichever of them is asked how the site is.
_ruin = mmap.mmap(-1, 1)


def fault_of(database: Path) -> str:
    """Return what keeps the file from being written in a few words, "" where nothing does."""
    if not database.exists():
        return "database file gone"
    if is_full(database.parent):
        return "disk full"
    return RUINED if _ruin[0] or is_ruined(database) else ""


def remember_ruin() -> None:
    """Have ``fault_of`` say that the file is ruined until the server is started anew.

    One page of many may be: then it is told to those alone who ask for what was there.
    """
    _ruin[0] = 1


def is_ruined(database: Path) -> bool:
    """Say whether the file does not even begin as SQLite's do; who has it open keeps what it was.

    SQLite itself reads it: to close a file that it has locked would give its locks away.
    """
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as anew:
            anew.execute(READS_FIRST_PAGE)
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return False


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
