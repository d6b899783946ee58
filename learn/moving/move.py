"""WRITE: a site to another address, all of it or nothing, and what came of it compared."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import Error, connections
from django.utils.translation import gettext as _

from learn.moving.copying import clear, copy_table
from learn.moving.faults import MoveError, MoveRefusedError
from learn.moving.places import make_tables, opened, source_place, transactions
from learn.moving.tables import Place, first_filled, moved_models, table_tally, unknown_tables
from learn.moving.tally import Tally
from learn.serving.databases import is_behind
from learn.serving.faults import ServeError
from learn.serving.lock import exclusive
from learn.telling import Say, paced


@dataclass(frozen=True, slots=True)
class Compared:
    """A table on both sides."""

    table: str
    source: Tally
    target: Tally

    @property
    def is_same(self) -> bool:
        """Whether both hold the same rows with the same values."""
        return self.source == self.target


def move_site(url: str, *, say: Say) -> list[Compared]:
    """Carry the site over to the empty database at ``url`` and compare every table.

    Nothing of the source changes. Where a table differs the target is left empty. ``say`` gets a
    line from time to time. Raises ``MoveRefusedError`` before anything is done, ``MoveError`` when
    it was given up, ``EnvironmentFault`` for an address that is none.
    """
    with at_rest(), faults_told(), opened(url) as target:
        source = source_place()
        require_movable(source)
        require_empty(target)
        if is_old(target):
            say(_("Making the tables."))
            make_tables(url)
        with transactions(source, target):
            clear(target)
            compared = list(copied(source, target, say=say))
            for alias in target.aliases:
                connections[alias].check_constraints()
                if not all(table.is_same for table in compared):
                    connections[alias].set_rollback(True)
    return compared


def compare_sites(url: str) -> list[Compared]:
    """Compare every table of this site with the one at ``url``; nothing is written.

    Raises as ``move_site`` does.
    """
    with at_rest(), faults_told(), opened(url) as target:
        source = source_place()
        require_movable(source)
        if is_old(target):
            raise MoveRefusedError(
                _("The target holds no site of this release: move it there without --compare.")
            )
        with transactions(source, target):
            return [
                Compared(
                    model._meta.db_table,
                    table_tally(model, source.alias_of(model)),
                    table_tally(model, target.alias_of(model)),
                )
                for model in moved_models()
            ]


def copied(source: Place, target: Place, *, say: Say) -> Iterator[Compared]:
    """Copy the tables one after the other and yield each with what the target then has."""
    for model in moved_models():
        table, alias = model._meta.db_table, target.alias_of(model)
        tell = teller(table, say)
        read = copy_table(model, source=source.alias_of(model), target=alias, tell=tell)
        yield Compared(table, read, table_tally(model, alias))


def teller(table: str, say: Say) -> Callable[[int], None]:
    """Return what tells, every few seconds, how many rows of a table are done."""
    say_if_due = paced(say)

    def tell(rows: int) -> None:
        say_if_due(_("%(table)s: %(rows)d rows so far") % {"table": table, "rows": rows})

    return tell


@contextmanager
def at_rest() -> Iterator[None]:
    """Keep this folder's server from running. Raises ``MoveRefusedError`` while it does."""
    try:
        with exclusive(settings.CHECKMARK_VAR):
            yield
    except ServeError as fault:
        raise MoveRefusedError(str(fault)) from fault


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn what a database refuses into a ``MoveError`` of one line."""
    try:
        yield
    except Error as error:
        reason = str(error).strip().partition("\n")[0]
        raise MoveError(_("Nothing was moved: %(reason)s") % {"reason": reason}) from error


def require_movable(source: Place) -> None:
    """Raise ``MoveRefusedError`` unless these settings know all that the site holds."""
    if is_old(source):
        raise MoveRefusedError(
            _("This site's tables are of an older release: start it once with `manage.py serve`.")
        )
    unknown = unknown_tables(source)
    if unknown:
        raise MoveRefusedError(
            _(
                "These settings do not know %(tables)s, which has rows: give SOCIAL_PROVIDERS and "
                "the rest of the environment as the site has them."
            )
            % {"tables": ", ".join(unknown)}
        )


def is_old(place: Place) -> bool:
    """Say whether tables are missing there, or of an older release."""
    return any(is_behind(connections[alias]) for alias in place.aliases)


def require_empty(target: Place) -> None:
    """Raise ``MoveRefusedError`` when a table there has rows."""
    table = first_filled(target)
    if table:
        raise MoveRefusedError(
            _("The target holds data already (%(table)s): name an empty database.")
            % {"table": table}
        )
