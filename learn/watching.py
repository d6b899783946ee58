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
from learn.course_folder import CourseFolder, read_content
from learn.folder_plan import lesson_files
from learn.loading import sync_content
from learn.rendering import Renderer
from learn.telling import FILES_READ, told


class Watch:
    """A content folder under watch. ``state`` is the file that tells the open pages about it."""

    def __init__(self, root: Path, state: Path, renderer: Renderer) -> None:
        """Watch ``root``; ``renderer`` is kept for all that is rendered from now on."""
        self.root, self.state, self.renderer = root, state, renderer
        self._generation = 0
        self._seen: dict[str, dict[str, str]] = {}
        self._problems: dict[str, list[dict[str, Any]]] = {}
        self._read: dict[str, dict[str, tuple[str, LessonReading]]] = {}

    def look(self, *, at: datetime) -> list[str]:
        """Publish what changed since the last look; return the files that did, course by course.

        A file with errors keeps its last good page. Raises ``OSError`` when the folder cannot be
        read.
        """
        sync_content(self.root, at=at, renderer=self.renderer)
        folders = read_content(self.root)
        changed = [name for folder in folders for name in self._changed_in(folder)]
        gone = self._seen.keys() - {folder.slug for folder in folders}
        for slug in gone:
            del self._seen[slug], self._problems[slug], self._read[slug]
        if changed or gone:
            told = changed if self._generation else []
            # At once, for the pages that are open: to check a large course takes seconds.
            self._tell(told, folders)
            if self._check(folders, changed, at):
                self._tell(told, folders)
        return changed

    def _check(self, folders: Sequence[CourseFolder], changed: Sequence[str], at: datetime) -> bool:
        """Check the courses with something changed; say whether other problems came of it."""
        before = self._rows()
        for folder in folders:
            if any(name.startswith(f"{folder.slug}/") for name in changed):
                self._problems[folder.slug] = list(_problem_rows(folder, self._lessons(folder), at))
        return self._rows() != before

    def _rows(self) -> list[dict[str, Any]]:
        """Return the problems of all courses."""
        return [row for rows in self._problems.values() for row in rows]

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
        """Return the files of a course whose text is not as it was, or that are gone."""
        before, now = self._seen.get(folder.slug, {}), dict(folder.files)
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


def _problem_rows(
    folder: CourseFolder, lessons: Mapping[str, LessonReading], at: datetime
) -> Iterator[dict[str, Any]]:
    """Yield the problems of a course as the pages show them, errors first."""
    course = read_course(folder.files[COURSE_FILE]) if COURSE_FILE in folder.files else None
    checked = check_readings(course, lessons, folder.media, today=at.date())
    found: dict[str, list[Problem]] = checked | folder.problems
    rows = [
        {
            "file": f"{folder.slug}/{name}",
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
    yield from sorted(rows, key=lambda row: row["level"] != "error")
