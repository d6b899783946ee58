"""Several changes in one step, all of them or none.

PostgreSQL takes them as a single statement: to it each one is a journey there and back, which takes
longer than the work. SQLite, which is no journey away, takes one after the other in a transaction.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from learn.models.statements import connection_of, inserting, prepared, updating


class Insertion(NamedTuple):
    """A new row of these values, by attribute (``user_id``)."""

    model: type[Model]
    values: Mapping[str, Any]


class Update(NamedTuple):
    """Values, by attribute, for the one row that has those of ``where``."""

    model: type[Model]
    values: Mapping[str, Any]
    where: Mapping[str, Any]


class Kept(NamedTuple):
    """The row that has these values: nobody else may change it until all is written."""

    model: type[Model]
    where: Mapping[str, Any]


type Change = Insertion | Update
type Shape = tuple[type[Model], tuple[str, ...], tuple[str, ...]]


def change_together(kept: Kept, first: Update, *others: Change) -> list[Any] | None:
    """Write one row by each change and return their keys; None where one had no row to write.

    Then nothing is written at all. All models are of one database. ``first`` decides: of two who
    update the same row one comes later, and finds the values of the other in it. On SQLite, where
    a transaction is alone with the database, nothing is asked of the row that is ``kept``.
    """
    changes, connection = (first, *others), connection_of(first.model)
    try:
        if connection.vendor == "sqlite":
            statements = [_alone(connection, change) for change in changes]
            keys: list[Any] | None = connection.run_together(statements)
            return keys
        if not connection.in_atomic_block:
            return _at_once(connection, kept, changes)
        with transaction.atomic(using=connection.alias):
            return _at_once(connection, kept, changes)
    except (IntegrityError, DataError):
        return None


def _alone(connection: Any, change: Change) -> tuple[str, list[Any]]:
    """Return the statement of one change, and its values."""
    values = prepared(change.model, change.values, connection)
    if isinstance(change, Insertion):
        return inserting(change.model, tuple(change.values), 1, "RETURNING"), values
    values += prepared(change.model, change.where, connection)
    return updating(change.model, tuple(change.values), tuple(change.where)), values


def _at_once(connection: Any, kept: Kept, changes: Sequence[Change]) -> list[Any] | None:
    values = prepared(kept.model, kept.where, connection)
    for change in changes:
        values += prepared(change.model, change.values, connection)
        if isinstance(change, Update):
            values += prepared(change.model, change.where, connection)
    shapes = tuple(map(_shape, changes))
    statement = _joined(kept.model, tuple(kept.where), shapes)
    rows, _ = connection.run_prepared(statement, values)
    return list(rows[0][: len(changes)]) if rows else None


def _shape(change: Change) -> Shape:
    where = tuple(change.where) if isinstance(change, Update) else ()
    return change.model, tuple(change.values), where


@cache
def _joined(model: type[Model], where: tuple[str, ...], shapes: Sequence[Shape]) -> str:
    """Return the statement for changes of these shapes; a change without a row is an error in it.

    The first one without a row is none: the others then find nothing to go on from.
    """
    kept = ("SELECT 1 FROM", _table(model), "WHERE", _conditions(model, where), "FOR UPDATE")
    names = [f"change_{place}" for place in range(len(shapes))]
    parts = [_part(place, *shape) for place, shape in enumerate(shapes)]
    written = map(_named, ["kept", *names], [" ".join(kept), *parts])
    keys = [" ".join(("(SELECT id FROM", f"{name})")) for name in names]
    # Dividing by nothing undoes the whole statement.
    happened = [" ".join(("1 / (SELECT count(*) FROM", f"{name})")) for name in names[1:]]
    said = ", ".join([*keys, *happened])
    return " ".join(("WITH", ", ".join(written), "SELECT", said, "FROM change_0"))


def _named(name: str, statement: str) -> str:
    return f"{name} AS ({statement})"


def _part(place: int, model: type[Model], names: Sequence[str], where: Sequence[str]) -> str:
    columns = _columns(model)
    values = [f"%s::{_type_of(model, name)}" for name in names]
    before = "FROM change_0" if place else "FROM kept"
    end = ("RETURNING", f'{_table(model)}."{model._meta.pk.column}"', "AS id")
    if not where:
        into = f"({', '.join(columns[name] for name in names)})"
        return " ".join(
            ("INSERT INTO", _table(model), into, "SELECT", ", ".join(values), before, *end)
        )
    changes = ", ".join(
        f"{columns[name]} = {value}" for name, value in zip(names, values, strict=True)
    )
    conditions = _conditions(model, where)
    return " ".join(("UPDATE", _table(model), "SET", changes, before, "WHERE", conditions, *end))


def _conditions(model: type[Model], where: Sequence[str]) -> str:
    columns = _columns(model)
    return " AND ".join(
        f"{_table(model)}.{columns[name]} = %s::{_type_of(model, name)}" for name in where
    )


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


def _columns(model: type[Model]) -> dict[str, str]:
    return {field.attname: f'"{field.column}"' for field in model._meta.concrete_fields}


def _type_of(model: type[Model], name: str) -> str:
    """Return the type of a column; text without a length, which a cast would cut it down to."""
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    declared = str(field.cast_db_type(connection_of(model)))
    return "text" if declared.startswith("varchar") else declared
