"""Questions to the database that can be foreseen are asked as one, before they come.

An answer asks one thing after the other: whose it is, which lesson, which attempt, which card. To
PostgreSQL each question is a journey. A worker that remembers people and lessons can guess them
all; a guess that was right has its answer at once, one that was wrong is asked as ever.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

type Row = Sequence[Any]
type Answers = dict[tuple[str, tuple[Any, ...]], list[Row]]

MOST_SHAPES = 64


class Foreseen(NamedTuple):
    """A statement that gives one row of ``width`` columns or none, and the values it will have."""

    statement: str
    values: tuple[Any, ...]
    width: int


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What was answered ahead on a connection, and how deep in transactions it was then."""

    answers: Answers
    connection: Any
    depth: int


_ahead: ContextVar[_Ahead | None] = ContextVar("ahead", default=None)


@contextmanager
def asked_ahead(connection: Any, foreseen: Sequence[Foreseen]) -> Iterator[None]:
    """Ask what is foreseen in one statement; while this lasts, ``answered_ahead`` knows it."""
    token = _ahead.set(_Ahead(_answers(connection, foreseen), connection, _depth(connection)))
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


def _answers(connection: Any, foreseen: Sequence[Foreseen]) -> Answers:
    statement = _joined(tuple(each.statement for each in foreseen))
    values = [value for each in foreseen for value in each.values]
    [row] = connection.run_prepared(statement, values)[0]
    answers: Answers = {}
    begin = 0
    for each in foreseen:
        end = begin + 1 + each.width
        is_there, *found = row[begin:end]
        answers[each.statement, each.values] = [found] if is_there else []
        begin = end
    return answers


@lru_cache(maxsize=MOST_SHAPES)
def _joined(statements: tuple[str, ...]) -> str:
    """Return one statement for some: a row of all their columns, each time after whether one is."""
    parts = [
        " ".join(("LEFT JOIN (SELECT 1 AS is_there,", statement.removeprefix("SELECT"), ")", name))
        for statement, name in zip(statements, _names(len(statements)), strict=True)
    ]
    columns = ", ".join(f"{name}.*" for name in _names(len(statements)))
    return " ".join(("SELECT", columns, "FROM (SELECT 1) AS one", *(f"{p} ON TRUE" for p in parts)))


def _names(number: int) -> list[str]:
    return [f"foreseen_{place}" for place in range(number)]


def _depth(connection: Any) -> int:
    return int(connection.in_atomic_block) + len(connection.savepoint_ids)
