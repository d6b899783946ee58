"""READ and WRITE: practising a table: what is asked next, and how well each cell is held."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import starmap
from typing import NamedTuple

from django.db.models import FilteredRelation, Q

from learn.models import Lesson, User
from quizzes.addresses import drill_scope
from quizzes.beginning import begin_sitting
from quizzes.chance import draws_by
from quizzes.models import Attempt, ComparisonTable, Question, QuestionVersion, Role
from quizzes.scheduling import MISSED_DAYS, recall
from quizzes.sittings import QuizTerms, Sitting, ask

DRILL_LENGTH = 10
DAY = timedelta(days=1)
NEARLY_FORGOTTEN, FADING, LASTING_DAYS = 0.8, 0.9, 21


class Held(IntEnum):
    """How well a cell is held today."""

    UNASKED = 0
    SLIPPING = 1
    FADING = 2
    HELD = 3
    FIRM = 4


@dataclass(frozen=True, slots=True)
class CellMemory:
    """A cell's question, and what a person remembers of it: nothing, before the first answer."""

    lesson_id: int
    table: str
    cell: str
    question_id: int
    version_id: int
    stability: float | None = None
    last_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def row(self) -> str:
        """Return the id of the cell's row: cells of one row tell about each other."""
        return self.cell.partition(".")[0]

    def recall_at(self, at: datetime) -> float:
        """Return the chance that it is remembered, 0 before the first answer."""
        if self.stability is None or self.last_at is None:
            return 0.0
        return recall(self.stability, (at - self.last_at) / DAY)

    def held_at(self, at: datetime) -> Held:
        """Return how well it is held, from what is remembered now and for how long that lasts."""
        if self.stability is None:
            return Held.UNASKED
        chance = self.recall_at(at)
        if chance < NEARLY_FORGOTTEN or self.stability < MISSED_DAYS:
            return Held.SLIPPING
        if chance < FADING:
            return Held.FADING
        return Held.FIRM if self.stability >= LASTING_DAYS else Held.HELD

    def waits_at(self, at: datetime) -> bool:
        """Say whether it is to be asked now: never asked, or due."""
        return self.due_at is None or self.due_at <= at


def cells_of(lessons: Iterable[Lesson], user: User | None) -> list[CellMemory]:
    """Return all cells of the lessons' tables that are asked now, in their order. One query.

    A card of another key than the present one tells nothing about the cell.
    """
    own = Q(review_cards__user=user)
    questions = (
        Question.objects.filter(lesson__in=list(lessons), role=Role.CELL)
        .filter(retired_at=None, live__isnull=False, table__retired_at=None)
        .annotate(card=FilteredRelation("review_cards", condition=own))
        .order_by("lesson", "position")
    )
    rows = questions.values_list(*_CellRow._fields)
    return [_memory_of(row) for row in starmap(_CellRow, rows)]


class _CellRow(NamedTuple):
    """One cell's question with the person's card, if there is one."""

    lesson: int
    table__key: str
    cell: str
    pk: int
    live: int
    live__matter: str
    card__matter: str | None
    card__stability: float | None
    card__last_at: datetime | None
    card__due_at: datetime | None


def _memory_of(row: _CellRow) -> CellMemory:
    """Return the cell with what its card tells, if that is of the present key."""
    cell = CellMemory(row.lesson, row.table__key, row.cell, row.pk, row.live)
    if row.card__matter != row.live__matter:
        return cell
    return replace(
        cell,
        stability=row.card__stability,
        last_at=row.card__last_at,
        due_at=row.card__due_at,
    )


def tables_in(cells: Iterable[CellMemory]) -> dict[tuple[int, str], list[CellMemory]]:
    """Return the cells by lesson and key of their table."""
    tables: dict[tuple[int, str], list[CellMemory]] = defaultdict(list)
    for cell in cells:
        tables[cell.lesson_id, cell.table].append(cell)
    return tables


def drill_terms(table: ComparisonTable) -> QuizTerms:
    """Return the terms of practising ``table``: there is nothing to pass."""
    return QuizTerms(pass_mark=0, scope=drill_scope(table))


def statements_to_ask(
    cells: Sequence[CellMemory], *, seed: str, at: datetime, size: int = DRILL_LENGTH
) -> list[CellMemory]:
    """Return what a session asks: what waits first, the weakest first, in an order by ``seed``.

    Each row is asked once before a second cell of any row is, and cells of one row are never
    neighbours as long as another row is left.
    """
    draw = draws_by(seed)
    ranked = sorted(
        cells, key=lambda cell: (not cell.waits_at(at), cell.recall_at(at), draw.random())
    )
    rounds: dict[int, list[CellMemory]] = defaultdict(list)
    asked: dict[str, int] = defaultdict(int)
    for cell in ranked:
        rounds[asked[cell.row]].append(cell)
        asked[cell.row] += 1
    chosen: list[CellMemory] = []
    for number in sorted(rounds):
        last = chosen[-1].row if chosen else ""
        of_round = _others_first(rounds[number], last)[: size - len(chosen)]
        draw.shuffle(of_round)
        chosen += _others_first(of_round, last)
    return chosen


def _others_first(cells: Iterable[CellMemory], row: str) -> list[CellMemory]:
    """Return ``cells`` with those of ``row`` at the end."""
    return sorted(cells, key=lambda cell: cell.row == row)


def begin_drill(*, table: ComparisonTable, user: User, seed: str, at: datetime) -> Attempt | None:
    """Return the person's open attempt at ``table``, begun now if need be; None with no questions.

    ``table.lesson`` must be loaded.
    """
    cells = [cell for cell in cells_of([table.lesson], user) if cell.table == table.key]
    chosen = statements_to_ask(cells, seed=seed, at=at)
    versions = QuestionVersion.objects.in_bulk([cell.version_id for cell in chosen])
    questions = ask((versions[cell.version_id] for cell in chosen), seed=seed, shuffle=True)
    if not questions:
        return None
    sitting = Sitting(table.lesson, None, questions, drill_terms(table))
    return begin_sitting(user=user, sitting=sitting, at=at)
