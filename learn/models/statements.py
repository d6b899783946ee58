"""Statements written out in SQL, for what every answer and every page of a question asks.

The ORM draws up each query anew, which takes ten times as long as the database takes to answer it.
Here the text of a statement is made once. Values pass through the models' own fields, so that both
engines get and give just what they would through the ORM.
"""

import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.base import ModelState

from learn.models.ahead import Row, answered_ahead

type Column = Field[Any, Any]

# Values of these fields go to both engines as they are.
PLAIN = (
    models.AutoField,
    models.BooleanField,
    models.CharField,
    models.FloatField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
ANY_TIME: Column = models.DateTimeField()
ANY_JSON: Column = models.JSONField()
MOST_TIMES, MOST_WORDS, LONGEST_WORDS = 256, 1024, 500


def rows_of(model: type[Model], statement: str, values: Sequence[Any]) -> list[Row]:
    """Return the rows that the database of ``model`` gives for a statement that reads."""
    connection = connection_of(model)
    rows = answered_ahead(connection, statement, values)
    return connection.run_prepared(statement, values)[0] if rows is None else rows


def needs_lock(model: type[Model]) -> bool:
    """Say whether rows have to be locked with ``FOR UPDATE`` to be kept from others.

    SQLite needs no word for that: there a transaction is alone with the database.
    """
    return bool(connection_of(model).features.has_select_for_update)


def beside_each(model: type[Model], alias: str, condition: str) -> str:
    """Return the join that gives each row those of ``model`` with this condition, or none of it.

    PostgreSQL looks them up row by row, whatever it believes of the tables. It knows little of new
    ones, and reads all of them to be on the safe side, just when a first class begins to answer.
    """
    table = f'"{model._meta.db_table}"'
    if connection_of(model).vendor == "sqlite":
        return " ".join(("LEFT JOIN", table, alias, "ON", condition))
    rows = ("SELECT * FROM", table, alias, "WHERE", condition, "OFFSET 0")
    return " ".join(("LEFT JOIN LATERAL (", *rows, ")", alias, "ON TRUE"))


class Columns[M: Model]:
    """Columns of a model in a statement, in one order: all, or those called ``only``."""

    def __init__(self, model: type[M], only: Collection[str] = ()) -> None:
        self.model = model
        self.fields: list[Column] = [
            field for field in model._meta.concrete_fields if not only or field.attname in only
        ]
        self.names = [field.attname for field in self.fields]

    def __len__(self) -> int:
        return len(self.fields)

    def of(self, alias: str) -> str:
        """Return the columns for a SELECT; ``alias`` is the table's in the statement."""
        return ", ".join(f'{alias}."{field.column}"' for field in self.fields)

    def values(self, row: Row) -> list[Any]:
        """Return the values that the columns of a row stand for."""
        values = list(row)
        for place, converters, column, connection in _conversions(self):
            for converter in converters:
                values[place] = converter(values[place], column, connection)
        return values

    def instance(self, row: Row) -> M:
        """Return the instance that a row of the columns stands for; the others are deferred."""
        return stored(self.model, dict(zip(self.names, self.values(row), strict=True)))


def stored[M: Model](model: type[M], values: Mapping[str, Any]) -> M:
    """Return the instance of a stored row from its values by attribute.

    It is put together without the model's ``__init__``, which takes three times as long to find
    out which values it was given. What is not given is read from the database when asked for.
    """
    instance = model.__new__(model)
    instance.__dict__.update(values)
    instance.__dict__["_state"] = state = ModelState()
    state.adding = False
    state.db = alias_of(model)
    return instance


def insert(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Write rows of values, by attribute (``user_id``), and return their keys in the same order.

    All rows name the same attributes: every column that has to be filled. Raises
    ``IntegrityError``.
    """
    return _inserted(model, rows, "RETURNING")


def insert_unless_there(model: type[Model], values: Mapping[str, Any]) -> Any:
    """Write a row and return its key; return None where one like it is there.

    That is told by the database's constraints, and does no harm to the transaction.
    """
    return next(iter(_inserted(model, [values], "ON CONFLICT DO NOTHING RETURNING")), None)


def _inserted(model: type[Model], rows: Sequence[Mapping[str, Any]], end: str) -> list[Any]:
    """Write rows and return the keys of those that were written."""
    connection = connection_of(model)
    statement = inserting(model, tuple(rows[0]), len(rows), end)
    values = [value for row in rows for value in prepared(model, row, connection)]
    return [key for (key,) in connection.run_prepared(statement, values)[0]]


def insert_or_update(
    model: type[Model],
    values: Mapping[str, Any],
    *,
    unique: tuple[str, ...],
    update: tuple[str, ...],
) -> None:
    """Write a row of these ``values``, or its fields ``update`` over the one that is there.

    ``values`` are by attribute (``user_id``), and name every column that has to be filled; the
    other fields by name. ``unique`` are those that no two rows share.
    """
    connection = connection_of(model)
    statement = upserting(model, tuple(values), unique, update)
    connection.run_prepared(statement, prepared(model, values, connection))


def update(model: type[Model], values: Mapping[str, Any], *, where: Mapping[str, Any]) -> int:
    """Write values, by attribute, into the rows that have those of ``where``; return how many."""
    connection = connection_of(model)
    given = [*prepared(model, values, connection), *prepared(model, where, connection)]
    statement = updating(model, tuple(values), tuple(where))
    return len(connection.run_prepared(statement, given)[0])


def insertion(model: type[Model], fields: Sequence[Column], number: int = 1) -> str:
    """Return the statement that writes ``number`` rows of these fields, a place for each value."""
    columns = ", ".join(f'"{field.column}"' for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    rows = ", ".join([row] * number)
    return " ".join(("INSERT INTO", f'"{model._meta.db_table}"', f"({columns})", "VALUES", rows))


@cache
def alias_of(model: type[Model]) -> str:
    """Return the name of the model's database; it has one, for reading and for writing."""
    return router.db_for_write(model)


class _OfThread(threading.local):
    """The connections of a thread by the models that they are for; Django takes longer to look."""

    def __init__(self) -> None:
        self.by_model: dict[type[Model], Any] = {}


_of_thread = _OfThread()


def connection_of(model: type[Model]) -> Any:
    """Return the connection for the model, of ``learn.sqlite`` or ``learn.postgresql``."""
    connection = _of_thread.by_model.get(model)
    if connection is None:
        connection = _of_thread.by_model[model] = connections[alias_of(model)]
    return connection


@cache
def _conversions(columns: Columns[Any]) -> list[tuple[int, list[Any], Any, Any]]:
    """Return the columns whose values need converting: place, converters, expression, connection.

    The converters look at its settings alone, which are those of every thread's.
    """
    connection = connection_of(columns.model)
    found = []
    for place, field in enumerate(columns.fields):
        column = field.get_col(columns.model._meta.db_table)
        converters = [
            *connection.ops.get_db_converters(column),
            *column.get_db_converters(connection),
        ]
        if converters:
            found.append((place, converters, column, connection))
    return found


@cache
def inserting(model: type[Model], names: tuple[str, ...], number: int, end: str) -> str:
    """Return the statement that writes rows of these fields; ``end`` stands before the key."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    written = insertion(model, [fields[name] for name in names], number)
    return f'{written} {end} "{model._meta.pk.column}"'


@cache
def upserting(
    model: type[Model], names: tuple[str, ...], unique: tuple[str, ...], update: tuple[str, ...]
) -> str:
    """Return the statement that writes a row, or these fields over one that is there."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    written = insertion(model, [fields[name] for name in names])
    return " ".join(
        (written, over_what_is_there(model, unique, update), f'RETURNING "{model._meta.pk.column}"')
    )


def over_what_is_there(model: type[Model], unique: tuple[str, ...], update: tuple[str, ...]) -> str:
    """Return how an insertion ends that writes these fields over a row with the same ``unique``."""
    columns = {field.name: f'"{field.column}"' for field in model._meta.concrete_fields}
    changes = ", ".join(f"{columns[name]} = excluded.{columns[name]}" for name in update)
    there = ", ".join(columns[name] for name in unique)
    return f"ON CONFLICT ({there}) DO UPDATE SET {changes}"


@cache
def updating(model: type[Model], names: tuple[str, ...], where: tuple[str, ...]) -> str:
    """Return the statement that writes these fields where others have a value, and gives keys."""
    quoted = {field.attname: f'"{field.column}"' for field in model._meta.concrete_fields}
    changes = ", ".join(f"{quoted[name]} = %s" for name in names)
    conditions = " AND ".join(f"{quoted[name]} = %s" for name in where)
    written = ("UPDATE", f'"{model._meta.db_table}"', "SET", changes, "WHERE", conditions)
    return " ".join((*written, "RETURNING", f'"{model._meta.pk.column}"'))


@cache
def _writers(model: type[Model], names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """Return each attribute with what prepares its value for the database, if need be."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [
        (name, None if isinstance(fields[name], PLAIN) else _preparation(fields[name]))
        for name in names
    ]


def _preparation(field: Column) -> Any:
    if type(field) is models.DateTimeField:
        return _prepared_time
    return _prepared_json if type(field) is models.JSONField else field.get_db_prep_save


def _prepared_json(value: Any, connection: BaseDatabaseWrapper) -> Any:
    # Orders of choices: a question has few of them, and an attempt has one for each question.
    if (
        type(value) is list
        and all(type(each) is str for each in value)
        and sum(map(len, value)) < LONGEST_WORDS
    ):
        return _words_in_json(tuple(value), connection.alias)
    return ANY_JSON.get_db_prep_save(value, connection)


@lru_cache(maxsize=MOST_WORDS)
def _words_in_json(words: tuple[str, ...], alias: str) -> Any:
    return ANY_JSON.get_db_prep_save(list(words), connections[alias])


def _prepared_time(value: datetime | None, connection: BaseDatabaseWrapper) -> Any:
    return None if value is None else _time_at(value, connection.alias)


@lru_cache(maxsize=MOST_TIMES)
def _time_at(value: datetime, alias: str) -> Any:
    """Return a time as a database takes it; one moment is often written into several rows."""
    return ANY_TIME.get_db_prep_save(value, connections[alias])


def prepared(
    model: type[Model], values: Mapping[str, Any], connection: BaseDatabaseWrapper
) -> list[Any]:
    """Return values, by attribute, as the database takes them."""
    return [
        values[name] if prepare is None else prepare(values[name], connection)
        for name, prepare in _writers(model, tuple(values))
    ]
