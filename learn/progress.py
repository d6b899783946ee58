"""READ: how far a person has come, as frozen rows for the pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from learn.calendar import Calendar
from learn.models import Course, Lesson, LessonVisit, User
from quizzes.mastery import LessonResult, lesson_results, question_counts
from quizzes.remembering import Strength, lesson_strengths


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in an outline. ``result`` is empty for what was not attempted.

    ``strength`` is what is still known of it, where that was asked for.
    """

    number: int
    title: str
    summary: str
    minutes: int
    url: str
    check_url: str
    questions: int
    read_at: datetime | None
    last_at: datetime | None
    result: LessonResult
    strength: Strength | None = None

    @property
    def is_done(self) -> bool:
        """Say whether nothing of the lesson is left: its check is passed, or it was read."""
        return self.result.is_passed if self.questions else self.read_at is not None

    @property
    def is_begun(self) -> bool:
        """Say whether the person did anything here."""
        return self.last_at is not None

    @property
    def state(self) -> str:
        """Return ``done``, ``open`` (an attempt left off), ``read`` or ``new``."""
        if self.result.open_answered is not None:
            return "open"
        if self.is_done:
            return "done"
        return "read" if self.read_at else "new"


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """A course's outline with one person's progress on it."""

    course: Course
    lessons: tuple[LessonRow, ...]

    @property
    def done(self) -> int:
        """Return how many lessons are done."""
        return sum(row.is_done for row in self.lessons)

    @property
    def minutes(self) -> int:
        """Return the reading time of all lessons."""
        return sum(row.minutes for row in self.lessons)

    @property
    def questions(self) -> int:
        """Return how many questions the course asks."""
        return sum(row.questions for row in self.lessons)

    @property
    def last_at(self) -> datetime | None:
        """Return when the person last did something in the course."""
        return max((row.last_at for row in self.lessons if row.last_at), default=None)

    def next_row(self) -> LessonRow | None:
        """Return where to go on: an attempt left off, what is new, then what was not passed."""
        rows = [row for row in self.lessons if row.state == "open"]
        rows += [row for row in self.lessons if not row.is_done and not row.result.is_finished]
        rows += [row for row in self.lessons if not row.is_done]
        return rows[0] if rows else None


def course_progress(
    courses: Sequence[Course], user: User | None, *, at: datetime | None = None
) -> list[CourseProgress]:
    """Return the courses' outlines with the progress of ``user``, who may be nobody yet.

    With ``at`` each row also tells what would still be known then.

    The number of queries does not grow with courses, lessons or history.
    """
    lessons = list(Lesson.objects.published().filter(course__in=courses).with_titles().in_order())
    counts = question_counts(lessons)
    results = lesson_results(user, lessons) if user else {}
    strengths = lesson_strengths(user, lessons, at) if user and at else {}
    visits = (
        {visit.lesson_id: visit for visit in LessonVisit.objects.filter(user=user)} if user else {}
    )
    progress = []
    for course in courses:
        own = [lesson for lesson in lessons if lesson.course_id == course.pk]
        rows = (
            replace(
                _row(lesson, number, counts, results, visits), strength=strengths.get(lesson.pk)
            )
            for number, lesson in enumerate(own, start=1)
        )
        progress.append(CourseProgress(course, tuple(rows)))
    return progress


def _row(
    lesson: Lesson,
    number: int,
    counts: dict[int, int],
    results: dict[int, LessonResult],
    visits: dict[int, LessonVisit],
) -> LessonRow:
    """Join what is known of one lesson."""
    visit = visits.get(lesson.pk)
    address = [lesson.course.slug, lesson.slug]
    return LessonRow(
        number=number,
        title=lesson.live.title if lesson.live else lesson.slug,
        summary=lesson.live.summary if lesson.live else "",
        minutes=lesson.live.minutes if lesson.live else 1,
        url=reverse("learn:lesson", args=address),
        check_url=reverse("quizzes:check", args=address),
        questions=counts.get(lesson.pk, 0),
        read_at=visit.read_at if visit else None,
        last_at=visit.last_at if visit else None,
        result=results.get(lesson.pk, LessonResult()),
    )


@dataclass(frozen=True, slots=True)
class ContinueCard:
    """The one thing to do next."""

    progress: CourseProgress
    row: LessonRow

    @property
    def url(self) -> str:
        """Return where it leads: into the attempt that was left off, else to the lesson."""
        return self.row.check_url if self.row.state == "open" else self.row.url


def continue_card(progress: Sequence[CourseProgress]) -> ContinueCard | None:
    """Return the next thing to do in the course worked on last; None for a newcomer."""
    begun = [(entry.last_at, entry) for entry in progress if entry.last_at is not None]
    if not begun:
        return None
    _, latest = max(begun, key=lambda pair: pair[0])
    row = latest.next_row()
    return ContinueCard(latest, row) if row else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    number: int
    label: str


def practice_figures(progress: Sequence[CourseProgress], calendar: Calendar) -> list[Figure]:
    """Return what a person has to show: lessons done, and the answers of the calendar's weeks."""
    done = sum(entry.done for entry in progress)
    answers = sum(day.answers for day in calendar.days)
    days = len(calendar.practised)
    return [
        Figure(done, ngettext("lesson done", "lessons done", done)),
        Figure(answers, ngettext("answer in three months", "answers in three months", answers)),
        Figure(
            days, ngettext("day of practice in that time", "days of practice in that time", days)
        ),
    ]
