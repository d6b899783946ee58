"""Blocks that hold other blocks: quotes and lists. Callouts are quotes that say what they are."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

from learn.authoring.markup.blocks import Block, Match, Paragraph, Reader, build_children
from learn.authoring.markup.callouts import callout_kind, callout_title
from learn.authoring.markup.elements import BARE, element
from learn.authoring.markup.leaves import INDENTED
from learn.authoring.markup.lines import Cursor
from learn.authoring.markup.state import RenderState

_MARKER = re.compile(r"(?:([*+-])|([0-9]{1,9})([.)]))(?=[ \t]|$)")
_WIDEST_PADDING = 4
_TASK = re.compile(r"\[([ xX])\][ \t\n]")


class Quote(Block):
    """A block quote or a callout."""

    holds_blocks = True

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES after reading past a ``>``."""
        if not _read_quote_mark(cursor):
            return Match.NO
        self.last_line = reader.number
        return Match.YES

    def build(self, state: RenderState) -> list[Element]:
        """Return a callout if the first line says so, else a quote."""
        first = self.children[0] if self.children else None
        kind = callout_kind(first.lines[0]) if isinstance(first, Paragraph) and first.lines else ""
        if not kind or not isinstance(first, Paragraph):
            return [element("blockquote", build_children(self.children, state))]
        first.lines = first.lines[1:]
        content = [callout_title(kind, state.context), *build_children(self.children, state)]
        return [element("aside", content, class_=f"callout callout-{kind}", role="note")]


class Item(Block):
    """One item of a list. ``indent`` is how far its content is set in."""

    holds_blocks = True

    def __init__(self, line: int, indent: int) -> None:
        super().__init__(line)
        self.indent = indent

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES for indented lines, and for blank ones unless nothing has come yet."""
        del reader
        if cursor.is_blank:
            cursor.skip_indent()
            return Match.YES if self.children else Match.NO
        if cursor.indent < self.indent:
            return Match.NO
        cursor.skip(self.indent)
        return Match.YES

    @property
    def has_gaps(self) -> bool:
        """Whether a blank line stands between two blocks of the item."""
        return any(later.follows_gap(earlier) for earlier, later in pairwise(self.children))

    def build_item(self, state: RenderState, *, loose: bool) -> Element:
        """Return ``li``; in a tight list its paragraphs are bare text."""
        task = self._take_task()
        content = build_children(self.children, state)
        made = element("li", content)
        if task:
            made.set("class", "task-item")
            _add_checkbox(content[0], state, done=task in "xX")
        if not loose:
            for child in content:
                child.tag = BARE if child.tag == "p" else child.tag
        return made

    def _take_task(self) -> str:
        first = self.children[0] if self.children else None
        if not isinstance(first, Paragraph):
            return ""
        found = _TASK.match(f"{first.text}")
        if found and first.text[found.end() :].strip():
            first.lines = first.text[found.end() :].split("\n")
            return found[1]
        return ""


class ListBlock(Block):
    """A list. A different marker begins another list."""

    holds_blocks = True

    def __init__(self, line: int, marker: str, start: int | None) -> None:
        super().__init__(line)
        self.marker = marker
        self.start = start

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES: the items decide."""
        del cursor, reader
        return Match.YES

    def can_hold(self, child: Block) -> bool:
        """Return whether it is an item."""
        return isinstance(child, Item)

    def build(self, state: RenderState) -> list[Element]:
        """Return ``ul`` or ``ol``, loose if a blank line separates anything in it."""
        items = [child for child in self.children if isinstance(child, Item)]
        loose = any(later.follows_gap(earlier) for earlier, later in pairwise(items))
        loose = loose or any(item.has_gaps for item in items)
        built = [item.build_item(state, loose=loose) for item in items]
        made = element("ul" if self.start is None else "ol", built)
        if self.start not in (None, 1):
            made.set("start", str(self.start))
        if any(item.get("class") == "task-item" for item in built):
            made.set("class", "task-list")
        return [made]


def _add_checkbox(paragraph: Element, state: RenderState, *, done: bool) -> None:
    """Put a checkbox before the text, which the inline stage has yet to read."""
    label = state.context.label("done" if done else "to_do")
    box = element("input", type="checkbox", disabled="", aria_label=label)
    if done:
        box.set("checked", "")
    text = Element(BARE)
    text.text = paragraph.text
    paragraph.text = None
    box.tail = " "
    paragraph.extend([box, text])


def _read_quote_mark(cursor: Cursor) -> bool:
    if cursor.indent >= INDENTED or not cursor.ahead.startswith(">"):
        return False
    cursor.skip_indent()
    cursor.take(1)
    cursor.skip_optional_space()
    return True


def start_quote(reader: Reader, cursor: Cursor) -> bool:
    """Open a quote."""
    if reader.is_full or not _read_quote_mark(cursor):
        return False
    reader.push(Quote(reader.number))
    return True


def start_item(reader: Reader, cursor: Cursor) -> bool:
    """Open an item, and a list around it unless it continues one."""
    found = _MARKER.match(cursor.ahead)
    indent = cursor.indent
    if not found or indent >= INDENTED or reader.is_full:
        return False
    if isinstance(reader.container, Paragraph) and not _may_interrupt(found, cursor.ahead):
        return False
    cursor.skip_indent()
    cursor.take(found.end())
    item = Item(reader.number, indent + found.end() + _read_padding(cursor))
    reader.close_unmatched()
    marker = found[1] or found[3]
    if not (isinstance(reader.tip, ListBlock) and reader.tip.marker == marker):
        reader.push(ListBlock(reader.number, marker, int(found[2]) if found[2] else None))
    reader.push(item)
    return True


def _may_interrupt(marker: re.Match[str], ahead: str) -> bool:
    """Return whether a list may begin in the middle of a paragraph: not empty, and from 1."""
    return bool(ahead[marker.end() :].strip(" \t")) and marker[2] in (None, "1", "01", "001")


def _read_padding(cursor: Cursor) -> int:
    """Read past the space after a marker and return its width as it counts for the content."""
    width = cursor.indent
    if cursor.is_blank or width > _WIDEST_PADDING:
        cursor.skip(1)
        return 1
    cursor.skip(width)
    return width
