"""LINKS: every link leads somewhere, every picture is there and has a text alternative."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from learn.authoring.codes import Suggester, problem_at, suggestion
from learn.authoring.document import Link, Problem, Table
from learn.authoring.names import lesson_slug
from learn.authoring.page_anchors import cell_anchors
from learn.authoring.plain_text import plain_text
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView, Found
from learn.authoring.slug import RESERVED_PREFIX, slug

MEDIA_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
"""What a file's name ends in that is served as a picture."""

SCHEMES = ("http", "https", "mailto")
"""What a link to another place may begin with."""

SITE_PAGES = (
    "", "accounts", "courses", "feed.xml", "my-data", "notes", "offline", "preferences", "progress",
    "review", "search", "sitemap.xml", "studio",
)  # fmt: skip
"""What the addresses of the site's own pages begin with that a text may link to."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_LESSON_SUFFIXES = (".md", ".markdown")
_TEXT_FRAGMENT = ":~:"


def pictures_meant(file_name: str, link: Link) -> set[str]:
    """Return the paths in the course of which a file's link to a picture means one."""
    path = unquote(link.path)
    return {normpath(join(dirname(file_name), path)), f"media/{path.removeprefix('./')}"}


def check(view: CourseView) -> Found:
    """Yield what is wrong with the links of each file."""
    course = _Course(view)
    for name, reading in view.readings.items():
        checker = _Checker(name, course)
        for link in reading.links.links:
            for problem in checker.check(link):
                yield name, problem
        for problem in _no_links(reading):
            yield name, problem


def _no_links(reading: Reading) -> Iterator[Problem]:
    """Report what was meant as a link and is none."""
    labels = Suggester(reading.definitions.references)
    for mark in reading.links.marks:
        if mark.kind == "undefined":
            near = labels.suggestion(mark.label)
            code = "link-undefined-reference"
            yield problem_at(mark.line, mark.column, code, label=mark.label, suggestion=near)
        elif mark.kind == "spaced":
            yield problem_at(mark.line, mark.column, "link-space-in-address", path=mark.label)
        elif mark.kind == "empty":
            yield problem_at(mark.line, mark.column, "link-without-address", text=mark.label)
        elif mark.kind == "wordless":
            yield problem_at(mark.line, mark.column, "link-without-words", target=mark.label)


@dataclass(frozen=True, slots=True)
class _Target:
    """What a link into a file may lead to: ids of the page, tables, and ids of questions."""

    ids: frozenset[str]
    tables: dict[str, Table]
    questions: frozenset[str]
    near_ids: Suggester

    @classmethod
    def of(cls, reading: Reading) -> "_Target":
        """Return what there is in a file. The title counts: the page begins with it."""
        quizzes = {quiz.anchor for quiz in reading.quizzes if quiz.anchor}
        title = reading.title
        top = {title.attributes.anchor or slug(plain_text(title.text))} if title else set()
        ids = quizzes | top | reading.anchors.ids | reading.links.html_ids
        return cls(
            ids=frozenset(ids),
            tables={table.anchor: table for table in reading.anchors.tables if table.anchor},
            questions=frozenset(one.key for quiz in reading.quizzes for one in quiz.questions),
            near_ids=Suggester(sorted(ids)),
        )


class _Course:
    """What links of a course may lead to."""

    def __init__(self, view: CourseView) -> None:
        names = list(view.lessons)
        self.targets = {name: _Target.of(reading) for name, reading in view.readings.items()}
        self.media = view.media
        self.by_address = {lesson_slug(name): name for name in reversed(names)}
        self.near_names = Suggester(names)
        self.near_media = Suggester(sorted(view.media))


class _Checker:
    """Checks the links of one file."""

    def __init__(self, name: str, course: _Course) -> None:
        self._name = name
        self._course = course

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
        elif link.path.startswith("//"):
            if link.is_image:
                yield self._problem(link, "link-picture-elsewhere", path=link.path)
        elif not link.path.startswith("?"):
            yield from self._from_the_top(link)

    def _problem(self, link: Link, code: str, **values: str) -> Problem:
        return problem_at(link.line, link.column, code, **values)

    def _elsewhere(self, link: Link, scheme: str) -> Iterator[Problem]:
        is_bare = link.text.startswith(link.path)  # <std::vector> is text, whatever it looks like
        if scheme not in SCHEMES:
            if not is_bare or link.is_image:
                yield self._problem(link, "link-unsafe-address", scheme=scheme)
        elif link.is_image:
            yield self._problem(link, "link-picture-elsewhere", path=link.path)

    def _from_the_top(self, link: Link) -> Iterator[Problem]:
        """Check an address that begins with a slash: pages of the site have one, files do not."""
        path = unquote(link.path).replace("\\", "/").strip("/")
        first = re.split(r"[/?]", path)[0]
        if first not in SITE_PAGES or link.is_image:
            known = self._course.near_media if link.is_image else self._course.near_names
            near = known.suggestion(path)
            yield self._problem(link, "link-from-the-top", path=link.path, suggestion=near)

    def _in_course(self, link: Link) -> Iterator[Problem]:
        path = unquote(link.path)
        target = normpath(join(dirname(self._name), path)) if path else self._name
        if target == ".." or target.startswith("../"):
            yield self._problem(link, "link-outside-course", path=link.path)
        elif target in self._course.targets and not link.is_image:
            yield from self._fragment(link, target)
        elif not link.is_image and not target.lower().endswith(MEDIA_SUFFIXES):
            near = self._near_file(target)
            yield self._problem(link, "link-missing-file", path=link.path, suggestion=near)
        elif not pictures_meant(self._name, link) & self._course.media:
            near = self._course.near_media.suggestion(target)
            yield self._problem(link, "link-missing-media", path=link.path, suggestion=near)

    def _near_file(self, target: str) -> str:
        """Suggest a file of the same address, such as `02-batch.md` for `batch.md`."""
        same = self._course.by_address.get(lesson_slug(target))
        return f" Did you mean `{same}`?" if same else self._course.near_names.suggestion(target)

    def _fragment(self, link: Link, target: str) -> Iterator[Problem]:
        """Check the place in a file that a link leads to."""
        fragment = unquote(link.fragment)
        page = self._course.targets[target]
        wanted = f"section-{fragment}" if fragment.startswith(RESERVED_PREFIX) else fragment
        if not fragment or _TEXT_FRAGMENT in fragment or wanted in page.ids:
            return
        where = "this file" if target == self._name else target
        table = page.tables.get(fragment.split(".", 1)[0])
        if table is not None:
            yield from self._cell(link, table, fragment, where)
        elif fragment in page.questions:
            yield self._problem(link, "link-to-question", fragment=fragment)
        else:
            near = page.near_ids.suggestion(fragment)
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
