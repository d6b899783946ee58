"""Links, pictures and footnote marks, each with its place. What stands in code is none."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Literal

from learn.authoring.definitions import normal_label, read_address
from learn.authoring.document import Link
from learn.authoring.prose import Prose
from learn.authoring.slug import may_be_html_id

_NEXT = re.compile(r"\\|`+|<|!\[|\[|\]")
_TITLE = r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))"""
_PLAIN = r"[^\s()\\]|\\."
_ADDRESS = rf"(?:(?:{_PLAIN}|\((?:{_PLAIN}|\((?:{_PLAIN})*+\))*+\))++)"
_TARGET = re.compile(
    rf"\(\s*+(<(?:[^<>\n\\]|\\.)*+>|(?!<){_ADDRESS}|)(?:\s++{_TITLE})?+\s*+\)", re.DOTALL
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_IN_BRACKETS = re.compile(r"\(([^()<>\n\"]{3,300})\)")
_FILE = re.compile(r"\.(?:md|png|jpe?g|gif|webp|svg|avif)(?:#\S*)?$", re.IGNORECASE)
_NOTE = re.compile(r"\[\^([^\[\]\s]{1,200})\]")
_POINTED = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@:/]+@[^\s<>@]+)>")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>")
_HTML_ATTRIBUTE = re.compile(
    r"""\s(src|href|alt|id)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
# `grid[i][j]` and '[C8][C9]' are no links that somebody forgot to define.
_WORDS = re.compile(r"[^\W\d_]{2}.*[^\W\d_]|[^\W\d_].*[^\W\d_]{2}")
_LONGEST_TEXT = 1_000
_WITHOUT_ID = ("img", "input")


type MarkKind = Literal["note", "undefined", "spaced", "empty", "wordless"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that refers, but is no link, or none that could be seen.

    A footnote mark; a reference whose label is not defined; an address with a space in it, or none;
    a link without words.
    """

    kind: MarkKind
    label: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class LinkReading:
    """All that refers, in the order of the text, and the ids that stand in raw HTML."""

    links: tuple[Link, ...]
    marks: tuple[Mark, ...]
    html_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Bracket:
    """An open bracket: where it stands and where its text begins."""

    start: int
    text_start: int
    is_image: bool


def find_links(texts: Iterable[Prose], references: Mapping[str, str]) -> LinkReading:
    """Return the links and marks of all texts; ``references`` maps normal labels to addresses."""
    links: list[Link] = []
    marks: list[Mark] = []
    html_ids: set[str] = set()
    for prose in texts:
        if not _NEXT.search(prose.text):
            continue
        reader = _Reader(prose, references)
        reader.read()
        links += reader.links
        marks += reader.marks
        html_ids |= reader.html_ids
    links.sort(key=lambda link: (link.line, link.column))
    return LinkReading(tuple(links), tuple(marks), frozenset(html_ids))


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, prose: Prose, references: Mapping[str, str]) -> None:
        self.links: list[Link] = []
        self.marks: list[Mark] = []
        self.html_ids: set[str] = set()
        self._prose = prose
        self._text = prose.text
        self._references = references
        self._brackets: list[_Bracket] = []
        self._inside_link = 0  # so many brackets from the bottom may not become links any more
        self._comment_is_open = False
        self._ticks: dict[int, list[int]] = {}
        for run in re.finditer("`+", self._text):
            self._ticks.setdefault(len(run[0]), []).append(run.start())

    def read(self) -> None:
        """Read the whole text."""
        position = 0
        while found := _NEXT.search(self._text, position):
            position = self._take(found)

    def _take(self, found: re.Match[str]) -> int:
        """Read the mark that was found and return where to go on."""
        first = found[0][0]
        if first == "<":
            return self._take_pointed(found.start())
        if self._prose.is_html:
            return found.end()
        if first == "\\":
            return found.end() + 1
        if first == "`":
            return self._after_code(found)
        if first == "]":
            return self._close(found.start())
        return self._open(found)

    def _after_code(self, run: re.Match[str]) -> int:
        starts = self._ticks.get(len(run[0]), [])
        at = bisect_right(starts, run.start())
        return starts[at] + len(run[0]) if at < len(starts) else run.end()

    def _take_pointed(self, start: int) -> int:
        """Read an address in angle brackets, an HTML comment or tag."""
        if address := _POINTED.match(self._text, start):
            target = address[1] if ":" in address[1] else f"mailto:{address[1]}"
            self._add_link(start, address[1], target, is_image=False)
            return address.end()
        if self._text.startswith("<!--", start):
            return self._after_comment(start)
        tag = _TAG.match(self._text, start)
        if not tag:
            return start + 1
        self._take_tag(start, tag)
        return tag.end()

    def _after_comment(self, start: int) -> int:
        end = -1 if self._comment_is_open else self._text.find("-->", start + 4)
        # What is missing once is not looked for again, which would cost the square of the text.
        self._comment_is_open = end < 0
        return end + 3 if end >= 0 else start + 4

    def _take_tag(self, start: int, tag: re.Match[str]) -> None:
        name = tag[1].lower()
        values = {
            found[1].lower(): unescape(found[2].strip("\"'"))
            for found in _HTML_ATTRIBUTE.finditer(tag[2])
        }
        if may_be_html_id(values.get("id", "")) and name not in _WITHOUT_ID:
            self.html_ids.add(values["id"])
        if name not in ("a", "img"):
            return
        target = values.get("src" if name == "img" else "href")
        if target:
            # A picture with an empty `alt` was declared to be decoration.
            text = values.get("alt", "") or ("decoration" if "alt" in values else "")
            self._add_link(start, text, target, is_image=name == "img")

    def _open(self, found: re.Match[str]) -> int:
        start = found.start()
        is_image = found[0] == "!["
        note = None if is_image else _NOTE.match(self._text, start)
        if note:
            self._add_mark("note", note[1], start)
            return note.end()
        self._brackets.append(_Bracket(start, found.end(), is_image))
        return found.end()

    def _close(self, end: int) -> int:
        """Read what follows a closing bracket, and make a link of both if it is one."""
        if not self._brackets:
            return end + 1
        bracket = self._brackets.pop()
        depth = len(self._brackets)
        holds_link = depth < self._inside_link
        self._inside_link = min(self._inside_link, depth)
        if holds_link and not bracket.is_image:
            return end + 1
        target, after = self._target(bracket, end)
        if target is None:
            return after
        text = " ".join(self._text[bracket.text_start : end][:_LONGEST_TEXT].split())
        if not target.strip() and not bracket.is_image:
            self._add_mark("empty", text, bracket.start)
        elif not text and not bracket.is_image:
            self._add_mark("wordless", target.strip(), bracket.start)
        self._add_link(bracket.start, text, target, is_image=bracket.is_image)
        if not bracket.is_image:
            self._inside_link = depth
        return after

    def _target(self, bracket: _Bracket, end: int) -> tuple[str | None, int]:
        """Return the address that a closing bracket leads to, if any, and where to go on."""
        if inline := _TARGET.match(self._text, end + 1):
            return read_address(inline[1]), inline.end()
        if spaced := _spaced_address(self._text, end + 1):
            self._add_mark("spaced", spaced, bracket.start)
            return None, end + 1
        label = _LABEL.match(self._text, end + 1)
        if label and label[1].strip() and not label[1].startswith("^"):
            target = self._references.get(normal_label(label[1]))
            if target is None:
                self._add_undefined(bracket, end, label[1])
                return None, end + 1
            return target, label.end()
        after = label.end() if label and not label[1].strip() else end + 1
        if end - bracket.text_start > 999:
            return None, end + 1
        own = self._text[bracket.text_start : end]
        target = self._references.get(normal_label(own))
        return target, after if target is not None else end + 1

    def _add_undefined(self, bracket: _Bracket, end: int, label: str) -> None:
        text = self._text[bracket.text_start : min(end, bracket.text_start + 100)]
        before = self._text[max(0, bracket.start - 1) : bracket.start]
        looks_like_index = before.isalnum() or before in ("]", ")", "_")
        if not looks_like_index and not text.isupper() and _WORDS.search(text):
            self._add_mark("undefined", label, bracket.start)

    def _add_mark(self, kind: MarkKind, label: str, start: int) -> None:
        self.marks.append(Mark(kind, label, *self._prose.place(start)))

    def _add_link(self, start: int, text: str, target: str, *, is_image: bool) -> None:
        path, _, fragment = target.strip().partition("#")
        line, column = self._prose.place(start)
        self.links.append(Link(path, fragment, text, is_image, line, column))


def _spaced_address(text: str, start: int) -> str:
    """Return the file in brackets that a space makes no address, or an empty text."""
    found = _IN_BRACKETS.match(text, start)
    if not found:
        return ""
    written = found[1].strip()
    before, space, last_word = written.rpartition(" ")
    return written if before and space and _FILE.search(last_word) else ""
