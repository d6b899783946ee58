"""The databases before the first request: tables up to date, and no connection left open."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from learn.serving.faults import ServeError
from learn.sqlite.disk import is_full

# How long a lock is waited for stays limited, or a migration would hold up all who come after it.
LIFTED_TIMEOUTS = ("statement_timeout", "idle_in_transaction_session_timeout")
OURS = {"learn", "quizzes"}
RUINED = ("malformed", "not a database")


def use_databases_alone() -> None:
    """Have this process's connections, which end with the preparation, wait for no pool.

    A pool would keep trying to reach a server that is not there and say so every second. Nor is
    there a limit of time, since a migration of a large table takes what it takes. The workers make
    connections of their own, with both.
    """
    for connection in connections.all():
        options = {**connection.settings_dict["OPTIONS"]}
        if options.pop("pool", None):
            options["options"] += "".join(f" -c {name}=0" for name in LIFTED_TIMEOUTS)
        connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}


def migrate_databases() -> list[str]:
    """Bring the tables of every database up to date; return the aliases that needed it.

    Raises ``ServeError`` for a database that cannot be used, or that a newer release has changed:
    its tables are not those that this one writes.
    """
    changed = []
    for alias in connections:
        with told_to_operator(alias):
            loader = MigrationLoader(connections[alias])
            require_known(connections[alias], loader)
            if lacks_some(loader):
                call_command(
                    "migrate", database=alias, interactive=False, verbosity=0, skip_checks=True
                )
                changed.append(alias)
            require_writable(connections[alias])
            # Does nothing where the table is, or belongs into another database.
            call_command("createcachetable", database=alias, verbosity=0)
    return changed


@contextmanager
def told_to_operator(alias: str) -> Iterator[None]:
    """Turn a failure of the database ``alias`` into a ``ServeError`` that names it."""
    try:
        yield
    except Error as error:
        raise ServeError(unusable(connections[alias], error)) from error


def close_databases() -> None:
    """Close every connection: a worker must not inherit one."""
    for connection in connections.all(initialized_only=True):
        connection.close()


def is_behind(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the database lacks a migration."""
    return lacks_some(MigrationLoader(connection))


def lacks_some(loader: MigrationLoader) -> bool:
    """Say whether the loader's database lacks a migration."""
    return bool(loader.graph.nodes.keys() - loader.applied_migrations.keys())


def require_known(connection: BaseDatabaseWrapper, loader: MigrationLoader) -> None:
    """Raise ``ServeError`` where a migration of ours was applied that this release has not."""
    newest = of_newer_release(loader.applied_migrations, loader)
    if newest:
        raise ServeError(
            _(
                "The database %(place)s was changed by a newer release (%(newest)s): run that "
                "release or a later one, or restore what was saved before it."
            )
            % {"place": place_of(connection), "newest": newest}
        )


def of_newer_release(
    applied: Iterable[tuple[str, str]], loader: MigrationLoader | None = None
) -> str:
    """Return the last of our migrations that this release does not know, "" where it knows all."""
    files = (loader or MigrationLoader(None, ignore_no_migrations=True)).disk_migrations
    known = {*files, *(key for migration in files.values() for key in migration.replaces)}
    unknown = [(app, name) for app, name in applied if app in OURS and (app, name) not in known]
    return ".".join(max(unknown, default=()))


def require_writable(connection: BaseDatabaseWrapper) -> None:
    """Raise ``django.db.Error`` where SQLite may not write; parts of the site would hide it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                # A lock alone is had of a file that may only be read, too.
                cursor.execute("PRAGMA user_version = 0")
            finally:
                cursor.execute("ROLLBACK")


def place_of(connection: BaseDatabaseWrapper) -> str:
    """Return where a database is, in words for an operator."""
    settings = connection.settings_dict
    return f"{settings['HOST']}/{settings['NAME']}" if settings["HOST"] else str(settings["NAME"])


def unusable(connection: BaseDatabaseWrapper, error: Error) -> str:
    """Return the line for a database that cannot be used."""
    place = place_of(connection)
    # Of what a driver says, the first line is for people.
    reason = str(error).strip().partition("\n")[0]
    if connection.vendor == "sqlite" and is_full(Path(place).parent):
        # SQLite calls it an I/O error.
        reason = _("the disk is full (%(reason)s)") % {"reason": reason}
    elif connection.vendor == "sqlite" and any(sign in reason for sign in RUINED):
        reason = _("%(reason)s; `manage.py restore` brings a backup back") % {"reason": reason}
    return _("The database %(place)s cannot be used: %(reason)s") % {
        "place": place,
        "reason": reason,
    }
