"""Statements written out in SQL, for what every answer and every page of a question asks.

The ORM draws up each query anew, which takes ten times as long as the database takes to answer it.
Here the text of a statement is made once. Values pass through the models' own fields, so that both
engines get and give just what they would through the ORM.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

type Row = Sequence[Any]
type Column = Field[Any, Any]


def rows_of(model: type[Model], statement: str, values: Sequence[Any]) -> list[Row]:
    """Return the rows that the database of ``model`` gives for a statement that reads."""
    with connections[router.db_for_read(model)].cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Row] = cursor.fetchall()
        return rows


def locking(model: type[Model], statement: str) -> str:
    """Return a SELECT that keeps its rows from others until the transaction ends.

    SQLite needs no word for that: there a transaction is alone with the database.
    """
    features = connections[router.db_for_write(model)].features
    return f"{statement} FOR UPDATE" if features.has_select_for_update else statement


class Columns[M: Model]:
    """All columns of a model in a statement, in one order."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.fields: list[Column] = list(model._meta.concrete_fields)
        self.names = [field.attname for field in self.fields]

    def __len__(self) -> int:
        return len(self.fields)

    def of(self, alias: str) -> str:
        """Return the columns for a SELECT; ``alias`` is the table's in the statement."""
        return ", ".join(f'{alias}."{field.column}"' for field in self.fields)

    def instance(self, row: Row) -> M:
        """Return the instance that a row of the columns stands for."""
        connection = connections[router.db_for_read(self.model)]
        values = list(row)
        for place, converters, column in _conversions(self, connection.vendor):
            for converter in converters:
                values[place] = converter(values[place], column, connection)
        return self.model.from_db(connection.alias, self.names, values)


@cache
def columns_of[M: Model](model: type[M]) -> Columns[M]:
    """Return the columns of ``model``."""
    return Columns(model)


@cache
def _conversions(columns: Columns[Any], vendor: str) -> list[tuple[int, list[Any], Any]]:
    """Return place, converters and expression of the columns whose values need converting."""
    connection = connections[router.db_for_read(columns.model)]
    if connection.vendor != vendor:
        raise ValueError(vendor)
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


def insert[M: Model](instances: Sequence[M]) -> None:
    """Write new instances of one model, and give each its key. Raises ``IntegrityError``."""
    model = type(instances[0])
    connection = connections[router.db_for_write(model)]
    statement = _insertion(model, len(instances)) + f' RETURNING "{model._meta.pk.column}"'
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(instances, connection))
        keys = cursor.fetchall()
    for instance, (key,) in zip(instances, keys, strict=True):
        instance.pk = key
        instance._state.adding = False
        instance._state.db = connection.alias


def insert_or_update(instance: Model, *, unique: Iterable[str], update: Iterable[str]) -> None:
    """Write a new instance, or its fields ``update`` over the row with the same ``unique`` ones.

    The instance gets no key.
    """
    model = type(instance)
    connection = connections[router.db_for_write(model)]
    statement = _insertion(model, 1) + _on_conflict(model, tuple(unique), tuple(update))
    with connection.cursor() as cursor:
        cursor.execute(statement, _values([instance], connection))


@cache
def _written(model: type[Model]) -> list[Column]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insertion(model: type[Model], number: int) -> str:
    table = f'"{model._meta.db_table}"'
    columns = ", ".join(f'"{field.column}"' for field in _written(model))
    row = f"({', '.join(['%s'] * len(_written(model)))})"
    return " ".join(("INSERT INTO", table, f"({columns})", "VALUES", ", ".join([row] * number)))


@cache
def _on_conflict(model: type[Model], unique: tuple[str, ...], update: tuple[str, ...]) -> str:
    def column(name: str) -> str:
        return f'"{model._meta.get_field(name).column}"'  # type: ignore[union-attr]

    changes = ", ".join(f"{column(name)} = excluded.{column(name)}" for name in update)
    return f" ON CONFLICT ({', '.join(map(column, unique))}) DO UPDATE SET {changes}"


def _values(instances: Iterable[Model], connection: BaseDatabaseWrapper) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(instance, field.attname), connection)
        for instance in instances
        for field in _written(type(instance))
    ]
