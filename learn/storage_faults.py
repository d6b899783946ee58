"""What keeps a database or a cache from answering: which errors say so, and what of it they say."""

import logging
import sys

from django.db import DatabaseError, OperationalError

from learn.sqlite.disk import remember_ruin

logger = logging.getLogger(__name__)

# SQLite's primary result codes for a store that cannot be written just now, and for one whose pages
# are not what SQLite wrote.
BUSY_CODES = {"SQLITE_BUSY", "SQLITE_LOCKED"}
BLOCKED_CODES = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN"}
RUINED_CODES = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
NO_TABLE = ("no such table", 'relation "')
RESTORES = "`manage.py restore` brings a backup back"


def is_storage_fault(error: BaseException) -> bool:
    """Say whether it is the database or cache that failed, and not what was asked of it."""
    if isinstance(error, (OperationalError, *cache_faults())):
        return True
    return isinstance(error, DatabaseError) and storage_fault_of(error) == "ruined"


def storage_fault_of(error: DatabaseError) -> str:
    """Return ``busy``, ``blocked``, ``ruined`` or ``unknown`` for a failure of the database."""
    name = str(getattr(error.__cause__, "sqlite_errorname", ""))
    primary = "_".join(name.split("_")[:2])
    if primary in BUSY_CODES or "database is locked" in str(error):
        return "busy"
    if primary in RUINED_CODES:
        return "ruined"
    return "blocked" if primary in BLOCKED_CODES else "unknown"


def tell_operator(path: str, error: Exception) -> str:
    """Log what kept ``path`` from being answered, unless the log has it; return its kind.

    The kinds are those of ``storage_fault_of``.
    """
    fault = storage_fault_of(error) if isinstance(error, DatabaseError) else "unknown"
    mend = ""
    if fault == "ruined":
        remember_ruin()
        mend = f"; {RESTORES}"
    if not getattr(error, "is_told", False):
        reason = line_of(error) + mend
        logger.error("The database or cache could not answer %s: %s", path, reason)
    return fault


def mend_of(error: DatabaseError) -> str:
    """Return what whoever runs a command does about a database, "" for a fault of our own."""
    if line_of(error).startswith(NO_TABLE):
        return "`manage.py migrate` makes the tables"
    if not is_storage_fault(error):
        return ""
    is_ruined = storage_fault_of(error) == "ruined"
    return RESTORES if is_ruined else "see that it is there and that this user may write to it"


def line_of(error: Exception) -> str:
    """Return what a driver says for people: its first line."""
    return str(error).strip().partition("\n")[0]


def cache_faults() -> tuple[type[Exception], ...]:
    """Return what a cache server's client raises; nothing where none is in use."""
    client = sys.modules.get("redis.exceptions")
    return (client.RedisError,) if client else ()
