"""Several changes in one step, all of them or none.

PostgreSQL takes them as a single statement, those of several steps too: to it each one is a journey
there and back, which takes longer than the work. SQLite, which is no journey away, takes one after
the other in a transaction.
"""

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, ProgrammingError, transaction

from learn.models.changes import Change, Insertion, KeyOf, Keys, Step, Update
from learn.models.one_statement import OneStatement
from learn.models.statements import connection_of, inserting, prepared, updating, upserting

CARDINALITY_VIOLATION = "21000"


class _NotAllError(Exception):
    """A step had a change without a row."""


def change_together(*steps: Step) -> list[Keys] | None:
    """Make the changes and return the keys step by step; None where one had no row to write.

    Then nothing is written at all. All models are of one database.
    """
    connection = connection_of(steps[0].changes[0].model)
    try:
        if connection.vendor == "sqlite":
            return _one_by_one(connection, steps)
        if not connection.in_atomic_block:
            return _at_once(connection, steps)
        with transaction.atomic(using=connection.alias):
            return _at_once(connection, steps)
    except (IntegrityError, DataError, _NotAllError):
        return None
    except ProgrammingError as error:
        # Two steps write over one and the same row.
        if getattr(error.__cause__, "sqlstate", "") != CARDINALITY_VIOLATION:
            raise
        return None


def _one_by_one(connection: Any, steps: Sequence[Step]) -> list[Keys] | None:
    statements: list[tuple[str, Sequence[Any] | partial[list[Any]]]] = []
    for step in steps:
        begin = len(statements)
        statements += [_alone(connection, change, begin) for change in step.changes]
    keys: Keys | None = connection.run_together(statements)
    if keys is None:
        return None
    given = iter(keys)
    return [list(islice(given, len(step.changes))) for step in steps]


def _alone(
    connection: Any, change: Change, begin: int
) -> tuple[str, Sequence[Any] | partial[list[Any]]]:
    """Return the statement of one change and its values; its step's are from ``begin`` on."""
    if isinstance(change, Insertion):
        names = tuple(change.rows[0])
        values = [value for row in change.rows for value in prepared(change.model, row, connection)]
        statement = inserting(change.model, names, len(change.rows), "RETURNING")
    else:
        names, values = tuple(change.values), prepared(change.model, change.values, connection)
        if isinstance(change, Update):
            values += prepared(change.model, change.where, connection)
            statement = updating(change.model, names, tuple(change.where))
        else:
            statement = upserting(change.model, names, change.unique, change.update)
    leans = KeyOf in map(type, values)
    return statement, partial(_with_keys, values, begin) if leans else values


def _with_keys(values: Sequence[Any], begin: int, keys: Keys) -> list[Any]:
    return [value.among(keys[begin:]) if isinstance(value, KeyOf) else value for value in values]


def _at_once(connection: Any, steps: Sequence[Step]) -> list[Keys]:
    statement = OneStatement(steps)
    rows = connection.run_prepared(statement.text, statement.values(connection))[0]
    if not rows:
        raise _NotAllError
    return statement.keys(rows[0])
