"""Steps of changes as a single statement for PostgreSQL, whether one step or a group of them.

Steps with the same changes are made as one: the values that they differ in go beside the statement
as JSON, of each change a list of rows. So the server goes through a group of answers as it would
through one, with a plan that it has made before, and the group is one journey.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

from django.db.models import DateTimeField, JSONField, Model

from learn.models.changes import Change, Insertion, KeyOf, Keys, Step, Update, Upsert, Values
from learn.models.statements import PLAIN, Column, connection_of, over_what_is_there

# There are never that many; to the planner, who knows nothing of JSON, it makes them one.
FEW = "d.n >= 0 AND d.n < 1000"


type Preparation = Callable[[Any, Any], Any]
"""Takes a value and the connection."""
type Writer = tuple[str, Preparation | None]
"""An attribute, and what makes of its value what JSON has a word for, if need be."""


class Shape(NamedTuple):
    """What of a change is in the text of a statement: all but its values.

    ``keys`` are, for each name, the place of the change whose key its value is, or None.
    """

    model: type[Model]
    names: tuple[str, ...]
    keys: tuple[int | None, ...]
    where: tuple[str, ...] = ()
    conflict: str = ""


class StepShape(NamedTuple):
    """What steps have in common that are made as one: their changes, and what is kept."""

    kept: tuple[type[Model], tuple[str, ...]] | None
    changes: tuple[Shape, ...]


class OneStatement:
    """The statement for some steps, its values, and what is to be read from its row."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._places: dict[StepShape, list[int]] = {}
        for place, step in enumerate(steps):
            self._places.setdefault(_step_shape(step), []).append(place)
        # In one order, so that few texts are made of them.
        self._shapes = tuple(sorted(self._places, key=hash))

    @property
    def text(self) -> str:
        """Return the statement: it gives one row, or an error where a change finds no row.

        Of a single step whose first change finds none it gives no row, which no server logs.
        """
        return _text(self._shapes, is_alone=len(self._steps) == 1)

    def values(self, connection: Any) -> list[Any]:
        """Return its values: the rows of each change, and then how many those are.

        Raises ``TypeError`` for a value that JSON has no word for.
        """
        rows = []
        for shape in self._shapes:
            steps = [self._steps[place] for place in self._places[shape]]
            rows += [
                _rows(steps, shape, number, connection) for number in range(len(shape.changes))
            ]
        return [*map(json.dumps, rows), *map(len, rows)]

    def keys(self, row: Sequence[Any]) -> list[Keys]:
        """Return the keys that each step wrote, from the row that the statement gave."""
        keys: list[Keys] = [[] for _ in self._steps]
        columns = iter(row)
        for shape in self._shapes:
            for number in range(len(shape.changes)):
                written = iter(next(columns))
                for place in self._places[shape]:
                    change = self._steps[place].changes[number]
                    keys[place].append([next(written) for _ in range(_keys_of(change))])
        return keys


def _step_shape(step: Step) -> StepShape:
    kept = (step.kept.model, tuple(step.kept.where)) if step.kept else None
    return StepShape(kept, tuple(map(_shape, step.changes)))


def _shape(change: Change) -> Shape:
    row = _rows_of(change)[0]
    where = tuple(change.where) if isinstance(change, Update) else ()
    conflict = ""
    if isinstance(change, Upsert):
        conflict = over_what_is_there(change.model, change.unique, change.update)
    keys: tuple[int | None, ...] = (None,) * len(row)
    if KeyOf in map(type, row.values()):
        keys = tuple(value.change if type(value) is KeyOf else None for value in row.values())
    return Shape(change.model, tuple(row), keys, where, conflict)


def _rows_of(change: Change) -> tuple[Values, ...]:
    return change.rows if isinstance(change, Insertion) else (change.values,)


def _keys_of(change: Change) -> int:
    return 0 if isinstance(change, Upsert) else len(_rows_of(change))


def _rows(
    steps: Sequence[Step], shape: StepShape, number: int, connection: Any
) -> list[dict[str, Any]]:
    """Return the rows of one change of all steps, with their values called v0, v1 and so on.

    A value that is a key is given as the place of its row among those that have it.
    """
    model, names, keys, where, _ = shape.changes[number]
    writers, beside = _writers(model, names), _writers(model, where)
    kept = _writers(*shape.kept) if shape.kept and number == 0 else ()
    leaning = [at for at, key in enumerate(keys) if key is not None]
    begins = list(_begins(steps)) if leaning else ()
    rows: list[dict[str, Any]] = []
    for place, step in enumerate(steps):
        change = step.changes[number]
        others: list[Any] = []
        if isinstance(change, Update):
            others = _written_out(change.where, beside, connection)
        if step.kept and kept:
            others += _written_out(step.kept.where, kept, connection)
        for row in _rows_of(change):
            values = _written_out(row, writers, connection)
            for at in leaning:
                values[at] = begins[place][values[at].change] + values[at].row
            values += others
            called = dict(zip(_names(len(values)), values, strict=True))
            called["n"] = len(rows)
            rows.append(called)
    return rows


def _written_out(values: Values, writers: Sequence[Writer], connection: Any) -> list[Any]:
    """Return values, by attribute, as JSON takes them."""
    return [
        values[name] if prepare is None else prepare(values[name], connection)
        for name, prepare in writers
    ]


@cache
def _writers(model: type[Model], names: tuple[str, ...]) -> list[Writer]:
    """Return each attribute with what prepares its value for JSON, if need be."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [(name, _preparation(fields[name])) for name in names]


def _preparation(field: Column) -> Preparation | None:
    if isinstance(field, (*PLAIN, JSONField)):
        return None
    return _time_in_json if isinstance(field, DateTimeField) else field.get_db_prep_save


def _time_in_json(value: datetime | None, _connection: Any) -> str | None:
    return None if value is None else value.isoformat()


@cache
def _names(number: int) -> tuple[str, ...]:
    """Return what the values of a row are called."""
    return tuple(f"v{at}" for at in range(number))


def _begins(steps: Sequence[Step]) -> Iterator[tuple[int, ...]]:
    """Yield for each step at which place the rows of each of its changes begin among all."""
    sizes = ([len(_rows_of(change)) for change in step.changes] for step in steps)
    columns = ([0, *accumulate(column)][:-1] for column in zip(*sizes, strict=True))
    return zip(*columns, strict=True)


@cache
def _text(shapes: Sequence[StepShape], *, is_alone: bool) -> str:
    """Return the statement for steps of these shapes; the values stand in the order of the text."""
    parts: list[str] = []
    keys: list[str] = []
    happened: list[str] = []
    for place, shape in enumerate(shapes):
        for number, change in enumerate(shape.changes):
            name = f"change_{place}_{number}"
            kept = None if number else shape.kept
            parts += _parts(place, number, change, kept=kept, is_first_needed=is_alone)
            order = "n" if change.where else "id"
            keys.append(" ".join(("ARRAY(SELECT id FROM", name, "ORDER BY", f"{order})")))
            # Dividing by nothing undoes the whole statement.
            count = " ".join(("(SELECT count(*) FROM", f"{name})"))
            happened.append(f"1 / ({count} = %s::int)::int")
    end = ("FROM change_0_0 LIMIT 1",) if is_alone else ()
    return " ".join(("WITH", ", ".join(parts), "SELECT", ", ".join([*keys, *happened]), *end))


def _parts(
    place: int,
    number: int,
    change: Shape,
    *,
    kept: tuple[type[Model], tuple[str, ...]] | None,
    is_first_needed: bool,
) -> Iterator[str]:
    """Yield the parts of the statement that make one change.

    They begin with what is ``kept``, if anything is. Where the first change of the step
    ``is_first_needed``, the others are not made without it.
    """
    name = f"change_{place}_{number}"
    source, conditions = _given(change, kept), [FEW]
    if kept:
        yield f"kept_{place} AS ({_keeping(change, kept)})"
        source, conditions = f"kept_{place} AS d", []
    if number and is_first_needed:
        conditions.append(" ".join(("EXISTS (SELECT FROM", f"change_{place}_0)")))
    yield f"{name} AS ({_written(change, place, source, conditions)})"
    if not change.where and not change.conflict:
        numbered = ("SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM", name)
        yield f"keys_{place}_{number} AS ({' '.join(numbered)})"


def _given(change: Shape, kept: tuple[type[Model], tuple[str, ...]] | None) -> str:
    """Return the rows of a change as they are given, after them what is to be kept."""
    own = zip(change.names, change.keys, strict=True)
    types = ["bigint" if key is not None else _type_of(change.model, name) for name, key in own]
    types += [_type_of(change.model, name) for name in change.where]
    if kept:
        types += [_type_of(kept[0], name) for name in kept[1]]
    columns = ", ".join(f"v{at} {type_}" for at, type_ in enumerate(types))
    return f"json_to_recordset(%s::json) AS d(n int, {columns})"


def _keeping(change: Shape, kept: tuple[type[Model], tuple[str, ...]]) -> str:
    """Return the query that keeps rows from others, always in one order, and gives those rows."""
    model, names = kept
    table, begin = _table(model), len(change.names) + len(change.where)
    beside = ("JOIN", table, "ON", _conditions(model, names, begin))
    order = f'{table}."{model._meta.pk.column}"'
    end = ("WHERE", FEW, "ORDER BY", order, "FOR UPDATE OF", table)
    return " ".join(("SELECT d.* FROM", _given(change, kept), *beside, *end))


def _written(change: Shape, place: int, source: str, conditions: Sequence[str]) -> str:
    """Return the part of the statement that writes the rows of a change and gives their keys."""
    model, columns = change.model, _columns(change.model)
    names = [columns[name] for name in change.names]
    values = [f"d.v{at}" for at in range(len(names))]
    for at, number in enumerate(change.keys):
        if number is not None:
            there = f"keys_{place}_{number}"
            values[at] = " ".join(("(SELECT id FROM", there, "WHERE n =", f"{values[at]})"))
    key = f'RETURNING {_table(model)}."{model._meta.pk.column}" AS id'
    if change.where:
        changes = ", ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True))
        where = (_conditions(model, change.where, len(values)), *conditions)
        written = ("UPDATE", _table(model), "SET", changes, "FROM", source)
        return " ".join((*written, "WHERE", " AND ".join(where), f"{key}, d.n"))
    into = ("INSERT INTO", _table(model), f"({', '.join(names)})", "SELECT", ", ".join(values))
    where = ("WHERE", " AND ".join(conditions)) if conditions else ()
    return " ".join((*into, "FROM", source, *where, "ORDER BY d.n", change.conflict, key))


def _conditions(model: type[Model], where: Sequence[str], begin: int) -> str:
    """Return the condition that a row has the values from the place ``begin`` on."""
    columns = _columns(model)
    return " AND ".join(
        f"{_table(model)}.{columns[name]} = d.v{at}" for at, name in enumerate(where, begin)
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
