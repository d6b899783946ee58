"""What a start sees to because other machines may serve the same site."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from learn.environment import masked, read_text
from learn.serving.faults import ServeError
from learn.storage_faults import cache_faults

# Any number that no other program takes in this database.
LOCK_NUMBER = int.from_bytes(b"checkmrk")
PAUSE_SECONDS = 0.2


@contextmanager
def alone(*, warn: Callable[[str], None]) -> Iterator[None]:
    """Have no other machine make tables or publish a folder during the block.

    PostgreSQL lets go of the lock when this process or its machine is gone. SQLite has one machine.
    """
    if connection.vendor != "postgresql":
        yield
        return
    # A connection of its own: the others are closed before a folder is loaded in a process apart.
    holder = connection.copy()
    try:
        if not _has_taken(holder):
            warn(_("Another server is preparing this site; waiting for it."))
            while not _has_taken(holder):
                time.sleep(PAUSE_SECONDS)
        yield
    finally:
        holder.close()


def _has_taken(holder: BaseDatabaseWrapper) -> bool:
    """Say whether the lock could be had; it ends with the connection."""
    with holder.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER])
        return bool(cursor.fetchone()[0])


def require_cache() -> None:
    """Raise ``ServeError`` when the server of ``CACHE_URL`` does not answer."""
    if not read_text("CACHE_URL"):
        return
    try:
        cache.get("start")
    except Exception as error:
        # The client is loaded only now, if at all.
        if not isinstance(error, (*cache_faults(), OSError, ValueError)):
            raise
        raise ServeError(
            _("CACHE_URL names %(url)s, which does not answer: %(reason)s")
            % {"url": masked(read_text("CACHE_URL")), "reason": str(error).partition("\n")[0]}
        ) from error


def tell_of_own_key(var: Path, *, warn: Callable[[str], None]) -> None:
    """Say that the key is on this machine alone, where others may serve the same site."""
    if connection.vendor == "postgresql" and not read_text("SECRET_KEY"):
        warn(
            _(
                "The key that signs sessions is only in %(path)s: give every machine that serves "
                "this site the same one in SECRET_KEY, or people are signed out at each change of "
                "machine."
            )
            % {"path": var / "secret_key"}
        )
