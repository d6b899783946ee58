"""A table on the page: how well its cells are held, or one column of it covered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from quizzes.drilling import CellMemory, Held
from quizzes.models import ComparisonTable

FULL, EMPTY = "●", "○"


@dataclass(frozen=True, slots=True)
class ShownHeld:
    """How well something is held: a number from 0 to 4, a row of dots and a word."""

    step: int
    dots: str
    word: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell. ``held`` is None for one that is not asked; ``is_covered``: its text is hidden."""

    id: str
    html: str
    plain: str
    column: str
    held: ShownHeld | None = None
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: what it is about, and its cells."""

    html: str
    plain: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table; ``heads`` are those of the columns after the first."""

    kind: str
    heads: tuple[str, ...]
    rows: tuple[ShownRow, ...]


def shown_held(held: Held) -> ShownHeld:
    """Return how well a cell is held, for the page."""
    word = {
        Held.UNASKED: _("Not asked yet"),
        Held.SLIPPING: _("Slipping"),
        Held.FADING: _("Fading"),
        Held.HELD: _("Known"),
        Held.FIRM: _("Firm"),
    }[held]
    return ShownHeld(int(held), FULL * held + EMPTY * (len(Held) - 1 - held), word)


def legend() -> list[ShownHeld]:
    """Return all steps from the firmest, for a legend."""
    return [shown_held(held) for held in sorted(Held, reverse=True)]


def shown_table(
    table: ComparisonTable,
    memories: Iterable[CellMemory] = (),
    *,
    at: datetime | None = None,
    covered: str = "",
) -> ShownTable:
    """Return ``table`` for the page, with what is held of it ``at`` a time, or a column covered."""
    held = {memory.cell: shown_held(memory.held_at(at)) for memory in memories} if at else {}
    rows = tuple(
        ShownRow(
            row["text"],
            row["plain"],
            tuple(_cell(row, column, held=held, covered=covered) for column in table.columns),
        )
        for row in table.rows
    )
    return ShownTable(table.kind, tuple(column["text"] for column in table.columns), rows)


def _cell(
    row: dict[str, Any], column: dict[str, Any], *, held: dict[str, ShownHeld], covered: str
) -> ShownCell:
    """Return one cell of a row."""
    texts = row["cells"][column["id"]]
    id_ = f"{row['id']}.{column['id']}"
    return ShownCell(
        id_,
        texts["text"],
        texts["plain"],
        column["plain"],
        held=held.get(id_),
        is_covered=column["id"] == covered and bool(texts["plain"]),
    )
