"""READ: how far a person has come, as frozen rows for the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from learn.calendar import Calendar
from learn.models import Course, Lesson, LessonVisit, User
from learn.paging import Pages, pages_of
from quizzes.mastery import LessonResult, lesson_results, question_counts
from quizzes.remembering import Strength, lesson_strengths

NOTHING = LessonResult()
ROWS_SHOWN = 30
TABLES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in an outline. ``result`` is empty for what was not attempted.

    ``strength`` is what is still known of it, where that was asked for.
    """

    number: int
    course: str
    slug: str
    title: str
    summary: str
    minutes: int
    questions: int
    read_at: datetime | None
    last_at: datetime | None
    result: LessonResult
    strength: Strength | None = None

    @property
    def url(self) -> str:
        """Return the lesson's address; made when it is shown, since a course may have many."""
        return reverse("learn:lesson", args=[self.course, self.slug])

    @property
    def check_url(self) -> str:
        """Return the address of the lesson's knowledge check."""
        return reverse("quizzes:check", args=[self.course, self.slug])

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
    lessons = Lesson.objects.published().filter(course__in=courses).outline()
    ids = [lesson.pk for lesson in lessons]
    counts = question_counts(ids)
    results = lesson_results(user, ids) if user else {}
    strengths = lesson_strengths(user, ids, at) if user and at else {}
    visits = (
        {visit.lesson_id: visit for visit in LessonVisit.objects.filter(user=user)} if user else {}
    )
    rows: dict[int, list[LessonRow]] = {course.pk: [] for course in courses}
    for lesson in lessons:
        own, visit = rows[lesson.course_id], visits.get(lesson.pk)
        live = counts.get(lesson.pk, 0)
        row = LessonRow(
            number=len(own) + 1,
            course=lesson.course,
            slug=lesson.slug,
            title=lesson.title,
            summary=lesson.summary,
            minutes=lesson.minutes,
            questions=min(live, lesson.pick) if lesson.pick else live,
            read_at=visit.read_at if visit else None,
            last_at=visit.last_at if visit else None,
            result=results.get(lesson.pk, NOTHING),
            strength=strengths.get(lesson.pk),
        )
        own.append(row)
    return [CourseProgress(course, tuple(rows[course.pk])) for course in courses]


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
class CourseTable:
    """A course with the page of its lessons that is listed, or folded: then none is."""

    progress: CourseProgress
    pages: Pages
    is_folded: bool

    @property
    def rows(self) -> tuple[LessonRow, ...]:
        """Return the lessons that are listed."""
        return () if self.is_folded else self.progress.lessons[self.pages.part]


def course_tables(
    begun: Sequence[CourseProgress], *, asked: str = "", page: str = ""
) -> list[CourseTable]:
    """Return the courses that a person began as their progress lists them, in the same order.

    Of a long course that page is listed where the person is, of the course at the address
    ``asked`` the page that is named. Those worked on last are listed, and the one asked for; the
    others are folded.
    """
    latest = sorted((entry.last_at for entry in begun if entry.last_at), reverse=True)
    since = latest[:TABLES_SHOWN][-1] if latest else None
    tables = []
    for entry in begun:
        is_asked, following = entry.course.slug == asked, entry.next_row()
        pages = pages_of(
            len(entry.lessons),
            size=ROWS_SHOWN,
            asked=page if is_asked else "",
            default=(following.number - 1) // ROWS_SHOWN + 1 if following else 1,
        )
        is_old = since is not None and entry.last_at is not None and entry.last_at < since
        tables.append(CourseTable(entry, pages, is_folded=is_old and not is_asked))
    return tables


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
