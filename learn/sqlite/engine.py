"""Puts a sound SQLite engine in place of Python's own, before Django loads one of them.

Debian 12's SQLite can lose pages of a database in WAL mode (see ``learn.checks``). The package
``pysqlite3`` carries a repaired engine, but has no wheel for every machine; where it is missing,
Python's own module stays, and the system check says whether that one is sound.
"""

import importlib
import sys
from functools import cache
from types import ModuleType
from typing import Any

PACKAGE = "pysqlite3"

# SQLite's own numbers for its run-time limits, which Django names and the package leaves out.
LIMIT_OPTIONS = {
    "SQLITE_LIMIT_COLUMN": (2, "MAX_COLUMN"),
    "SQLITE_LIMIT_VARIABLE_NUMBER": (9, "MAX_VARIABLE_NUMBER"),
}


@cache
def use_bundled_engine() -> bool:
    """Make ``import sqlite3`` mean ``pysqlite3``; return False where that is not installed."""
    try:
        engine = importlib.import_module(PACKAGE)
        interface = importlib.import_module(f"{PACKAGE}.dbapi2")
    except ImportError:
        return False
    _add_limits(engine, interface)
    sys.modules["sqlite3"] = engine
    sys.modules["sqlite3.dbapi2"] = interface
    return True


def _add_limits(engine: ModuleType, interface: ModuleType) -> None:
    """Give connections the ``getlimit`` that Django 6.1 asks for and the package lacks."""
    if hasattr(interface.Connection, "getlimit"):
        return
    limits = _compiled_limits(interface)

    def getlimit(_connection: Any, category: int) -> int:
        """Return the limit of SQLite's category of that number."""
        return limits[category]

    with_limits = type("Connection", (interface.Connection,), {"getlimit": getlimit})
    connect = interface.connect

    def connect_with_limits(*args: Any, **options: Any) -> Any:
        options.setdefault("factory", with_limits)
        return connect(*args, **options)

    for module in (engine, interface):
        vars(module)["connect"] = connect_with_limits
        vars(module).update({name: category for name, (category, _) in LIMIT_OPTIONS.items()})


def _compiled_limits(interface: ModuleType) -> dict[int, int]:
    """Return the engine's compiled limits by SQLite's category number."""
    connection = interface.connect(":memory:")
    options = dict(
        row[0].partition("=")[::2] for row in connection.execute("PRAGMA compile_options")
    )
    connection.close()
    return {category: int(options[option]) for category, option in LIMIT_OPTIONS.values()}
