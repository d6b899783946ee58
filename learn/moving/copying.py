"""WRITE: the rows of one table into the same table of another database, values as they are."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DataError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, JSONField, Model
from django.utils.translation import gettext as _

from learn.models.statements import insertion
from learn.moving.faults import MoveError
from learn.moving.sequences import go_on_from, highest_given
from learn.moving.tables import MADE_ANEW, Place, Row, batches, moved_models
from learn.moving.tally import Tally, tally_of

type AnyField = Field[Any, Any]


def clear(place: Place) -> None:
    """Take out what Django made in the new database."""
    for model in moved_models():
        if model._meta.label in MADE_ANEW:
            model._base_manager.using(place.alias_of(model)).delete()


def copy_table(
    model: type[Model], *, source: str, target: str, tell: Callable[[int], None]
) -> Tally:
    """Copy every row of a table and return what was read; ``tell`` gets the number so far.

    The numbers given away are taken over too. Raises ``MoveError`` for a value that the target
    cannot hold.
    """
    connection = connections[target]
    fields = [*model._meta.concrete_fields]
    statement = insertion(model, fields)
    tally = Tally()
    with connection.cursor() as cursor:
        for batch in batches(model, source):
            try:
                cursor.executemany(statement, [_stored(row, fields, connection) for row in batch])
            except DataError as error:
                raise MoveError(_unfit(model, fields, batch, error)) from error
            tally += tally_of(batch)
            tell(tally.rows)
    go_on_from(model, target, highest_given(model, source))
    return tally


def _stored(row: Row, fields: Iterable[AnyField], connection: BaseDatabaseWrapper) -> list[Any]:
    """Return a row's values as the database takes them."""
    return [
        # In JSON a value may be null where the column may not.
        field.get_db_prep_value(value, connection)
        if value is None and isinstance(field, JSONField) and not field.null
        else field.get_db_prep_save(value, connection)
        for field, value in zip(fields, row, strict=True)
    ]


def _unfit(
    model: type[Model], fields: Iterable[AnyField], batch: Iterable[Row], error: DataError
) -> str:
    """Return the line for a value that the target does not take: which row, which column, why."""
    for row in batch:
        for field, value in zip(fields, row, strict=True):
            if isinstance(value, str) and _is_unfit(value, field.max_length):
                return _(
                    "%(table)s, row %(row)s, %(column)s: the target cannot hold this text."
                ) % {
                    "table": model._meta.db_table,
                    "row": row[0],
                    "column": field.column,
                }
    return f"{model._meta.db_table}: {str(error).partition(chr(10))[0]}"


def _is_unfit(text: str, longest: int | None) -> bool:
    """Say whether a text that SQLite took is too long for its column, or holds a NUL."""
    return "\x00" in text or (longest is not None and len(text) > longest)
