"""Questions to the database that can be foreseen are asked as one, before they come.

An answer asks one thing after the other: whose it is, which lesson, which attempt, which card. To
PostgreSQL each question is a journey. A worker that remembers people and lessons can guess them
all, for several answers at once; a guess that was right has its answer by then, one that was wrong
is asked as ever.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

type Row = Sequence[Any]
type Answers = dict[tuple[str, tuple[Any, ...]], list[Row]]
"""The rows that statements gave with some values."""

MOST_SHAPES = 64
# There are never that many; to the planner, who knows nothing of JSON, it makes them one.
FEW = "given.n >= 0 AND given.n < 1000"


class Foreseen(NamedTuple):
    """A statement and the values it will have, which are texts and whole numbers.

    It gives one row of ``width`` columns or none; with 0 any number of rows.
    """

    statement: str
    values: tuple[str | int, ...]
    width: int = 0


type _Shape = tuple[tuple[str, tuple[str, ...]], ...]
"""Statements in a row, each with the types of its values."""


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What was answered ahead on a connection, and how deep in transactions it was then."""

    answers: Answers
    connection: Any
    depth: int


_ahead: ContextVar[_Ahead | None] = ContextVar("ahead", default=None)


def answers_ahead(connection: Any, foreseen: Sequence[Sequence[Foreseen]]) -> list[Answers]:
    """Return the answers to what several will ask, to each its own; PostgreSQL is asked.

    It is one statement for all who ask alike, and one for each statement that gives any number of
    rows. Raises ``django.db.Error``.
    """
    answers: list[Answers] = [{} for _ in foreseen]
    of_one_row: dict[_Shape, list[tuple[Answers, Sequence[Foreseen]]]] = {}
    of_rows: dict[_Shape, list[tuple[Answers, Sequence[Foreseen]]]] = {}
    for known, each in zip(answers, foreseen, strict=True):
        if single := [one for one in each if one.width]:
            of_one_row.setdefault(_shape(single), []).append((known, single))
        for one in each:
            if not one.width:
                of_rows.setdefault(_shape([one]), []).append((known, [one]))
    for shape, asked in of_one_row.items():
        given = connection.run_prepared(_joined(shape), [_in_json(asked)])[0]
        for (known, own), row in zip(asked, given, strict=True):
            known.update(_told(own, row))
    for shape, asked in of_rows.items():
        found: list[list[Row]] = [[] for _ in asked]
        for number, *row in connection.run_prepared(_repeated(shape), [_in_json(asked)])[0]:
            found[number].append(row)
        for (known, [one]), rows in zip(asked, found, strict=True):
            known[one.statement, one.values] = rows
    return answers


@contextmanager
def knowing(connection: Any, answers: Answers) -> Iterator[None]:
    """While this lasts, ``answered_ahead`` knows these answers."""
    token = _ahead.set(_Ahead(answers, connection, _depth(connection)))
    try:
        yield
    finally:
        _ahead.reset(token)


def answered_ahead(connection: Any, statement: str, values: Sequence[Any]) -> list[Row] | None:
    """Return the rows of a statement that was foreseen with these values, None for any other.

    Each is given once: who asks again wants to know how it is by then. So does who asks within a
    transaction that has begun meanwhile.
    """
    ahead = _ahead.get()
    if ahead is None or ahead.connection is not connection or ahead.depth != _depth(connection):
        return None
    return ahead.answers.pop((statement, tuple(values)), None)


def _shape(foreseen: Sequence[Foreseen]) -> _Shape:
    return tuple((each.statement, tuple(map(_type, each.values))) for each in foreseen)


def _type(value: str | int) -> str:
    return "text" if isinstance(value, str) else "bigint"


def _in_json(asked: Sequence[tuple[Answers, Sequence[Foreseen]]]) -> str:
    """Return the values of each who asks, by their names in a statement."""
    rows = []
    for number, (_, foreseen) in enumerate(asked):
        values = enumerate(value for each in foreseen for value in each.values)
        rows.append({"n": number, **{f"v{at}": value for at, value in values}})
    return json.dumps(rows)


def _told(foreseen: Sequence[Foreseen], row: Row) -> Answers:
    """Return the rows that each statement gave, from the one that holds them all."""
    answers: Answers = {}
    begin = 0
    for each in foreseen:
        end = begin + 1 + each.width
        is_there, *found = row[begin:end]
        answers[each.statement, each.values] = [found] if is_there else []
        begin = end
    return answers


@lru_cache(maxsize=MOST_SHAPES)
def _joined(shape: _Shape) -> str:
    """Return one statement for some: a row of all their columns, each time after whether one is.

    It gives such a row for each that JSON has of their values, in the same order.
    """
    columns, parts = [], []
    begin = 0
    for place, (statement, types) in enumerate(shape):
        asked = _with_given(statement, begin, len(types)).removeprefix("SELECT")
        name = f"foreseen_{place}"
        parts.append(f"LEFT JOIN LATERAL (SELECT 1 AS is_there, {asked}) {name} ON TRUE")
        columns.append(f"{name}.*")
        begin += len(types)
    given = ("SELECT", ", ".join(columns), "FROM", _source(shape))
    return " ".join((*given, *parts, "WHERE", FEW, "ORDER BY given.n"))


@lru_cache(maxsize=MOST_SHAPES)
def _repeated(shape: _Shape) -> str:
    """Return one statement that gives the rows of another for each that JSON has values of.

    Each row comes after the number of whose it is; those of one come in their own order.
    """
    [(statement, types)] = shape
    asked = _with_given(statement, 0, len(types))
    given = ("SELECT given.n, asked.* FROM", _source(shape))
    return " ".join((*given, "JOIN LATERAL (", asked, ") asked ON TRUE WHERE", FEW))


def _with_given(statement: str, begin: int, number: int) -> str:
    """Return the statement with what is given in the place of its values."""
    return statement % tuple(f"given.v{at}" for at in range(begin, begin + number))


def _source(shape: _Shape) -> str:
    types = [type_ for _, own in shape for type_ in own]
    rows = ", ".join(["n int", *(f"v{at} {type_}" for at, type_ in enumerate(types))])
    return f"json_to_recordset(%s::json) AS given({rows})"


def _depth(connection: Any) -> int:
    return int(connection.in_atomic_block) + len(connection.savepoint_ids)
