"""Links that lead nowhere because of case, a number or a space, where one target is meant."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote

from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.document import Link, Problem
from learn.authoring.fixing.edits import Edit
from learn.authoring.fixing.report import Candidate, Finding
from learn.authoring.names import lesson_slug
from learn.authoring.page_anchors import cell_anchors
from learn.authoring.plain_text import plain_text
from learn.authoring.reading import Reading
from learn.authoring.rules import links
from learn.authoring.rules.view import CourseView
from learn.authoring.slug import slug

_LEADS = gettext_noop("the link to `%(old)s` leads to `%(new)s`")
_BECOMES = gettext_noop("`%(old)s` becomes `%(new)s`")
_SUFFIXES = (".md", ".markdown")
_NOT_IN_ADDRESS = re.compile(r"[\s()<>%#?\\\"'|]")
_SEPARATORS = re.compile(r"[\W_]+")
_TOKEN = re.compile(r"[^\s<>()\[\]]+")
_BEFORE = "(<\"'= \t"
_AFTER = ")>#\"' \t"
_MOST_LINES = 5


def find_lost_links(view: CourseView) -> Iterator[Candidate]:
    """Yield the links to files and places that are there under a name which is the same but for
    case, white space or the number that orders.
    """
    course = _Course(view)
    for name, reading in view.readings.items():
        at = {(link.line, link.column): link for link in reading.links.links}
        finder = _Finder(reading)
        for problem in course.problems.get(name, ()):
            link = at.get((problem.line, problem.column))
            new = course.meant(name, link, problem.code) if link else None
            if link and new and new != (link.path, link.fragment):
                yield from _candidate(name, finder, link, new, problem.code)


def find_spaced_links(view: CourseView) -> Iterator[Candidate]:
    """Yield what would be a link to a file of the course but for the spaces in its address."""
    course = _Course(view)
    for name, reading in view.readings.items():
        for mark in reading.links.marks:
            path = unquote(mark.label.partition("#")[0])
            if mark.kind != "spaced" or not course.holds(normpath(join(dirname(name), path))):
                continue
            text = reading.source.lines[mark.line - 1]
            start = text.find(f"({mark.label}", mark.column - 1)
            if start >= 0:
                new = mark.label.replace(" ", "%20")
                values = {"old": mark.label, "new": new}
                code = "link-space-in-address"
                finding = Finding(name, mark.line, start + 2, code, _BECOMES, values)
                yield Candidate(finding, (Edit(mark.line, start + 1, mark.label, new),))


class _Course:
    """What links of a course may lead to, and those that lead nowhere."""

    def __init__(self, view: CourseView) -> None:
        self._view = view
        self._files = _by(str.casefold, view.readings)
        self._media = _by(str.casefold, view.media)
        self._addresses = _by(lesson_slug, view.lessons)
        self._places: dict[str, dict[str, str]] = {}
        self.problems: dict[str, list[Problem]] = {}
        for name, problem in links.check(view):
            self.problems.setdefault(name, []).append(problem)

    def holds(self, path: str) -> bool:
        """Return whether a path is that of a file of the course."""
        return path in self._view.media or path in self._view.readings

    def meant(self, name: str, link: Link, code: str) -> tuple[str, str] | None:
        """Return path and fragment that a link was meant to have, or None."""
        path = unquote(link.path)
        target = normpath(join(dirname(name), path)) if path else name
        if code in ("link-missing-file", "link-missing-media"):
            found = self._file(target, is_image=link.is_image)
            before = "./" if link.path.startswith("./") else ""
            return (before + _written(found, name), link.fragment) if found else None
        if target not in self._view.readings:
            return None
        fragment = ""
        if code == "link-missing-anchor":
            fragment = self._place(target, unquote(link.fragment))
        elif code == "link-missing-cell":
            fragment = _meant_cell(self._view.readings[target], unquote(link.fragment))
        return (link.path, fragment) if fragment else None

    def _file(self, target: str, *, is_image: bool) -> str:
        """Return the file of the same name but for case, or else of the same address."""
        if not target.lower().endswith(_SUFFIXES):
            return self._media.get(target.casefold(), "")
        found = self._files.get(target.casefold(), "")
        return found if found or is_image else self._addresses.get(lesson_slug(target), "")

    def _place(self, target: str, fragment: str) -> str:
        """Return the id of a page that differs from a fragment only in case and separators."""
        if target not in self._places:
            self._places[target] = _by(_same, _ids(self._view.readings[target]))
        return self._places[target].get(_same(fragment), "")


def _by(key: Callable[[str], str], texts: Iterable[str]) -> dict[str, str]:
    """Return texts by what they have in common with others; several of a key count as none."""
    found: dict[str, str] = {}
    for text in set(texts):
        found[key(text)] = "" if key(text) in found else text
    return found


def _written(target: str, name: str) -> str:
    """Return a file's path as a link in the file ``name`` says it."""
    path = relpath(target, dirname(name) or ".")
    return _NOT_IN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", path)


def _same(text: str) -> str:
    return _SEPARATORS.sub("-", text.casefold()).strip("-")


def _ids(reading: Reading) -> set[str]:
    """Return the ids of a page, without those that only raw HTML has."""
    ids = {*reading.anchors.ids, *(quiz.anchor for quiz in reading.quizzes if quiz.anchor)}
    if title := reading.title:
        ids.add(title.attributes.anchor or slug(plain_text(title.text)))
    return ids


def _meant_cell(reading: Reading, fragment: str) -> str:
    """Return the row or cell of a table that differs only in case and separators."""
    anchor, row, *rest = fragment.split(".", 2)
    table = next((one for one in reading.anchors.tables if one.anchor == anchor), None)
    rows = cell_anchors(table) if table else {}
    found = _by(_same, rows).get(_same(row), "")
    if not found or not rest:
        return f"{anchor}.{found}" if found else ""
    column = _by(_same, rows[found]).get(_same(rest[0]), "")
    return f"{anchor}.{found}.{column}" if column else ""


@dataclass(frozen=True, slots=True)
class _Change:
    """The part of an address that changes."""

    old: str
    new: str
    is_fragment: bool


class _Finder:
    """Finds where the addresses of a file's links are written."""

    def __init__(self, reading: Reading) -> None:
        self._lines = reading.source.lines
        self._defined: dict[tuple[str, str], int] = {}
        for number in sorted(reading.definitions.lines):
            for token in _TOKEN.findall(self._lines[number - 1]):
                path, _, fragment = token.partition("#")
                self._defined.setdefault((path, fragment), number)

    def find(self, link: Link, change: _Change) -> Edit | None:
        """Return the edit where an address stands: behind a link's text or where it is defined."""
        near = [*range(link.line, min(link.line + _MOST_LINES, len(self._lines) + 1))]
        if defined := self._defined.get((link.path, link.fragment)):
            near.append(defined)
        for number in near:
            start = link.column - 1 if number == link.line else 0
            offset = _offset(self._lines[number - 1], start, change)
            if offset >= 0:
                return Edit(number, offset, change.old, change.new)
        return None


def _candidate(
    name: str, finder: _Finder, link: Link, new: tuple[str, str], code: str
) -> Iterator[Candidate]:
    old = (link.path, link.fragment)
    is_fragment = new[0] == link.path
    change = _Change(old[is_fragment], new[is_fragment], is_fragment)
    if edit := finder.find(link, change):
        values = {"old": _address(old), "new": _address(new)}
        finding = Finding(name, edit.line, edit.offset + 1, code, _LEADS, values)
        yield Candidate(finding, (edit,), links={old: new})


def _address(leads: tuple[str, str]) -> str:
    path, fragment = leads
    return f"{path}#{fragment}" if fragment else path


def _offset(text: str, start: int, change: _Change) -> int:
    """Return where an address, or its fragment, stands in a line from ``start`` on, or -1."""
    before = "#" if change.is_fragment else _BEFORE
    while (start := text.find(change.old, start)) >= 0:
        follows = text[start - 1 : start] in before if start else False
        end = start + len(change.old)
        if follows and (end == len(text) or text[end] in _AFTER):
            return start
        start += 1
    return -1
