"""WRITE: a prepared course into the database, all of it or nothing. Records of learners stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from learn.models import Course, Lesson, MediaFile, Revision
from learn.preparation import PreparedLesson
from quizzes.catalog import sync_questions


@dataclass(frozen=True, slots=True)
class PreparedCourse:
    """All that publication writes of one course.

    ``lessons`` are the changed ones; ``kept`` gives the address of each lesson that stays or comes
    its place. ``media`` maps changed paths to ``(digest, bytes)``; ``media_kept`` names all.
    """

    slug: str
    fields: dict[str, Any]
    lessons: tuple[PreparedLesson, ...]
    kept: dict[str, int]
    media: dict[str, tuple[str, bytes]]
    media_kept: frozenset[str]


def publish_course(prepared: PreparedCourse, *, at: datetime) -> None:
    """Write the course, its changed lessons, questions and pictures, in one transaction.

    Lessons and pictures that are gone from the folder are retired; what learners did on them stays.
    """
    with transaction.atomic():
        course, _ = Course.objects.update_or_create(
            slug=prepared.slug, defaults={**prepared.fields, "retired_at": None}
        )
        for lesson in prepared.lessons:
            _publish_lesson(lesson, course=course, at=at)
        _place_lessons(course, prepared.kept, at=at)
        _store_media(course, prepared)


def retire_courses_except(slugs: Sequence[str], *, at: datetime) -> None:
    """Take the courses off the site whose folders are gone; nothing of them is deleted."""
    Course.objects.filter(retired_at=None).exclude(slug__in=slugs).update(retired_at=at)


def _publish_lesson(prepared: PreparedLesson, *, course: Course, at: datetime) -> None:
    """Write one lesson's revision and questions, and make the revision the live one."""
    lesson, _ = Lesson.objects.update_or_create(
        course=course,
        slug=prepared.slug,
        defaults={"file_name": prepared.file_name, "position": prepared.position},
    )
    lesson.live = _revision_of(lesson, prepared, at=at)
    lesson.retired_at = None
    lesson.save()
    sync_questions(lesson=lesson, drafts=prepared.questions, at=at)


def _revision_of(lesson: Lesson, prepared: PreparedLesson, *, at: datetime) -> Revision:
    """Return the lesson's revision with this text: the live one rendered anew, or the next."""
    live = lesson.live
    if live is not None and live.digest == prepared.digest:
        Revision.objects.filter(pk=live.pk).update(
            render_digest=prepared.render_digest, **prepared.fields
        )
        return live
    newest = lesson.revisions.order_by("-number").first()
    return Revision.objects.create(
        lesson=lesson,
        number=newest.number + 1 if newest else 1,
        digest=prepared.digest,
        render_digest=prepared.render_digest,
        created_at=at,
        **prepared.fields,
    )


def _place_lessons(course: Course, kept: dict[str, int], *, at: datetime) -> None:
    """Put the lessons in the order of their files and retire those whose file is gone."""
    for lesson in course.lessons.all():
        position = kept.get(lesson.slug)
        if position is None:
            Lesson.objects.filter(pk=lesson.pk, retired_at=None).update(retired_at=at)
        elif (lesson.position, lesson.retired_at) != (position, None):
            Lesson.objects.filter(pk=lesson.pk).update(position=position, retired_at=None)


def _store_media(course: Course, prepared: PreparedCourse) -> None:
    """Keep the course's pictures; a picture with known content is not stored again."""
    for path, (digest, content) in prepared.media.items():
        row = MediaFile.objects.filter(course=course, path=path).first()
        row = row or MediaFile(course=course, path=path)
        row.digest = digest
        suffix = path.rpartition(".")[2].lower()
        row.file.save(f"{course.slug}/{digest}.{suffix}", ContentFile(content), save=True)
    course.media.exclude(path__in=prepared.media_kept).delete()
