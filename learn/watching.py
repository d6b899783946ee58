"""WRITE: a content folder kept on the site while it is edited, and what is wrong with it.

What the open pages should know is one small file, written by the process that watches and read by
those that answer.
"""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.urls import reverse

from learn.authoring.check import check_course
from learn.authoring.codes import mend_of, message_of
from learn.authoring.document import Problem
from learn.authoring.names import lesson_slugs
from learn.course_folder import CourseFolder, read_content
from learn.folder_plan import lesson_files
from learn.loading import sync_content
from learn.rendering import Renderer


class Watch:
    """A content folder under watch. ``state`` is the file that tells the open pages about it."""

    def __init__(self, root: Path, state: Path, renderer: Renderer) -> None:
        """Watch ``root``; ``renderer`` is kept for all that is rendered from now on."""
        self.root, self.state, self.renderer = root, state, renderer
        self._generation = 0
        self._seen: dict[str, dict[str, str]] = {}
        self._problems: dict[str, list[dict[str, Any]]] = {}

    def look(self, *, at: datetime) -> list[str]:
        """Publish what changed since the last look; return the files that did, course by course.

        A file with errors keeps its last good page. Raises ``OSError`` when the folder cannot be
        read.
        """
        sync_content(self.root, at=at, renderer=self.renderer)
        folders = read_content(self.root)
        changed = [name for folder in folders for name in self._changed_in(folder)]
        gone = self._seen.keys() - {folder.slug for folder in folders}
        for folder in folders:
            if any(name.startswith(f"{folder.slug}/") for name in changed):
                self._problems[folder.slug] = list(_problem_rows(folder, at))
        for slug in gone:
            del self._seen[slug], self._problems[slug]
        if changed or gone:
            self._tell(changed, folders)
        return changed

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
            "changed": changed if self._generation > 1 else [],
            "pages": {name: page for folder in folders for name, page in _pages(folder)},
            "problems": [row for rows in self._problems.values() for row in rows],
        }
        draft = self.state.with_suffix(".new")
        draft.write_text(json.dumps(state))
        os.replace(draft, self.state)


def _pages(folder: CourseFolder) -> Iterator[tuple[str, str]]:
    """Yield each file of a course with the address of its page."""
    for name, slug in lesson_slugs(lesson_files(folder)).items():
        yield f"{folder.slug}/{name}", reverse("learn:lesson", args=[folder.slug, slug])


def _problem_rows(folder: CourseFolder, at: datetime) -> Iterator[dict[str, Any]]:
    """Yield the problems of a course as the pages show them, errors first."""
    found: dict[str, list[Problem]] = (
        check_course(folder.files, folder.media, today=at.date()) | folder.problems
    )
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
