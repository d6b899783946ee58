"""A step of changes as a single statement for PostgreSQL."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Model

from learn.models.changes import Change, Insertion, KeyOf, Step, Update, Upsert, Values
from learn.models.statements import connection_of, over_what_is_there, prepared

type Places = tuple[tuple[KeyOf | None, ...], ...]
"""For each value of each row: the key that it is, or None for a value that is given."""


class Shape(NamedTuple):
    """What of a change is in the text of a statement: all but its values."""

    model: type[Model]
    names: tuple[str, ...]
    places: Places
    where: tuple[str, ...] = ()
    conflict: str = ""


def in_one_statement(
    connection: Any, step: Step, *, in_company: bool = False
) -> tuple[str, list[Any]]:
    """Return the statement for a step, and its values.

    It gives one row, of which the first columns are the keys that each change wrote; no row where
    the first change found none, and an error where another one did. ``in_company`` of others in
    its transaction it gives an error there, too.
    """
    kept = step.kept
    values = prepared(kept.model, kept.where, connection) if kept else []
    for change in step.changes:
        values += [value for value in _values(change, connection) if not isinstance(value, KeyOf)]
    shapes = tuple(map(_shape, step.changes))
    lock = (kept.model, tuple(kept.where)) if kept else None
    return _joined(lock, shapes, is_first_needed=in_company), values


def _values(change: Change, connection: Any) -> Iterator[Any]:
    rows = change.rows if isinstance(change, Insertion) else (change.values,)
    for row in rows:
        yield from prepared(change.model, row, connection)
    if isinstance(change, Update):
        yield from prepared(change.model, change.where, connection)


def _shape(change: Change) -> Shape:
    rows = change.rows if isinstance(change, Insertion) else (change.values,)
    where = tuple(change.where) if isinstance(change, Update) else ()
    conflict = ""
    if isinstance(change, Upsert):
        conflict = over_what_is_there(change.model, change.unique, change.update)
    return Shape(change.model, tuple(rows[0]), tuple(map(_keys_in, rows)), where, conflict)


def _keys_in(row: Values) -> tuple[KeyOf | None, ...]:
    return tuple(value if isinstance(value, KeyOf) else None for value in row.values())


@cache
def _joined(
    kept: tuple[type[Model], tuple[str, ...]] | None,
    shapes: Sequence[Shape],
    *,
    is_first_needed: bool,
) -> str:
    """Return the statement for changes of these shapes; a change without a row is an error in it.

    The first one without a row may be none: the others then find nothing to go on from.
    """
    names = [f"change_{place}" for place in range(len(shapes))]
    before = ["kept" if kept else "", *["change_0"] * (len(shapes) - 1)]
    written = [
        f"{name} AS ({_part(shape, place)})"
        for name, shape, place in zip(names, shapes, before, strict=True)
    ]
    if kept:
        model, where = kept
        row = ("SELECT 1 FROM", _table(model), "WHERE", _conditions(model, where), "FOR UPDATE")
        written.insert(0, f"kept AS ({' '.join(row)})")
    keys = [" ".join(("ARRAY(SELECT id FROM", name, "ORDER BY id)")) for name in names]
    # Dividing by nothing undoes the whole statement.
    happened = [" ".join(("1 / (SELECT count(*) FROM", f"{name})")) for name in names]
    if is_first_needed:
        end = ["SELECT", ", ".join([*keys, *happened])]
    else:
        end = ["SELECT", ", ".join([*keys, *happened[1:]]), "FROM change_0 LIMIT 1"]
    return " ".join(("WITH", ", ".join(written), *end))


def _part(shape: Shape, before: str) -> str:
    model, columns = shape.model, _columns(shape.model)
    source = ("FROM", before) if before else ()
    end = ("RETURNING", f'{_table(model)}."{model._meta.pk.column}"', "AS id")
    rows = [
        [_place(model, name, key) for name, key in zip(shape.names, places, strict=True)]
        for places in shape.places
    ]
    if shape.where:
        changes = ", ".join(
            f"{columns[name]} = {value}" for name, value in zip(shape.names, rows[0], strict=True)
        )
        where = ("WHERE", _conditions(model, shape.where))
        return " ".join(("UPDATE", _table(model), "SET", changes, *source, *where, *end))
    into = ("INSERT INTO", _table(model), f"({', '.join(columns[name] for name in shape.names)})")
    if len(rows) == 1:
        selected = ("SELECT", ", ".join(rows[0]), *source)
    else:
        listed = ", ".join(f"({', '.join(row)})" for row in rows)
        beside = f"{before}, " if before else ""
        selected = ("SELECT", "new.*", f"FROM {beside}(VALUES {listed}) AS new")
    return " ".join((*into, *selected, shape.conflict, *end))


def _place(model: type[Model], name: str, key: KeyOf | None) -> str:
    """Return what stands for a value: its place, or where the key that it is will be found."""
    if key is None:
        return f"%s::{_type_of(model, name)}"
    there = (f"change_{key.change}", "ORDER BY id OFFSET", str(key.row), "LIMIT 1)")
    return " ".join(("(SELECT id FROM", *there))


def _conditions(model: type[Model], where: Sequence[str]) -> str:
    columns = _columns(model)
    return " AND ".join(
        f"{_table(model)}.{columns[name]} = %s::{_type_of(model, name)}" for name in where
    )


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


def _columns(model: type[Model]) -> Mapping[str, str]:
    return {field.attname: f'"{field.column}"' for field in model._meta.concrete_fields}


def _type_of(model: type[Model], name: str) -> str:
    """Return the type of a column; text without a length, which a cast would cut it down to."""
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    declared = str(field.cast_db_type(connection_of(model)))
    return "text" if declared.startswith("varchar") else declared
