"""WRITE: a folder of Markdown onto the site: read, check, render what changed, publish."""

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from learn.authoring.check import check_course
from learn.authoring.document import CourseDocument, Document, Problem
from learn.authoring.names import COURSE_FILE, lesson_slugs, natural_key
from learn.authoring.parse import parse_course, parse_lesson
from learn.authoring.render import RenderContext
from learn.course_folder import CourseFolder, read_content
from learn.models import Course, Lesson, MediaFile
from learn.preparation import (
    PreparedLesson,
    digest_of,
    labels,
    prepare_lesson,
    render_digest_of,
    render_introduction,
    renderer_digest,
)
from learn.publishing import PreparedCourse, publish_course, retire_courses_except
from learn.rendering import Renderer, RenderError


@dataclass(slots=True)
class SyncReport:
    """What a synchronisation did. ``problems`` by course folder and file; ``sources`` the texts."""

    courses: list[str] = field(default_factory=list)
    rendered: list[str] = field(default_factory=list)
    unchanged: int = 0
    held_back: list[str] = field(default_factory=list)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        """Return the report in sentences for a person."""
        counted = _(
            "Courses: %(courses)d. Lessons published: %(rendered)d, unchanged: %(same)d."
        ) % {
            "courses": len(self.courses),
            "rendered": len(self.rendered),
            "same": self.unchanged,
        }
        held = [
            _("%(file)s has errors and was left as it was; `manage.py content check` says which.")
            % {"file": name}
            for name in self.held_back
        ]
        return [counted, *held]


def sync_content(root: Path, *, at: datetime, renderer: Renderer) -> SyncReport:
    """Make the site show what the folder ``root`` holds.

    A file with errors is held back alone: its last good version stays up. A course is written in
    one transaction after all its rendering is done, so a failure changes nothing. Running it again
    renders and writes nothing. Raises ``OSError`` when the folder cannot be read.
    """
    report = SyncReport()
    folders = read_content(root)
    for position, folder in enumerate(folders):
        _sync_course(folder, position=position, at=at, renderer=renderer, report=report)
    retire_courses_except([folder.slug for folder in folders], at=at)
    return report


def _sync_course(
    folder: CourseFolder, *, position: int, at: datetime, renderer: Renderer, report: SyncReport
) -> None:
    """Publish what changed in one course."""
    report.courses.append(folder.slug)
    digest = folder_digest(folder)
    stored = Course.objects.filter(slug=folder.slug).first()
    lesson_names = lesson_files(folder)
    if stored and (stored.digest, stored.position, stored.retired_at) == (digest, position, None):
        report.unchanged += len(lesson_names)
        return
    work = _CourseWork(folder, stored, renderer, report)
    lessons = tuple(work.prepare_changed(lesson_names))
    fields = {
        **work.course_fields(),
        "position": position,
        # With something held back the folder is looked at again next time.
        "digest": "" if work.is_incomplete else digest,
    }
    publish_course(
        PreparedCourse(
            slug=folder.slug,
            fields=fields,
            lessons=lessons,
            kept={work.slugs[name]: place for place, name in enumerate(lesson_names, start=1)},
            media=work.changed_media(),
            media_kept=frozenset(folder.media),
        ),
        at=at,
    )


def folder_digest(folder: CourseFolder) -> str:
    """Return a digest of all that a course's pages are made of."""
    media = [f"{name} {_file_digest(folder.path / name)}" for name in sorted(folder.media)]
    texts = [text for pair in folder.files.items() for text in pair]
    return digest_of(renderer_digest(), *texts, *media)


def _file_digest(path: Path) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class _CourseWork:
    """One course on its way onto the site: what was found, and what is still to render."""

    def __init__(
        self, folder: CourseFolder, stored: Course | None, renderer: Renderer, report: SyncReport
    ) -> None:
        self.folder, self.stored, self.renderer, self.report = folder, stored, renderer, report
        self.slugs = lesson_slugs(lesson_files(folder))
        self.problems = check_course(folder.files, folder.media) | folder.problems
        self.is_incomplete = False
        self.live = self._live_digests()
        # A link to a lesson that is held back and was never up stays text until that one is mended.
        self.addresses = {
            name: reverse("learn:lesson", args=[folder.slug, slug])
            for name, slug in self.slugs.items()
            if slug in self.live or not self.has_errors(name)
        }
        for name, problems in self.problems.items():
            if problems:
                report.problems[f"{folder.slug}/{name}"] = problems
                report.sources[f"{folder.slug}/{name}"] = folder.files.get(name, "")

    def context_of(self, name: str) -> RenderContext:
        """Return what the links of a file mean, which are relative to the folder it is in."""
        folder = posixpath.dirname(name)
        media = reverse("learn:media", args=[self.folder.slug, "x"]).removesuffix("x")
        return RenderContext(
            lesson_addresses={
                posixpath.relpath(target, folder or "."): address
                for target, address in self.addresses.items()
            },
            media_address=f"{media}{folder}/" if folder else media,
            labels=labels(),
        )

    def has_errors(self, name: str) -> bool:
        """Say whether the file may not be published."""
        return any(problem.level == "error" for problem in self.problems.get(name, ()))

    def hold_back(self, name: str) -> None:
        """Leave a file as it was and say so."""
        self.is_incomplete = True
        self.report.held_back.append(f"{self.folder.slug}/{name}")

    def prepare_changed(self, names: list[str]) -> Iterator[PreparedLesson]:
        """Render the lessons whose text or links changed."""
        for position, name in enumerate(names, start=1):
            if self.has_errors(name):
                self.hold_back(name)
                continue
            source = self.folder.files[name]
            document = parse_lesson(source, name=name)
            wanted = (
                digest_of(source),
                render_digest_of(document, self.context_of(name).lesson_addresses),
            )
            if self.live.get(self.slugs[name]) == wanted:
                self.report.unchanged += 1
                continue
            prepared = self._prepare(document, name=name, position=position)
            if prepared is not None:
                self.report.rendered.append(f"{self.folder.slug}/{name}")
                yield prepared

    def _prepare(self, document: Document, *, name: str, position: int) -> PreparedLesson | None:
        """Render one lesson; one that the renderer refuses is held back."""
        try:
            return prepare_lesson(
                document,
                source=self.folder.files[name],
                file_name=name,
                slug=self.slugs[name],
                position=position,
                context=self.context_of(name),
                address=self.addresses[name],
                renderer=self.renderer,
            )
        except RenderError:
            self.hold_back(name)
            return None

    def _live_digests(self) -> dict[str, tuple[str, str]]:
        """Return source and render digest of what is published, by lesson address."""
        rows = Lesson.objects.filter(
            course__slug=self.folder.slug, retired_at=None, live__isnull=False
        ).values_list("slug", "live__digest", "live__render_digest")
        return {slug: (digest, render_digest) for slug, digest, render_digest in rows}

    def course_fields(self) -> dict[str, Any]:
        """Return the columns of the course; those of a broken ``course.md`` stay as they were."""
        if self.has_errors(COURSE_FILE):
            self.hold_back(COURSE_FILE)
            return {} if self.stored else {"title": self.folder.title}
        document = parse_course(self.folder.files.get(COURSE_FILE, ""))
        return {
            "title": document.facts.title or self.folder.title,
            "summary": document.facts.summary,
            "audience": document.facts.audience,
            "introduction_html": self._introduction(document),
            "pass_mark": document.facts.pass_mark,
            "shuffle": document.facts.shuffle,
            "language": document.facts.language,
            "licence": document.facts.licence,
            "status": document.facts.status,
        }

    def _introduction(self, document: CourseDocument) -> str:
        """Render the introduction; one that the renderer refuses is left out."""
        try:
            return render_introduction(
                document, context=self.context_of(COURSE_FILE), renderer=self.renderer
            )
        except RenderError:
            self.hold_back(COURSE_FILE)
            return self.stored.introduction_html if self.stored else ""

    def changed_media(self) -> dict[str, tuple[str, bytes]]:
        """Return the pictures whose content is not stored yet."""
        stored = dict(
            MediaFile.objects.filter(course__slug=self.folder.slug).values_list("path", "digest")
        )
        changed = {}
        for name in sorted(self.folder.media):
            content = (self.folder.path / name).read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            if stored.get(name) != digest:
                changed[name] = (digest, content)
        return changed


def lesson_files(folder: CourseFolder) -> list[str]:
    """Return the names of all lessons in order; one that cannot be read keeps its place."""
    unread = (name for name in folder.problems if name not in folder.media)
    return sorted({*folder.files, *unread} - {COURSE_FILE}, key=natural_key)
