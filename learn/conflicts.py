"""WRITE: edits of folder and studio that met: found, kept beside each other, and settled."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from learn.authoring.names import COURSE_FILE
from learn.authoring.rules.links import MEDIA_SUFFIXES
from learn.models import Course, FileConflict, Lesson
from learn.publishing import OvertakenError


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was changed on both sides. ``source`` is the folder's text, None if it is gone.

    Of a picture ``source`` is empty: its content stays in the folder.
    """

    file_name: str
    base_digest: str
    source: str | None
    folder_digest: str


def open_conflict(course: Course, file_name: str) -> FileConflict | None:
    """Return the conflict of a file that nobody has settled yet."""
    conflicts = FileConflict.objects.filter(course=course, resolved_at=None)
    return conflicts.filter(file_name=file_name).first()


def held_back(course: Course, file_name: str, digest: str, *, up: str) -> FileConflict | None:
    """Return the text of the folder that errors keep off the site, if it is the text ``digest``.

    ``up`` is the digest of the site's text, empty where it has none.
    """
    found = open_conflict(course, file_name) if digest else None
    is_it = found is not None and found.is_held_back(up) and found.folder_digest == digest
    return found if is_it else None


def folder_text(course: Course, file_name: str, digest: str) -> str:
    """Return a text that the folder once had of a file and that was kept, or nothing."""
    kept = FileConflict.objects.filter(course=course, file_name=file_name, folder_digest=digest)
    return kept.values_list("folder_source", flat=True).first() or ""


def is_picture(file_name: str) -> bool:
    """Say whether a conflict is about a picture, of which one or the other stays."""
    return file_name.lower().endswith(MEDIA_SUFFIXES)


def page_of(name: str) -> str:
    """Return where a person decides about a file, named with the folder of its course."""
    slug, _slash, file_name = name.partition("/")
    page = "two-pictures" if is_picture(file_name) else "conflict"
    return reverse(f"studio:{page}", args=[slug, file_name])


def open_conflicts(course: Course) -> list[FileConflict]:
    """Return all conflicts of a course that nobody has settled yet, by file name."""
    conflicts = FileConflict.objects.filter(course=course, resolved_at=None)
    return list(conflicts.order_by("file_name"))


def settle(course: Course, conflict: FileConflict, *, at: datetime) -> None:
    """Note that somebody has seen the folder's text. Call with the course locked.

    Raises ``OvertakenError`` if that was done before.
    """
    if not FileConflict.objects.filter(pk=conflict.pk, resolved_at=None).update(resolved_at=at):
        raise OvertakenError
    agreed = {"folder_digest": conflict.folder_digest}
    if conflict.file_name == COURSE_FILE:
        Course.objects.filter(pk=course.pk).update(**agreed)
    else:
        Lesson.objects.filter(course=course, file_name=conflict.file_name).update(**agreed)
        course.media.filter(path=conflict.file_name).update(**agreed)


def record_conflicts(course: Course, found: list[Found], *, at: datetime) -> None:
    """Keep what a synchronisation found; conflicts that are no more resolve themselves.

    The same text found again makes no second row; another one is a conflict of its own, and the
    first stays with its text, resolved. Call with the course locked.
    """
    known = {one.file_name: one for one in open_conflicts(course)}
    still = {one.file_name: one for one in found}
    for name, conflict in known.items():
        if name in still and _is_same(conflict, still[name]):
            del still[name]
        else:
            conflict.resolved_at = at
            conflict.save(update_fields=["resolved_at"])
    for one in still.values():
        FileConflict.objects.create(
            course=course,
            file_name=one.file_name,
            base_digest=one.base_digest,
            folder_source=one.source,
            folder_digest=one.folder_digest,
            found_at=at,
        )


def _is_same(conflict: FileConflict, found: Found) -> bool:
    """Say whether a conflict is known already."""
    return (conflict.folder_digest, conflict.base_digest) == (
        found.folder_digest,
        found.base_digest,
    )
