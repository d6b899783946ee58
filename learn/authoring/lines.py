"""The line scanner: what each line is, and in which quotes and list items it stands.

It follows CommonMark's way of open containers, so it knows what code hosts know: a ``#`` in a code
block is no heading, a line set in below a list item belongs to the item, a paragraph goes on in the
next line although that lacks the ``>``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal

from learn.authoring.columns import Cursor
from learn.authoring.line_starts import (
    ABBREVIATION,
    ATX,
    CODE_INDENT,
    MEANING,
    NOTE,
    QUIZ_TAG,
    REFERENCE,
    RULE,
    UNDERLINE,
    Fence,
    RawHtml,
    match_fence,
    match_html,
    match_item,
)

DEEPEST = 100
"""Containers that may be open inside each other; a marker beyond that is ordinary text."""

_LEAST_MEANING_INDENT = 2


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    HEADING = auto()
    UNDERLINE = auto()
    RULE = auto()
    FENCE = auto()
    CODE = auto()
    HTML = auto()
    COMMENT = auto()
    DEFINITION = auto()
    QUIZ_TAG = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """A quote, list item, footnote or meaning of a term; two of them are never equal.

    Lines inside are set in by ``width`` columns. ``name`` is a footnote's label or a list item's
    marker; ``line`` is where it begins.
    """

    kind: Literal["quote", "item", "note", "meaning"]
    width: int
    line: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line. ``starts[n]`` is the offset of what stands inside its first ``n`` containers."""

    number: int
    text: str
    kind: Kind
    containers: tuple[Container, ...]
    starts: tuple[int, ...]
    fence: Fence | None = None

    @property
    def start(self) -> int:
        """The offset of the content inside all containers."""
        return self.starts[-1]

    @property
    def content(self) -> str:
        """What stands inside all containers."""
        return self.text[self.starts[-1] :]

    def inside(self, depth: int) -> str:
        """Return what stands inside the first ``depth`` containers."""
        return self.text[self.starts[min(depth, len(self.starts) - 1)] :]

    def opens(self, depth: int, kind: str) -> bool:
        """Return whether the container at ``depth`` is of this kind and begins on this line."""
        held = self.containers[depth] if depth < len(self.containers) else None
        return held is not None and held.kind == kind and held.line == self.number


def scan(lines: Sequence[str], first: int = 1) -> list[Line]:
    """Return the lines with what they are; ``first`` is the number of the first one."""
    scanner = _Scanner()
    for number, text in enumerate(lines, start=first):
        scanner.read(number, text)
    return scanner.lines


class _Scanner:
    """Reads line after line; keeps the open containers and the open block inside them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._open: tuple[Container, ...] = ()
        self._leaf: Fence | RawHtml | None = None
        self._in_paragraph = False

    def read(self, number: int, text: str) -> None:
        """Read one line."""
        cursor = Cursor(text)
        if cursor.is_blank:
            self._read_blank(number, cursor)
            return
        starts = [0]
        for container in self._open:
            if not _continues(container, cursor):
                break
            starts.append(cursor.offset)
        matched = len(starts) - 1
        if self._leaf and matched == len(self._open) and self._goes_on(number, cursor, starts):
            return
        self._leaf = None
        self._read_block(number, cursor, starts)

    def _read_blank(self, number: int, cursor: Cursor) -> None:
        """Read a blank line: it ends quotes and paragraphs, and may belong to an open block."""
        quote = next((at for at, held in enumerate(self._open) if held.kind == "quote"), None)
        self._in_paragraph = False
        if quote is None and self._leaf is not None:
            starts = [0] * len(self._open) + [0]
            if self._goes_on(number, cursor, starts):
                return
        if quote is not None:
            self._open = self._open[:quote]
        self._leaf = None
        end = len(cursor.text)
        self._add(number, cursor.text, Kind.BLANK, [0, *[end] * len(self._open)])

    def _add(
        self, number: int, text: str, kind: Kind, starts: list[int], fence: Fence | None = None
    ) -> None:
        self.lines.append(Line(number, text, kind, self._open, tuple(starts), fence))

    def _goes_on(self, number: int, cursor: Cursor, starts: list[int]) -> bool:
        """Take a line of the open code or HTML block; return False if the block has ended."""
        leaf = self._leaf
        if isinstance(leaf, Fence):
            closed = cursor.indent < CODE_INDENT and leaf.is_closed_by(cursor.ahead)
            cursor.skip(min(leaf.indent, cursor.indent))
            starts[-1] = cursor.offset
            self._add(number, cursor.text, Kind.FENCE if closed else Kind.CODE, starts)
            self._leaf = None if closed else leaf
            return True
        if leaf is None or (leaf.end is None and cursor.is_blank):
            return False
        self._add_html(number, cursor, starts, leaf)
        return True

    def _add_html(self, number: int, cursor: Cursor, starts: list[int], leaf: RawHtml) -> None:
        self._add(number, cursor.text, Kind.COMMENT if leaf.is_comment else Kind.HTML, starts)
        closed = leaf.end is not None and leaf.end.search(cursor.text, cursor.offset)
        self._leaf = None if closed else leaf

    def _read_block(self, number: int, cursor: Cursor, starts: list[int]) -> None:
        """Read what is left of a line behind the containers that go on."""
        matched = len(starts) - 1
        paragraph = self._in_paragraph
        continues = paragraph and matched == len(self._open)
        containers = list(self._open[:matched])
        while len(containers) < DEEPEST and cursor.indent < CODE_INDENT:
            opened = self._container(number, cursor, containers, interrupts=continues)
            if opened is None:
                break
            containers.append(opened)
            starts.append(cursor.offset)
            paragraph = continues = False
        kind = self._leaf_kind(cursor, containers, paragraph=paragraph, continues=continues)
        if kind is Kind.TEXT and paragraph and not continues:
            # A lazy line: the paragraph goes on inside containers whose marks are left out.
            starts += [cursor.offset] * (len(self._open) - matched)
        else:
            self._open = tuple(containers)
        self._in_paragraph = kind is Kind.TEXT
        self._place(number, cursor, starts, kind, interrupts=paragraph)

    def _place(
        self, number: int, cursor: Cursor, starts: list[int], kind: Kind, *, interrupts: bool
    ) -> None:
        """Add the line, and remember the block that it opens."""
        fence = None
        if kind is Kind.FENCE:
            self._leaf = fence = match_fence(cursor.ahead, cursor.indent)
        if kind is Kind.HTML and (html := match_html(cursor.ahead, interrupts=interrupts)):
            self._add_html(number, cursor, starts, html)
            return
        self._add(number, cursor.text, kind, starts, fence)

    def _container(
        self, number: int, cursor: Cursor, outer: list[Container], *, interrupts: bool
    ) -> Container | None:
        """Open the container that begins at the cursor and read past its mark, or return None."""
        indent, ahead = cursor.indent, cursor.ahead
        if ahead[:1].isalpha():  # no mark begins with a letter, and most lines do
            return None
        if ahead.startswith(">"):
            _take_mark(cursor, indent, 1)
            cursor.skip(1)
            return Container("quote", 0, number)
        if item := match_item(ahead, interrupts=interrupts):
            return _open_item(number, cursor, indent, item)
        if note := NOTE.match(ahead):
            _take_mark(cursor, indent, note.end())
            return Container("note", CODE_INDENT, number, note[1])
        if MEANING.match(ahead) and self._defines_a_term(outer):
            _take_mark(cursor, indent, 1)
            width = min(cursor.indent, CODE_INDENT)
            cursor.skip(width)
            return Container("meaning", indent + 1 + width, number)
        return None

    def _defines_a_term(self, outer: list[Container]) -> bool:
        """Return whether a colon here follows a term or another meaning, a blank line apart."""
        before = [line for line in self.lines[-2:] if line.kind is not Kind.BLANK]
        if not before or before[-1].number < self.lines[-1].number - 1:
            return False
        last, depth = before[-1], len(outer)
        if last.kind is not Kind.TEXT or last.containers[:depth] != tuple(outer):
            return False
        inner = last.containers[depth:]
        return not inner or inner[0].kind == "meaning"

    def _leaf_kind(
        self, cursor: Cursor, containers: list[Container], *, paragraph: bool, continues: bool
    ) -> Kind:
        """Return what the rest of the line is once all containers are read."""
        ahead = cursor.ahead
        kind = Kind.TEXT
        if not ahead:
            kind = Kind.BLANK
        elif cursor.indent >= CODE_INDENT:
            kind = Kind.TEXT if paragraph else Kind.CODE
        elif ahead[0].isalpha():
            kind = Kind.TEXT
        elif not containers and QUIZ_TAG.match(ahead):
            kind = Kind.QUIZ_TAG
        elif ATX.match(ahead):
            kind = Kind.HEADING
        elif match_fence(ahead, 0):
            kind = Kind.FENCE
        elif match_html(ahead, interrupts=paragraph):
            kind = Kind.HTML
        elif continues and UNDERLINE.match(ahead):
            kind = Kind.UNDERLINE
        elif RULE.match(ahead):
            kind = Kind.RULE
        elif ABBREVIATION.match(ahead) or (not paragraph and REFERENCE.match(ahead)):
            kind = Kind.DEFINITION
        return kind


def _continues(container: Container, cursor: Cursor) -> bool:
    """Return whether the line belongs to an open container, and read past its mark."""
    indent = cursor.indent
    if container.kind == "quote":
        if indent >= CODE_INDENT or not cursor.ahead.startswith(">"):
            return False
        _take_mark(cursor, indent, 1)
        cursor.skip(1)
        return True
    if cursor.is_blank:
        return True
    least = _LEAST_MEANING_INDENT if container.kind == "meaning" else container.width
    if indent < least:
        return False
    cursor.skip(min(container.width, indent))
    return True


def _take_mark(cursor: Cursor, indent: int, characters: int) -> None:
    cursor.skip(indent)
    cursor.take(characters)


def _open_item(number: int, cursor: Cursor, indent: int, marker: str) -> Container:
    _take_mark(cursor, indent, len(marker))
    spaces = cursor.indent
    if spaces > CODE_INDENT or cursor.is_blank:
        spaces = 1
    cursor.skip(spaces)
    return Container("item", indent + len(marker) + spaces, number, marker)
