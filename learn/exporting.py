"""WRITE: what was published in the studio into the content folder, byte for byte."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from learn.agreement import Standing
from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.names import COURSE_FILE, course_slug
from learn.conflicts import page_of
from learn.course_folder import CourseFolder, read_content
from learn.folder_plan import CoursePlan, PlannedFile, plan_course
from learn.folder_writing import (
    ChangedError,
    InTheWayError,
    read_below,
    remove_below,
    write_below,
)
from learn.models import Course, Lesson, MediaFile
from learn.preparation import digest_of
from learn.site_state import LessonState, SiteTexts, site_state
from learn.telling import FILES_WRITTEN, told

BATCH = 100

WRITTEN = gettext_noop("%(file)s written.")
REMOVED = gettext_noop("%(file)s removed, as in the studio; its text is in the history.")
CONFLICT = gettext_noop(
    "%(file)s was changed in the folder and in the studio. It was left as it is. Decide on the site"
    " at %(page)s"
)
BLOCKED = gettext_noop(
    "%(file)s was left as it is: there is a link or something else in its place."
)
CHANGED = gettext_noop("%(file)s was changed this very moment and left as it is; export again.")
NEWER = gettext_noop("%(file)s is newer in the folder; `manage.py content sync` publishes it.")


@dataclass(slots=True)
class ExportReport:
    """What an export did, and what it left: file names with the folders of their courses."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)

    @property
    def is_fine(self) -> bool:
        """Whether the folder now holds all that the studio has."""
        return not (self.conflicts or self.blocked or self.changed)

    @property
    def lines(self) -> list[str]:
        """Return the report in sentences for a person."""
        told = [
            (self.written, WRITTEN),
            (self.removed, REMOVED),
            (self.newer, NEWER),
            (self.conflicts, CONFLICT),
            (self.blocked, BLOCKED),
            (self.changed, CHANGED),
        ]
        lines = [
            _(text) % {"file": name, "page": page_of(name)}
            for names, text in told
            for name in names
        ]
        return lines or [_("The folder has all that was published in the studio.")]


def export_content(root: Path, *, slug: str | None = None) -> ExportReport:
    """Write what the folder ``root`` lacks of all courses, or of the one at ``slug``.

    A file that was changed there too is left and reported. What was written counts as agreed on;
    that is noted after the writing, so an export that was cut short is only done again. Raises
    ``OSError`` where the folder cannot be read or written.
    """
    report = ExportReport()
    folders = {folder.slug: folder for folder in read_content(root)}
    has_own_lessons = any(not folder.relative for folder in folders.values())
    courses = Course.objects.filter(retired_at=None).order_by("position", "slug")
    for course in courses.filter(slug=slug) if slug else courses:
        folder = folders.get(course.slug) or _new_folder(root, course)
        seen = site_state(course.slug)
        if course.slug not in folders and has_own_lessons and not seen.course_file.up:
            # Its lessons would be read as those of the course around it.
            report.blocked.append(folder.relative)
        else:
            _export_course(root, plan_course(folder, seen), report)
    return report


def copy_content(target: Path) -> ExportReport:
    """Write all texts and pictures of all courses into the empty folder ``target``.

    Folder and site do not agree on anything by that. Raises ``OSError`` where it cannot be written.
    """
    report = ExportReport()
    for course in Course.objects.filter(retired_at=None).order_by("position", "slug"):
        folder = _new_folder(target, course)
        plan = CoursePlan(folder, site_state(course.slug))
        files = [one for one in (*plan.texts, *plan.media.values()) if one.site.up]
        for one, content in told(FILES_WRITTEN, _contents(plan, files), wanted=len(files)):
            path = f"{folder.relative}/{one.name}"
            write_below(target, path, content, instead_of=None)
            report.written.append(path)
    return report


def _new_folder(root: Path, course: Course) -> CourseFolder:
    """Return the folder that a course will have which has none yet."""
    # A number that orders would be taken off the address when the folder is read.
    name = course.slug if course_slug(course.slug) == course.slug else f"01-{course.slug}"
    return CourseFolder(course.slug, course.title, root / name, name, {}, frozenset(), {})


def _export_course(root: Path, plan: CoursePlan, report: ExportReport) -> None:
    """Write what the folder of one course lacks, then note that both agree."""
    agreed = [one for one in _files(plan) if one.standing is Standing.SAME]
    ahead = [one for one in _files(plan) if one.standing is Standing.SITE_AHEAD]
    named = {
        Standing.CONFLICT: report.conflicts,
        Standing.FOLDER_AHEAD: report.newer,
        Standing.UNKNOWN: report.blocked,
    }
    for one in _files(plan):
        is_open = one.site.up != one.site.agreed if one.is_unread else True
        if one.standing in named and is_open:
            named[one.standing].append(_path(plan, one))
    coming = [one for one in ahead if one.site.up]
    for one, content in told(FILES_WRITTEN, _contents(plan, coming), wanted=len(coming)):
        if _is_done(root, plan, one, content, report):
            agreed.append(one)
    gone = [one for one in ahead if not one.site.up]
    agreed += [one for one in gone if _is_done(root, plan, one, None, report)]
    _note(plan, agreed)


def _files(plan: CoursePlan) -> Iterator[PlannedFile]:
    yield from plan.texts
    yield from plan.media.values()


def _path(plan: CoursePlan, one: PlannedFile) -> str:
    """Return a file's path below the content folder."""
    folder = plan.folder.relative
    return f"{folder}/{one.name}" if folder else one.name


def _is_done(
    root: Path, plan: CoursePlan, one: PlannedFile, content: bytes | None, report: ExportReport
) -> bool:
    """Write one file, or remove it for None; say whether the folder now is as the site."""
    path = _path(plan, one)
    try:
        there = read_below(root, path)
        if _digest(one, plan, there) != one.folder:
            raise ChangedError(path)
        if content is not None:
            write_below(root, path, content, instead_of=there)
            report.written.append(path)
        elif there is not None:
            remove_below(root, path, content=there)
            report.removed.append(path)
    except InTheWayError:
        report.blocked.append(path)
        return False
    except ChangedError:
        report.changed.append(path)
        return False
    return True


def _digest(one: PlannedFile, plan: CoursePlan, content: bytes | None) -> str:
    """Return the digest of what stands in the folder, as the plan has it."""
    if content is None:
        return ""
    if one.name in plan.media:
        return sha256(content).hexdigest()
    return digest_of(content.decode("utf-8", "replace")) if content or one.slug else ""


def _contents(
    plan: CoursePlan, files: Iterable[PlannedFile]
) -> Iterator[tuple[PlannedFile, bytes]]:
    """Yield files with what the site has of them, some at a time."""
    wanted = list(files)
    site = SiteTexts(plan.seen.pk)
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        texts = site.texts([_site_name(one) for one in some])
        pictures = {
            row.path: row
            for row in MediaFile.objects.filter(
                course=plan.seen.pk, path__in=[one.name for one in some]
            )
        }
        for one in some:
            if one.name in plan.media and one.name in pictures:
                with pictures[one.name].file.open("rb") as file:
                    yield one, file.read()
            elif _site_name(one) in texts:
                yield one, texts[_site_name(one)].encode()


def _site_name(one: PlannedFile) -> str:
    """Return the name under which the site knows a text."""
    return one.site.file_name if isinstance(one.site, LessonState) else one.name


def _note(plan: CoursePlan, agreed: Iterable[PlannedFile]) -> None:
    """Note what folder and site have newly agreed on, unless somebody did so meanwhile."""
    course = plan.seen.pk or 0
    with transaction.atomic():
        for one in agreed:
            before, now = {"folder_digest": one.site.agreed}, {"folder_digest": one.site.up}
            if before == now:
                continue
            if one.name == COURSE_FILE:
                Course.objects.filter(pk=course, **before).update(**now)
            elif one.slug:
                lessons = Lesson.objects.filter(course=course, slug=one.slug, **before)
                lessons.update(**now)
            else:
                pictures = MediaFile.objects.filter(course=course, path=one.name, **before)
                pictures.update(**now)
