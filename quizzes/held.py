"""READ: what a worker has in its memory of lessons and questions, as of an edition of the course.

An edition is the name of one state of a course, which no other state ever has (see ``Course``), so
what was read under it stays true. Whatever is handed out is shared between requests: it must not be
changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from learn.models import Lesson
from learn.models.ahead import Answers, Foreseen
from learn.models.memory import Memory
from learn.models.statements import rows_of
from quizzes.models import Question, QuestionVersion

MOST_LESSONS, MOST_VERSIONS = 400, 1200

# Whether its live text is published goes with the edition. To look would cost SQLite 13 pages: it
# reads a row from its beginning, and the text itself comes before.
_EDITION_OF_LESSON = """SELECT l.id, c.edition FROM learn_lesson l
 JOIN learn_course c ON c.id = l.course_id
 WHERE c.slug = %s AND l.slug = %s AND c.retired_at IS NULL AND c.status = 'published'
 AND l.retired_at IS NULL"""


@dataclass(frozen=True, slots=True)
class HeldLesson:
    """A lesson with its course and its live revision without long texts, and what it asks."""

    lesson: Lesson
    edition: str
    asked: tuple[QuestionVersion, ...]


_lessons: Memory[tuple[int, str], HeldLesson] = Memory(MOST_LESSONS)
_latest: Memory[tuple[str, str], HeldLesson] = Memory(MOST_LESSONS)
_versions: Memory[tuple[int, str], QuestionVersion] = Memory(MOST_VERSIONS)


def held_lesson(course: str, lesson: str) -> HeldLesson | None:
    """Return the published lesson of that address, or None. One small query as a rule."""
    rows = rows_of(Lesson, _EDITION_OF_LESSON, [course, lesson])
    if not rows:
        return None
    pk, edition = rows[0]
    held = _lessons.get((pk, edition)) or _fetched_lesson(course, lesson)
    if held is not None:
        _latest.keep((course, lesson), held)
    return held


def foreseen_lesson(course: str, lesson: str) -> tuple[HeldLesson | None, Foreseen]:
    """Return what ``held_lesson`` will ask, and what it last gave; that may be old."""
    return _latest.get((course, lesson)), Foreseen(_EDITION_OF_LESSON, (course, lesson), 2)


def edition_in(answers: Answers) -> str:
    """Return the edition of the lesson that was foreseen, an empty text where it is not there."""
    for (statement, _), rows in answers.items():
        if statement == _EDITION_OF_LESSON and rows:
            return str(rows[0][1])
    return ""


def _fetched_lesson(course: str, lesson: str) -> HeldLesson | None:
    """Return the lesson as it is now, kept unless it changed while it was read."""
    lessons = Lesson.objects.published().with_titles()
    found = lessons.filter(course__slug=course, slug=lesson).first()
    if found is None:
        return None
    edition = found.course.edition
    held = HeldLesson(found, edition, _live_in(found))
    if rows_of(Lesson, _EDITION_OF_LESSON, [course, lesson]) == [(found.pk, edition)]:
        _lessons.keep((found.pk, edition), held)
        for version in held.asked:
            _versions.keep((version.pk, edition), version)
    return held


def versions_asked(lesson: Lesson) -> tuple[QuestionVersion, ...]:
    """Return what the lesson's check asks now, in order; ``course`` must be loaded.

    No query for a lesson that ``held_lesson`` gave, else one.
    """
    held = _lessons.get((lesson.pk, lesson.course.edition))
    return held.asked if held else _live_in(lesson)


def _live_in(lesson: Lesson) -> tuple[QuestionVersion, ...]:
    live = Question.objects.live_in(lesson)
    return tuple(question.live for question in live if question.live)


def held_versions(wanted: Iterable[tuple[int, str]]) -> dict[int, QuestionVersion]:
    """Return versions of questions by id; ``wanted`` are ids with the editions of their courses.

    At most one query.
    """
    editions = dict(wanted)
    found = {pk: _versions.get((pk, edition)) for pk, edition in editions.items()}
    missing = [pk for pk, version in found.items() if version is None]
    fetched = QuestionVersion.objects.in_bulk(missing) if missing else {}
    for pk, version in fetched.items():
        _versions.keep((pk, editions[pk]), version)
    return {pk: version for pk, version in (found | fetched).items() if version is not None}
