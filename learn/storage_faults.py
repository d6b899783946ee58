"""What keeps a database or a cache from answering: which errors say so, and what of it they say."""

import sys

from django.db import DatabaseError, OperationalError

# SQLite's primary result codes for a store that cannot be written just now, and for one whose pages
# are not what SQLite wrote.
BUSY_CODES = {"SQLITE_BUSY", "SQLITE_LOCKED"}
BLOCKED_CODES = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN"}
RUINED_CODES = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}


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


def cache_faults() -> tuple[type[Exception], ...]:
    """Return what a cache server's client raises; nothing where none is in use."""
    client = sys.modules.get("redis.exceptions")
    return (client.RedisError,) if client else ()
