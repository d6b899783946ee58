"""WRITE: a content folder kept on the site while it is edited, and what is wrong with it.

What the open pages should know is one small file, written by the process that watches and read by
those that answer.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.urls import reverse

from learn.authoring.check import check_readings
from learn.authoring.codes import mend_of, message_of
from learn.authoring.document import Problem
from learn.authoring.names import COURSE_FILE, lesson_slugs
from learn.authoring.reading import LessonReading, read_course, read_lesson
from learn.authoring.report import format_text, summary
from learn.course_folder import CourseFolder, read_content
from learn.folder_plan import lesson_files
from learn.loading import sync_content
from learn.rendering import Renderer
from learn.telling import FILES_READ, told

type _OfFiles = dict[str, list[Problem]]


class Watch:
    """A content folder under watch. ``state`` is the file that tells the open pages about it."""

    def __init__(self, root: Path, state: Path, renderer: Renderer) -> None:
        """Watch ``root``; ``renderer`` is kept for all that is rendered from now on."""
        self.root, self.state, self.renderer = root, state, renderer
        self._generation = 0
        self._seen: dict[str, dict[str, str]] = {}
        self._problems: dict[str, _OfFiles] = {}
        self._news: _OfFiles = {}
        self._sources: dict[str, str] = {}
        self._read: dict[str, dict[str, tuple[str, LessonReading]]] = {}

    def look(self, *, at: datetime) -> list[str]:
        """Publish what changed since the last look; return the files that did, course by course.

        A file with errors keeps its last good page. Raises ``OSError`` when the folder cannot be
        read.
        """
        # In this order: what is saved in between is on the site already, and told at the next look.
        # The other way round it would be taken for told, and open pages would stay as they were.
        folders = read_content(self.root)
        sync_content(self.root, at=at, renderer=self.renderer)
        changed = [name for folder in folders for name in self._changed_in(folder)]
        gone = self._seen.keys() - {folder.slug for folder in folders}
        for slug in gone:
            del self._seen[slug], self._problems[slug], self._read[slug]
        self._news, self._sources = {}, {}
        if changed or gone:
            told = changed if self._generation else []
            # At once, for the pages that are open: to check a large course takes seconds.
            self._tell(told, folders)
            if self._check(folders, changed, at):
                self._tell(told, folders)
        return changed

    def report(self) -> str:
        """Return what the last look found wrong with files that changed, and what that broke.

        Below it stands how much is wrong in all.
        """
        every = {
            f"{slug}/{name}": problems
            for slug, found in self._problems.items()
            for name, problems in found.items()
        }
        told = format_text(self._news, self._sources)
        return "\n\n".join(filter(None, [told, summary(every, len(every))]))

    def _check(self, folders: Sequence[CourseFolder], changed: Sequence[str], at: datetime) -> bool:
        """Check the courses with something changed; say whether other problems came of it."""
        before = self._rows()
        for folder in folders:
            if any(name.startswith(f"{folder.slug}/") for name in changed):
                known = self._problems.get(folder.slug, {})
                found = _problems_of(folder, self._lessons(folder), at)
                self._problems[folder.slug] = found
                for name, problems in found.items():
                    is_new = f"{folder.slug}/{name}" in changed
                    new = [one for one in problems if is_new or one not in known.get(name, ())]
                    self._news[folder.place_of(name)] = new
                    self._sources[folder.place_of(name)] = folder.files.get(name, "")
        return self._rows() != before

    def _rows(self) -> list[dict[str, Any]]:
        """Return the problems of all courses as the pages show them, course by course."""
        return [row for slug, found in self._problems.items() for row in _rows_of(slug, found)]

    def _lessons(self, folder: CourseFolder) -> dict[str, LessonReading]:
        """Return the lessons of a course, read anew where their texts changed."""
        known = self._read.get(folder.slug, {})
        now = {}
        files = folder.files.items()
        for name, text in told(FILES_READ, files):
            if name != COURSE_FILE:
                kept = known.get(name)
                if kept is None or kept[0] != text:
                    kept = (text, read_lesson(text, name=name))
                now[name] = kept
        self._read[folder.slug] = now
        return {name: reading for name, (_text, reading) in now.items()}

    def _changed_in(self, folder: CourseFolder) -> list[str]:
        """Return the files of a course that are not as they were, or are gone."""
        before, now = self._seen.get(folder.slug, {}), _contents_of(folder)
        self._seen[folder.slug] = now
        names = [name for name in now if before.get(name) != now[name]]
        names += [name for name in before if name not in now]
        return [f"{folder.slug}/{name}" for name in names]

    def _tell(self, changed: Sequence[str], folders: Sequence[CourseFolder]) -> None:
        """Write the state for the pages; whoever reads sees the old or the new one."""
        self._generation += 1
        state = {
            "generation": self._generation,
            "changed": changed,
            "pages": {name: page for folder in folders for name, page in _pages(folder)},
            "problems": self._rows(),
        }
        draft = self.state.with_suffix(".new")
        draft.write_text(json.dumps(state))
        os.replace(draft, self.state)


def _pages(folder: CourseFolder) -> Iterator[tuple[str, str]]:
    """Yield each file of a course with the address of its page."""
    for name, slug in lesson_slugs(lesson_files(folder)).items():
        yield f"{folder.slug}/{name}", reverse("learn:lesson", args=[folder.slug, slug])


def _contents_of(folder: CourseFolder) -> dict[str, str]:
    """Return for each file what tells that it changed: its text, or when and how it was written."""
    others = [*folder.media, *(name for name in folder.problems if name not in folder.files)]
    return dict(folder.files) | {name: _written(folder.path / name) for name in others}


def _written(path: Path) -> str:
    """Return when a file was written last, and its size; nothing if it is gone by now."""
    try:
        state = path.stat()
    except OSError:
        return ""
    return f"{state.st_mtime_ns} {state.st_size}"


def _problems_of(
    folder: CourseFolder, lessons: Mapping[str, LessonReading], at: datetime
) -> _OfFiles:
    """Return the problems of each file of a course."""
    course = read_course(folder.files[COURSE_FILE]) if COURSE_FILE in folder.files else None
    checked = check_readings(course, lessons, folder.media, today=at.date())
    return checked | folder.problems


def _rows_of(slug: str, found: _OfFiles) -> list[dict[str, Any]]:
    """Return the problems of a course as the pages show them, errors first."""
    rows = [
        {
            "file": f"{slug}/{name}",
            "line": problem.line,
            "column": problem.column,
            "level": problem.level,
            "code": problem.code,
            "message": message_of(problem),
            "mend": mend_of(problem),
        }
        for name, problems in found.items()
        for problem in problems
    ]
    return sorted(rows, key=lambda row: row["level"] != "error")
