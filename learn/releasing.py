"""WRITE: the files of a course from the studio: published, retired, made new, settled, uploaded."""

from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from learn.authoring.names import COURSE_FILE, course_slug
from learn.conflicts import open_conflict, settle
from learn.course_check import FileCheck
from learn.drafting import DraftRefusedError, refuse_bad_picture_name
from learn.file_publication import (
    Released,
    check_file,
    preview_file,
    publish_file,
    settle_conflict,
)
from learn.history import HistoryRow, file_history, revision_source
from learn.models import Course, FileConflict, MediaFile, Origin, User
from learn.picture_uses import PictureUse, picture_uses
from learn.publishing import (
    OvertakenError,
    Publication,
    locked_course,
    retire_lessons,
    store_media,
    studio_publication,
)
from learn.rendering import Renderer
from learn.renewing import dependents_of, write_dependents
from learn.site_state import SiteState, site_state
from learn.storage import sweep_files

__all__ = [
    "DraftRefusedError",
    "FileCheck",
    "HistoryRow",
    "Origin",
    "Released",
    "check_file",
    "file_history",
    "new_course",
    "preview_file",
    "publish_file",
    "restore_media",
    "retire_file",
    "retire_media",
    "revision_source",
    "settle_conflict",
    "settle_media",
    "upload_media",
]

ATTEMPTS = 20


def retire_file(
    *, course: Course, file_name: str, by: User, at: datetime, renderer: Renderer
) -> None:
    """Take a lesson off the site; its texts, and what learners did on it, stay.

    Links to it become text. An export then removes the file, if the folder still has the text that
    both had. A conflict with a file that was removed in the folder, or whose lesson is off the site
    already, is settled by this.
    """
    if file_name == COURSE_FILE:
        raise DraftRefusedError(_("The file course.md cannot be taken off the site."))
    for _attempt in range(ATTEMPTS):
        try:
            _retire(site_state(course.slug), file_name, Publication(at=at, by=by), renderer)
        except OvertakenError:
            continue
        return
    raise OvertakenError


def _retire(seen: SiteState, file_name: str, publication: Publication, renderer: Renderer) -> None:
    """Retire one lesson of the course as it was seen."""
    slugs = {name: slug for name, slug in seen.slugs.items() if name != file_name}
    others = dependents_of(file_name, seen, slugs, renderer)
    with locked_course(seen) as course:
        conflict = open_conflict(course, file_name)
        is_up = file_name in seen.slugs
        if is_up:
            retire_lessons(course, [seen.slugs[file_name]], at=publication.at)
            write_dependents(course, others, slugs, publication)
            course.save()
        if conflict and (conflict.folder_source is None or not is_up):
            settle(course, conflict, at=publication.at)


def new_course(*, slug: str, title: str, by: User, at: datetime, renderer: Renderer) -> Course:
    """Make a course that learners do not see yet, with a ``course.md`` and no lesson.

    Raises ``DraftRefusedError`` for an address that is taken or that no folder can have.
    """
    if not title.strip():
        raise DraftRefusedError(_("A course needs a title."))
    if course_slug(slug) != slug:
        raise DraftRefusedError(
            _("%(slug)s cannot be an address; %(other)s can.")
            % {"slug": slug, "other": course_slug(slug)}
        )
    if Course.objects.filter(slug=slug).exists():
        raise DraftRefusedError(_("There is a course at %(slug)s already.") % {"slug": slug})
    last = Course.objects.order_by("-position").values_list("position", flat=True).first()
    position = 0 if last is None else last + 1
    course = Course.objects.create(slug=slug, title=title[:200], position=position, status="draft")
    plain = " ".join(title.split()).replace("\\", "\\\\").replace('"', '\\"')
    publish_file(
        course=course,
        file_name=COURSE_FILE,
        source=f'---\ntitle: "{plain}"\nstatus: draft\n---\n',
        base_digest="",
        publication=studio_publication(by, at=at),
        renderer=renderer,
    )
    course.refresh_from_db()
    return course


def upload_media(*, course: Course, name: str, content: bytes, at: datetime) -> MediaFile:
    """Keep a picture under its path in the course; it must have been cleaned before.

    Raises ``DraftRefusedError`` for a path that is no picture's.
    """
    refuse_bad_picture_name(name)
    digest = sha256(content).hexdigest()
    for _attempt in range(ATTEMPTS):
        try:
            with locked_course(site_state(course.slug)) as row:
                stored = store_media(row, path=name, digest=digest, content=content)
        except OvertakenError:
            continue
        sweep_files(at=at)
        return stored
    raise OvertakenError


def retire_media(*, course: Course, path: str, at: datetime) -> list[PictureUse]:
    """Take a picture off, unless a text shows it; return such texts. Its content is kept.

    An export then removes the file, if the folder still has the picture that both had.
    """
    for _attempt in range(ATTEMPTS):
        seen = site_state(course.slug)
        uses = picture_uses(course, path)
        if uses:
            return uses
        try:
            with locked_course(seen) as row:
                row.media.up().filter(path=path).update(retired_at=at)
        except OvertakenError:
            continue
        return []
    raise OvertakenError


def restore_media(*, course: Course, path: str) -> None:
    """Put a picture back that was taken off."""
    for _attempt in range(ATTEMPTS):
        try:
            with locked_course(site_state(course.slug)) as row:
                row.media.filter(path=path).update(retired_at=None)
        except OvertakenError:
            continue
        return
    raise OvertakenError


def settle_media(*, conflict: FileConflict, takes_folder: bool, at: datetime) -> None:
    """Decide between two pictures: the next synchronisation takes the folder's, or leaves it.

    Raises ``OvertakenError`` for a conflict that was settled before.
    """
    course = conflict.course
    with locked_course(site_state(course.slug)) as row:
        settle(row, conflict, at=at)
        if takes_folder:
            up = site_state(course.slug).media[conflict.file_name].up
            row.media.filter(path=conflict.file_name).update(folder_digest=up)
