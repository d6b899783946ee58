"""LINKS: every link leads somewhere, every picture is there and has a text alternative."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from learn.authoring.codes import problem_at, suggestion
from learn.authoring.document import Link, Problem, Table
from learn.authoring.names import COURSE_FILE, lesson_slug
from learn.authoring.page_anchors import cell_anchors
from learn.authoring.plain_text import plain_text
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView, Found
from learn.authoring.slug import RESERVED_PREFIX, slug

MEDIA_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
"""What a file's name ends in that is served as a picture."""

SCHEMES = ("http", "https", "mailto")
"""What a link to another place may begin with."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_LESSON_SUFFIXES = (".md", ".markdown")
_TEXT_FRAGMENT = ":~:"


def check(view: CourseView) -> Found:
    """Yield what is wrong with the links of each file."""
    readings = view.readings
    for name, reading in readings.items():
        checker = _Checker(name, readings, view.media)
        for link in reading.links.links:
            for problem in checker.check(link):
                yield name, problem
        for problem in _no_links(reading):
            yield name, problem


def _no_links(reading: Reading) -> Iterator[Problem]:
    """Report what was meant as a link and is none."""
    labels = list(reading.definitions.references)
    for mark in reading.links.marks:
        if mark.kind == "undefined":
            near = suggestion(mark.label, labels)
            code = "link-undefined-reference"
            yield problem_at(mark.line, mark.column, code, label=mark.label, suggestion=near)
        elif mark.kind == "spaced":
            yield problem_at(mark.line, mark.column, "link-space-in-address", path=mark.label)


class _Checker:
    """Checks the links of one file."""

    def __init__(self, name: str, readings: dict[str, Reading], media: frozenset[str]) -> None:
        self._name = name
        self._readings = readings
        self._media = media

    def check(self, link: Link) -> Iterator[Problem]:
        """Yield what is wrong with a link or picture."""
        if link.is_image and not link.text.strip():
            hint = " ".join(re.split(r"[\W_]+", link.path.rsplit("/", 1)[-1].split(".")[0])).strip()
            yield self._problem(
                link, "link-picture-without-alternative", path=link.path, hint=hint or "…"
            )
        if scheme := _SCHEME.match(link.path):
            yield from self._elsewhere(link, scheme[1].lower())
        elif not link.path.startswith(("/", "?", "\\")):
            yield from self._in_course(link)
        elif link.is_image and link.path.startswith("//"):
            yield self._problem(link, "link-picture-elsewhere", path=link.path)

    def _problem(self, link: Link, code: str, **values: str) -> Problem:
        return problem_at(link.line, link.column, code, **values)

    def _elsewhere(self, link: Link, scheme: str) -> Iterator[Problem]:
        is_bare = link.text.startswith(link.path)  # <std::vector> is text, whatever it looks like
        if scheme not in SCHEMES:
            if not is_bare or link.is_image:
                yield self._problem(link, "link-unsafe-address", scheme=scheme)
        elif link.is_image:
            yield self._problem(link, "link-picture-elsewhere", path=link.path)

    def _in_course(self, link: Link) -> Iterator[Problem]:
        path = unquote(link.path)
        target = normpath(join(dirname(self._name), path)) if path else self._name
        if target == ".." or target.startswith("../"):
            yield self._problem(link, "link-outside-course", path=link.path)
        elif target in self._readings and not link.is_image:
            yield from self._fragment(link, target)
        elif not link.is_image and not target.lower().endswith(MEDIA_SUFFIXES):
            near = self._near_file(target)
            yield self._problem(link, "link-missing-file", path=link.path, suggestion=near)
        elif not {target, f"media/{path.removeprefix('./')}"} & self._media:
            near = suggestion(target, self._media)
            yield self._problem(link, "link-missing-media", path=link.path, suggestion=near)

    def _near_file(self, target: str) -> str:
        """Suggest a file of the same address, such as `02-batch.md` for `batch.md`."""
        names = [name for name in self._readings if name != COURSE_FILE]
        same = [name for name in names if lesson_slug(name) == lesson_slug(target)]
        return f" Did you mean `{same[0]}`?" if same else suggestion(target, names)

    def _fragment(self, link: Link, target: str) -> Iterator[Problem]:
        """Check the place in a file that a link leads to."""
        fragment = unquote(link.fragment)
        reading = self._readings[target]
        wanted = f"section-{fragment}" if fragment.startswith(RESERVED_PREFIX) else fragment
        if not fragment or _TEXT_FRAGMENT in fragment or wanted in _ids(reading):
            return
        where = "this file" if target == self._name else target
        tables = {table.anchor: table for table in reading.anchors.tables if table.anchor}
        table = tables.get(fragment.split(".", 1)[0])
        if table is not None:
            yield from self._cell(link, table, fragment, where)
        elif fragment in {one.key for quiz in reading.quizzes for one in quiz.questions}:
            yield self._problem(link, "link-to-question", fragment=fragment)
        else:
            near = suggestion(fragment, _ids(reading))
            code = "link-missing-anchor"
            yield self._problem(link, code, fragment=fragment, file=where, suggestion=near)

    def _cell(self, link: Link, table: Table, fragment: str, where: str) -> Iterator[Problem]:
        """Check a link to ``table.row`` or ``table.row.column``."""
        _, row, *rest = fragment.split(".", 2)
        rows = cell_anchors(table)
        values = {"table": table.anchor, "file": where}
        if not rows:
            hint = " Only tables with `.compare` or `.decide` have rows to link to."
            values |= {"part": "row", "name": row, "suggestion": hint}
        elif row not in rows:
            values |= {"part": "row", "name": row, "suggestion": suggestion(row, rows)}
        elif rest and rest[0] not in rows[row]:
            near = suggestion(rest[0], rows[row])
            values |= {"part": "column", "name": rest[0], "suggestion": near}
        else:
            return
        yield self._problem(link, "link-missing-cell", **values)


def _ids(reading: Reading) -> set[str]:
    """Return all ids of a page that a link may lead to, but not those of cells.

    The title's is among them: the page begins with it.
    """
    quizzes = {quiz.anchor for quiz in reading.quizzes if quiz.anchor}
    title = reading.title
    top = {title.attributes.anchor or slug(plain_text(title.text))} if title else set()
    return quizzes | top | reading.anchors.ids | reading.links.html_ids
