"""Refuses to run on a SQLite engine that can lose data."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from learn.environment import read_bool

type Version = tuple[int, int, int]

# In WAL mode a checkpoint at the wrong moment can mark pages as copied that are not: from 3.7.0 on,
# repaired in 3.51.3 and, for two older series, in these releases. https://sqlite.org/wal.html
FIRST_WITH_BUG: Version = (3, 7, 0)
FIRST_SOUND: Version = (3, 51, 3)
REPAIRED_SERIES = {(3, 44): 6, (3, 50): 7}


def has_wal_reset_bug(version: Version) -> bool:
    """Say whether SQLite's release ``version`` can lose pages of a database in WAL mode."""
    if version < FIRST_WITH_BUG or version >= FIRST_SOUND:
        return False
    repaired_from = REPAIRED_SERIES.get(version[:2])
    return repaired_from is None or version[2] < repaired_from


def check_sqlite_engine(
    *, version: Version | None = None, **_options: Any
) -> Sequence[checks.CheckMessage]:
    """Report the engine in use, or the given ``version``, when it has the bug and is needed.

    ``CHECKMARK_ACCEPT_SQLITE=1`` accepts it. With ``DEBUG`` on it is a warning.
    """
    engines = {database["ENGINE"] for database in settings.DATABASES.values()}
    if "learn.sqlite" not in engines:
        return []
    found = version or sqlite3.sqlite_version_info
    if not has_wal_reset_bug(found) or read_bool("CHECKMARK_ACCEPT_SQLITE", default=False):
        return []
    message = _("SQLite %(version)s can lose data when several processes write.") % {
        "version": ".".join(map(str, found))
    }
    mend = _(
        "Install the package pysqlite3 (it brings its own engine), use a Python with SQLite 3.51.3 "
        "or newer, or set DATABASE_URL to PostgreSQL. CHECKMARK_ACCEPT_SQLITE=1 runs it all the "
        "same."
    )
    if settings.DEBUG:
        return [checks.Warning(message, hint=mend, id="learn.W001")]
    return [checks.Error(message, hint=mend, id="learn.E001")]
