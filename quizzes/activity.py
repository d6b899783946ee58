"""READ: on which days a person practised, and every attempt that was finished."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from learn.models import User
from quizzes.models import Attempt, ComparisonTable, Response, Scope


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A finished attempt: what it was about, how it went, and where it can be seen again.

    ``language`` is that of ``title``, both empty for what is about no lesson.
    """

    kind: str
    title: str
    language: str
    course: str
    right: int
    total: int
    finished_at: datetime
    url: str


def answers_by_day(user: User, *, since: date) -> dict[date, int]:
    """Return how many answers were given on each day from ``since`` on, in UTC. One query."""
    start = datetime(since.year, since.month, since.day, tzinfo=UTC)
    answers = Response.objects.filter(item__attempt__user=user, answered_at__gte=start)
    by_day = answers.annotate(day=TruncDate("answered_at", tzinfo=UTC)).values_list("day")
    return dict(by_day.annotate(Count("pk")).order_by())


def days_practised(counts: dict[date, int], *, today: date, days: int = 28) -> int:
    """Return on how many of the last ``days`` something was answered."""
    first = today - timedelta(days=days - 1)
    return sum(first <= day <= today for day, count in counts.items() if count)


def attempt_history(user: User, *, before: datetime | None, limit: int) -> list[HistoryRow]:
    """Return the newest finished attempts, those finished ``before`` a time. Two queries.

    Results are shown with the questions and the answers as they were.
    """
    finished = Attempt.objects.filter(user=user, finished_at__isnull=False)
    if before is not None:
        finished = finished.filter(finished_at__lt=before)
    finished = finished.select_related("lesson__course", "lesson__live")
    attempts = list(finished.order_by("-finished_at", "-pk")[:limit])
    tables = _table_titles(attempts)
    return [_row(attempt, tables) for attempt in attempts]


def _table_titles(attempts: Iterable[Attempt]) -> dict[tuple[int, str], str]:
    """Return the captions of the tables that were practised, by lesson and key."""
    lessons = {a.lesson_id for a in attempts if a.scope.startswith(Scope.DRILL) and a.lesson_id}
    rows = ComparisonTable.objects.filter(lesson__in=lessons) if lessons else ()
    return {(table.lesson_id, table.key): table.title for table in rows}


def _row(attempt: Attempt, tables: dict[tuple[int, str], str]) -> HistoryRow:
    scope, _colon, key = attempt.scope.partition(":")
    lesson = attempt.lesson
    kinds = {
        Scope.CHECK: _("Retry") if attempt.retry_of_id else _("Knowledge check"),
        Scope.REVIEW: _("Review"),
        Scope.DRILL: _("Table practised"),
    }
    title = lesson.live.title if lesson and lesson.live else ""
    if scope == Scope.DRILL and lesson:
        title = tables.get((lesson.pk, key), title)
    return HistoryRow(
        kind=kinds.get(Scope(scope), ""),
        title=title,
        language=lesson.course.language if lesson else "",
        course=lesson.course.title if lesson else "",
        right=attempt.right or 0,
        total=attempt.total,
        finished_at=attempt.finished_at or attempt.started_at,
        url=attempt.get_absolute_url(),
    )


def people_by_lesson(course: str) -> dict[str, int]:
    """Return how many people answered each lesson of a course, by the lesson's address."""
    attempts = Attempt.objects.filter(lesson__course__slug=course).order_by()
    counted = attempts.values("lesson__slug").annotate(people=Count("user", distinct=True))
    return dict(counted.values_list("lesson__slug", "people"))
