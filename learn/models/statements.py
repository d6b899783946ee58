"""Statements written out in SQL, for what every answer and every page of a question asks.

The ORM draws up each query anew, which takes ten times as long as the database takes to answer it.
Here the text of a statement is made once. Values pass through the models' own fields, so that both
engines get and give just what they would through the ORM.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.base import ModelState

type Row = Sequence[Any]
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


def rows_of(model: type[Model], statement: str, values: Sequence[Any]) -> list[Row]:
    """Return the rows that the database of ``model`` gives for a statement that reads."""
    rows: list[Row] = _connection_of(model).run_prepared(statement, values)[0]
    return rows


def needs_lock(model: type[Model]) -> bool:
    """Say whether rows have to be locked with ``FOR UPDATE`` to be kept from others.

    SQLite needs no word for that: there a transaction is alone with the database.
    """
    return bool(_connection_of(model).features.has_select_for_update)


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
        if conversions := _conversions(self):
            connection = _connection_of(self.model)
            for place, converters, column in conversions:
                for converter in converters:
                    values[place] = converter(values[place], column, connection)
        return values

    def instance(self, row: Row) -> M:
        """Return the instance that a row of all columns stands for.

        It is put together without the model's ``__init__``, which takes three times as long to
        find out which values it was given.
        """
        instance = self.model.__new__(self.model)
        instance.__dict__.update(
            zip(self.names, self.values(row), strict=True), _state=ModelState()
        )
        instance._state.adding = False
        instance._state.db = _alias_of(self.model)
        return instance


@cache
def columns_of[M: Model](model: type[M]) -> Columns[M]:
    """Return the columns of ``model``."""
    return Columns(model)


def insert[M: Model](instances: Sequence[M]) -> None:
    """Write new instances of one model, and give each its key. Raises ``IntegrityError``."""
    for instance, key in zip(instances, _inserted(instances, "RETURNING"), strict=True):
        _give_key(instance, key)


def insert_unless_there(instance: Model) -> bool:
    """Write a new instance and give it its key; return False where one like it is there.

    That is told by the database's constraints, and does no harm to the transaction.
    """
    keys = _inserted([instance], "ON CONFLICT DO NOTHING RETURNING")
    for key in keys:
        _give_key(instance, key)
    return bool(keys)


def _inserted(instances: Sequence[Model], end: str) -> list[Any]:
    """Write instances and return the keys of those that were written."""
    model = type(instances[0])
    connection = _connection_of(model)
    statement = _insertion(model, len(instances), end)
    rows, _ = connection.run_prepared(statement, _values(instances, connection))
    return [key for (key,) in rows]


def _give_key(instance: Model, key: Any) -> None:
    instance.pk = key
    instance._state.adding = False
    instance._state.db = _alias_of(type(instance))


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
    connection = _connection_of(model)
    statement = _upsert(model, tuple(values), unique, update)
    connection.run_prepared(statement, _prepared(model, values, connection))


def update(model: type[Model], values: Mapping[str, Any], *, where: Mapping[str, Any]) -> int:
    """Write values, by attribute, into the rows that have those of ``where``; return how many."""
    connection = _connection_of(model)
    prepared = [
        *_prepared(model, values, connection),
        *_prepared(model, where, connection),
    ]
    statement = _update(model, tuple(values), tuple(where))
    changed: int = connection.run_prepared(statement, prepared)[1]
    return changed


def insertion(model: type[Model], fields: Sequence[Column], number: int = 1) -> str:
    """Return the statement that writes ``number`` rows of these fields, a place for each value."""
    columns = ", ".join(f'"{field.column}"' for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    rows = ", ".join([row] * number)
    return " ".join(("INSERT INTO", f'"{model._meta.db_table}"', f"({columns})", "VALUES", rows))


@cache
def _alias_of(model: type[Model]) -> str:
    """Return the name of the model's database; it has one, for reading and for writing."""
    return router.db_for_write(model)


def _connection_of(model: type[Model]) -> Any:
    """Return the connection for the model, of ``learn.sqlite`` or ``learn.postgresql``."""
    return connections[_alias_of(model)]


@cache
def _conversions(columns: Columns[Any]) -> list[tuple[int, list[Any], Any]]:
    """Return place, converters and expression of the columns whose values need converting."""
    connection = _connection_of(columns.model)
    found = []
    for place, field in enumerate(columns.fields):
        column = field.get_col(columns.model._meta.db_table)
        converters = [
            *connection.ops.get_db_converters(column),
            *column.get_db_converters(connection),
        ]
        if converters:
            found.append((place, converters, column))
    return found


@cache
def _written(model: type[Model]) -> list[Column]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insertion(model: type[Model], number: int, end: str) -> str:
    return f'{insertion(model, _written(model), number)} {end} "{model._meta.pk.column}"'


@cache
def _upsert(
    model: type[Model], names: tuple[str, ...], unique: tuple[str, ...], update: tuple[str, ...]
) -> str:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    quoted = {field.name: f'"{field.column}"' for field in model._meta.concrete_fields}
    changes = ", ".join(f"{quoted[name]} = excluded.{quoted[name]}" for name in update)
    there = ", ".join(quoted[name] for name in unique)
    written = insertion(model, [fields[name] for name in names])
    return f"{written} ON CONFLICT ({there}) DO UPDATE SET {changes}"


@cache
def _update(model: type[Model], names: tuple[str, ...], where: tuple[str, ...]) -> str:
    quoted = {field.attname: f'"{field.column}"' for field in model._meta.concrete_fields}
    changes = ", ".join(f"{quoted[name]} = %s" for name in names)
    conditions = " AND ".join(f"{quoted[name]} = %s" for name in where)
    return " ".join(("UPDATE", f'"{model._meta.db_table}"', "SET", changes, "WHERE", conditions))


@cache
def _writers(model: type[Model], names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """Return each attribute with what prepares its value for the database, if need be."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [
        (name, None if isinstance(fields[name], PLAIN) else fields[name].get_db_prep_save)
        for name in names
    ]


def _prepared(
    model: type[Model], values: Mapping[str, Any], connection: BaseDatabaseWrapper
) -> list[Any]:
    return [
        values[name] if prepare is None else prepare(values[name], connection)
        for name, prepare in _writers(model, tuple(values))
    ]


@cache
def _attributes(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in _written(model))


def _values(instances: Sequence[Model], connection: BaseDatabaseWrapper) -> list[Any]:
    model = type(instances[0])
    writers = _writers(model, _attributes(model))
    return [
        prepare(getattr(instance, name), connection) if prepare else getattr(instance, name)
        for instance in instances
        for name, prepare in writers
    ]
