"""READ: every text a file ever had: who published it, when, and from where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from learn.authoring.names import COURSE_FILE
from learn.models import Course, CourseRevision, Lesson, Origin, Revision, User


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One publication of a file. ``who`` is None for the folder and for people who are gone."""

    number: int
    who: User | None
    when: datetime
    origin: Origin
    note: str
    digest: str
    is_live: bool


def file_history(course: Course, file_name: str) -> list[HistoryRow]:
    """Return the publications of a file, the latest first."""
    revisions = _revisions(course, file_name).select_related("author").defer("source")
    live = _live_revision(course, file_name)
    return [
        HistoryRow(
            number=revision.number,
            who=revision.author,
            when=revision.created_at,
            origin=Origin(revision.origin),
            note=revision.note,
            digest=revision.digest,
            is_live=revision.pk == live,
        )
        for revision in revisions.order_by("-number")
    ]


def revision_source(course: Course, file_name: str, number: int) -> str:
    """Return the text of one publication; raise ``Revision.DoesNotExist`` if there is none."""
    source = (
        _revisions(course, file_name).filter(number=number).values_list("source", flat=True).first()
    )
    if source is None:
        raise Revision.DoesNotExist
    return str(source)


def lesson_of(course: Course, file_name: str) -> Lesson | None:
    """Return the lesson of a file: the one that is up, else the latest that was retired."""
    lessons = Lesson.objects.filter(course=course, file_name=file_name)
    return lessons.filter(retired_at=None).first() or lessons.order_by("-retired_at").first()


def _revisions(course: Course, file_name: str) -> QuerySet[Any]:
    if file_name == COURSE_FILE:
        return CourseRevision.objects.filter(course=course)
    return Revision.objects.filter(lesson=lesson_of(course, file_name))


def _live_revision(course: Course, file_name: str) -> int | None:
    """Return the number of the row that is up."""
    if file_name == COURSE_FILE:
        return Course.objects.values_list("live_id", flat=True).get(pk=course.pk)
    lesson = lesson_of(course, file_name)
    return lesson.live_id if lesson and lesson.retired_at is None else None
