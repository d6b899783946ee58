"""The two ends of a move: the site of these settings, and the databases of another address."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils.translation import gettext as _

from learn.environment import databases_at
from learn.moving.faults import MoveError
from learn.moving.tables import Place
from learn.serving.databases import use_databases_alone

TARGET = "target"
SEPARATE = "sessions"


def source_place() -> Place:
    """Return where the tables of this site are."""
    return Place("default", SEPARATE if SEPARATE in settings.DATABASES else "default")


@contextmanager
def opened(url: str) -> Iterator[Place]:
    """Give the databases at an address for the length of the block, without limits of time.

    Raises ``EnvironmentFault`` for an address that is none.
    """
    databases = databases_at(url, var_of(url), name="TARGET_URL")
    aliases = {name: f"{TARGET}-{name}" for name in databases}
    made = connections.configure_settings(
        {"default": {}} | {aliases[name]: database for name, database in databases.items()}
    )
    connections.settings.update({alias: made[alias] for alias in aliases.values()})
    use_databases_alone()
    try:
        yield Place(aliases["default"], aliases.get(SEPARATE, aliases["default"]))
    finally:
        for alias in aliases.values():
            connections[alias].close()
            del connections[alias]
            del connections.settings[alias]


@contextmanager
def transactions(source: Place, target: Place) -> Iterator[None]:
    """Run the block in one transaction of each database; the source is seen at one moment.

    SQLite keeps other writers out meanwhile.
    """
    with ExitStack() as stack:
        for alias in (*source.aliases, *target.aliases):
            stack.enter_context(transaction.atomic(using=alias))
            if alias in source.aliases and connections[alias].vendor == "postgresql":
                with connections[alias].cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def make_tables(url: str) -> None:
    """Make the tables of a site at an address, in a process whose settings are that site's.

    Raises ``MoveError`` when that fails.
    """
    names = databases_at(url, var_of(url), name="TARGET_URL")
    environment = {**os.environ, "DATABASE_URL": url, "CHECKMARK_VAR": str(var_of(url))}
    for name in names:
        command = ["migrate", "--database", name, "--no-input", "--verbosity", "0"]
        done = subprocess.run(  # noqa: S603 - our own manage.py with fixed words and a name of DATABASES; the address goes by the environment
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            reason = (done.stderr.strip() or "?").splitlines()[-1]
            raise MoveError(_("The tables cannot be made: %(reason)s") % {"reason": reason})


def var_of(url: str) -> Path:
    """Return the folder beside whose main file a SQLite site has its sessions; else this site's."""
    if not url.startswith("sqlite:"):
        var: Path = settings.CHECKMARK_VAR
        return var
    name: Any = databases_at(url, settings.CHECKMARK_VAR, name="TARGET_URL")["default"]["NAME"]
    return Path(name).parent
