"""READ: how a person stands with the questions of lessons."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import starmap
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from learn.models import Lesson, User
from quizzes.kinds.base import Verdict
from quizzes.models import Attempt, Question


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


def question_counts(lessons: Iterable[Lesson]) -> dict[int, int]:
    """Return how many questions each lesson asks now, by lesson id. One query."""
    live = Question.objects.filter(lesson__in=list(lessons), retired_at=None, live__isnull=False)
    return dict(live.values_list("lesson").annotate(Count("pk")).order_by())


class _AttemptRow(NamedTuple):
    """One attempt, counted."""

    lesson_id: int
    retry_of_id: int | None
    finished_at: datetime | None
    pass_mark: int
    total: int
    answered: int
    right: int
    earned: float | None


def lesson_results(user: User, lessons: Iterable[Lesson]) -> dict[int, LessonResult]:
    """Return the person's result for each lesson that was attempted, by lesson id. One query."""
    first_try = Q(items__responses__try_number=1)
    is_right = first_try & Q(items__responses__verdict=Verdict.CORRECT)
    rows = (
        Attempt.objects.filter(user=user, lesson__in=list(lessons))
        .annotate(
            total=Count("items", distinct=True),
            answered=Count("items__responses", filter=first_try),
            right=Count("items__responses", filter=is_right),
            earned=Sum("items__responses__fraction", filter=first_try),
        )
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
    percent = 100 * (row.earned or 0.0) / row.total if row.total else 0.0
    return replace(
        before,
        right=row.right,
        total=row.total,
        attempts=before.attempts + 1,
        is_passed=before.is_passed or percent >= row.pass_mark,
    )
