"""WRITE: prepared texts into the database, all of it or nothing. Records of learners stay.

Who publishes holds the course's row locked, looks again whether the course is still what the texts
were prepared for, and writes. So nothing that was published in between is ever overwritten.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from learn.authoring.names import natural_key
from learn.models import Course, CourseRevision, Lesson, MediaFile, Origin, Revision, User
from learn.models.courses import new_edition
from learn.preparation import PreparedLesson, PreparedText
from learn.searching.indexing import index_course
from learn.sharing.cards import refresh_course_cards
from learn.site_state import SiteState, site_state
from learn.telling import LESSONS_STORED, told
from quizzes.catalog import sync_questions
from quizzes.tables import sync_tables


@dataclass(frozen=True, slots=True)
class Publication:
    """When something is published, by whom, and where it comes from."""

    at: datetime
    by: User | None = None
    origin: str = Origin.FOLDER
    note: str = ""


def studio_publication(
    by: User, *, at: datetime, note: str = "", origin: str = Origin.STUDIO
) -> Publication:
    """Return what is said of a publication in the studio; a note keeps its first 200 characters."""
    return Publication(at=at, by=by, origin=origin, note=note[:200])


class OvertakenError(Exception):
    """The course is not what it was when the texts were prepared; nothing was written."""


@dataclass(frozen=True, slots=True)
class PreparedCourse:
    """All that a synchronisation writes of one course.

    ``text`` is the ``course.md`` to publish, None to leave it. ``lessons`` are to be published or
    rendered anew; ``places`` gives file name and place of each lesson that stays up or comes, by
    address; ``gone`` are addresses to retire. ``media`` maps changed paths to ``(digest, bytes)``.
    ``agreed`` and ``media_agreed`` say what folder and site have now agreed on, ``broken`` which
    files stay up with errors that they got by a change elsewhere.
    """

    position: int
    digest: str
    text: PreparedText | None = None
    text_agreed: str = ""
    lessons: tuple[PreparedLesson, ...] = ()
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    agreed: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    media_gone: frozenset[str] = frozenset()
    media_agreed: Mapping[str, str] = field(default_factory=dict)
    broken: tuple[str, ...] = ()


@contextmanager
def locked_course(seen: SiteState) -> Iterator[Course]:
    """Give the course's row, locked until the block's end, in one transaction with the block.

    A new course is made, what was written in the block is put into the search index, and pages made
    before are out of date from now on. Raises
    ``OvertakenError`` when the course is no more as it was seen.
    """
    with transaction.atomic():
        course = Course.objects.select_for_update().filter(slug=seen.slug).first()
        if site_state(seen.slug) != seen:
            raise OvertakenError
        course = course or _new_course(seen.slug)
        yield course
        course.edition = new_edition()
        course.save(update_fields=["edition"])
        index_course(course)
        # Outside the transaction: nobody waits for pictures, and none of them stops a publication.
        transaction.on_commit(partial(refresh_course_cards, course), robust=True)


def _new_course(slug: str) -> Course:
    """Make the row of a course that nobody may be making at the same moment."""
    try:
        with transaction.atomic():
            return Course.objects.create(slug=slug, title=slug)
    except IntegrityError:
        raise OvertakenError from None


def write_course(course: Course, prepared: PreparedCourse, publication: Publication) -> None:
    """Write the course, its changed lessons, questions and pictures. Call with it locked.

    Lessons that are gone are retired; what learners did on them stays.
    """
    course.position, course.digest, course.retired_at = prepared.position, prepared.digest, None
    course.folder_digest, course.broken = prepared.text_agreed, list(prepared.broken)
    if prepared.text is not None:
        write_course_text(course, prepared.text, publication)
    course.save()
    for lesson in told(LESSONS_STORED, prepared.lessons):
        write_lesson(lesson, course=course, publication=publication)
    place_lessons(course, prepared.places)
    retire_lessons(course, prepared.gone, at=publication.at)
    for path, (digest, content) in prepared.media.items():
        store_media(course, path=path, digest=digest, content=content)
    course.media.filter(path__in=prepared.media_gone).delete()
    _agree(course, prepared)


def retire_courses(slugs: Collection[str], *, at: datetime) -> None:
    """Take courses off the site; nothing of them is deleted."""
    Course.objects.filter(retired_at=None, slug__in=slugs).update(retired_at=at)


def write_course_text(course: Course, text: PreparedText, publication: Publication) -> None:
    """Set what the course's row says by its text, with a revision of a text that is new.

    The caller saves the row and holds it locked.
    """
    for name, value in text.fields.items():
        setattr(course, name, value)
    if not text.digest:
        course.live = None
    elif course.live is None or course.live.digest != text.digest:
        newest = course.revisions.order_by("-number").first()
        course.live = CourseRevision.objects.create(
            course=course,
            number=newest.number + 1 if newest else 1,
            digest=text.digest,
            source=text.source,
            author=publication.by,
            origin=publication.origin,
            note=publication.note,
            created_at=publication.at,
        )


def write_lesson(prepared: PreparedLesson, *, course: Course, publication: Publication) -> Lesson:
    """Write one lesson's revision and questions, and make the revision the live one."""
    lesson, _ = Lesson.objects.update_or_create(
        course=course,
        slug=prepared.slug,
        defaults={"file_name": prepared.file_name, "position": prepared.position},
    )
    lesson.live = _revision_of(lesson, prepared, publication)
    lesson.retired_at = None
    lesson.save()
    sync_tables(lesson=lesson, drafts=prepared.tables, at=publication.at)
    sync_questions(lesson=lesson, drafts=prepared.questions, at=publication.at)
    return lesson


def _revision_of(lesson: Lesson, prepared: PreparedLesson, publication: Publication) -> Revision:
    """Return the lesson's revision with this text: the live one rendered anew, or the next.

    Somebody who brings a text back that was retired is named with it, in a revision of its own.
    """
    live = lesson.live
    is_known = live is not None and live.digest == prepared.digest
    if live is not None and is_known and not (lesson.retired_at and publication.by):
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
        author=publication.by,
        origin=publication.origin,
        note=publication.note,
        created_at=publication.at,
        **prepared.fields,
    )


def place_lessons(course: Course, places: Mapping[str, tuple[str, int]]) -> None:
    """Give lessons the names and places of their files; one without a row is left out."""
    moved = []
    for lesson in course.lessons.filter(slug__in=places):
        place = places[lesson.slug]
        if (lesson.file_name, lesson.position) != place:
            lesson.file_name, lesson.position = place
            moved.append(lesson)
    Lesson.objects.bulk_update(moved, ["file_name", "position"], batch_size=200)


def places_of(slugs: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return name and place of each lesson by address, from the addresses by name."""
    names = sorted(slugs, key=natural_key)
    return {slugs[name]: (name, place) for place, name in enumerate(names, start=1)}


def retire_lessons(course: Course, slugs: Collection[str], *, at: datetime) -> None:
    """Take lessons off the site; what learners did on them stays."""
    course.lessons.filter(slug__in=slugs, retired_at=None).update(retired_at=at)


def _agree(course: Course, prepared: PreparedCourse) -> None:
    """Note what folder and site have agreed on."""
    for slug, digest in prepared.agreed.items():
        course.lessons.filter(slug=slug).update(folder_digest=digest)
    for path, digest in prepared.media_agreed.items():
        course.media.filter(path=path).update(folder_digest=digest)


def store_media(course: Course, *, path: str, digest: str, content: bytes) -> MediaFile:
    """Keep a picture of the course under its path, in place of one that was there or taken off."""
    row = course.media.filter(path=path).first() or MediaFile(course=course, path=path)
    row.digest, row.retired_at = digest, None
    suffix = path.rpartition(".")[2].lower()
    row.file.save(f"{course.slug}/{digest}.{suffix}", ContentFile(content), save=True)
    return row
