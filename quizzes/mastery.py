"""READ: how a person stands with the questions of lessons."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import starmap
from typing import NamedTuple

from django.db.models import Count, Q

from learn.models import Lesson, User
from quizzes.models import Attempt, Question, Role, Scope


@dataclass(frozen=True, slots=True)
class LessonResult:
    """How a person did on one lesson's questions.

    ``right`` of ``total`` are those of the last finished attempt, retries aside; ``attempts``
    counts the finished ones. ``open_answered`` of ``open_total`` are those of an attempt that was
    left off, else None.
    """

    right: int = 0
    total: int = 0
    attempts: int = 0
    is_passed: bool = False
    open_answered: int | None = None
    open_total: int | None = None

    @property
    def is_finished(self) -> bool:
        """Say whether the questions were gone through once."""
        return self.attempts > 0


def question_counts(lessons: Iterable[Lesson | int]) -> dict[int, int]:
    """Return how many questions each lesson asks now, by lesson id. One query."""
    live = Question.objects.filter(
        lesson__in=list(lessons), role=Role.CHECK, retired_at=None, live__isnull=False
    )
    return dict(live.values_list("lesson").annotate(Count("pk")).order_by())


class _AttemptRow(NamedTuple):
    """One attempt, summed up; ``answered`` counts its answered questions."""

    lesson_id: int
    retry_of_id: int | None
    finished_at: datetime | None
    pass_mark: int
    total: int
    right: int | None
    percent: int | None
    answered: int


def lesson_results(user: User, lessons: Iterable[Lesson | int]) -> dict[int, LessonResult]:
    """Return the person's result for each lesson that was attempted, by lesson id. One query."""
    is_open_answer = Q(finished_at=None, items__responses__try_number=1)
    rows = (
        Attempt.objects.filter(user=user, lesson__in=list(lessons), scope=Scope.CHECK)
        .annotate(answered=Count("items__responses", filter=is_open_answer))
        .order_by("started_at", "pk")
        .values_list(*_AttemptRow._fields)
    )
    results: dict[int, LessonResult] = {}
    for row in starmap(_AttemptRow, rows):
        before = results.get(row.lesson_id, LessonResult())
        results[row.lesson_id] = _with_attempt(before, row)
    return results


def _with_attempt(before: LessonResult, row: _AttemptRow) -> LessonResult:
    """Return ``before`` with a later attempt taken into account."""
    if row.finished_at is None:
        return replace(before, open_answered=row.answered, open_total=row.total)
    if row.retry_of_id is not None:
        return before
    return replace(
        before,
        right=row.right or 0,
        total=row.total,
        attempts=before.attempts + 1,
        is_passed=before.is_passed or (row.percent or 0) >= row.pass_mark,
    )
