"""Pipe tables and their caption lines."""

from __future__ import annotations

import re
from itertools import zip_longest
from xml.etree.ElementTree import Element

from learn.authoring.document import Attributes
from learn.authoring.markup.attributes import split_attributes
from learn.authoring.markup.blocks import Block, Match, Paragraph, Reader
from learn.authoring.markup.elements import BARE, Node, element, markdown_element
from learn.authoring.markup.leaves import INDENTED
from learn.authoring.markup.lines import Cursor
from learn.authoring.markup.provenance import provenance
from learn.authoring.markup.state import RenderState
from learn.authoring.statements import without_star

DATA_CLASSES = ("compare", "decide")
"""Classes of tables whose rows are about the thing in their first cell."""
SHOWN_CLASSES = (*DATA_CLASSES, "sort")

_DELIMITER = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_CELL = re.compile(r"((?:[^|\\]|\\.|\\$)*+)(?:\||$)", re.DOTALL)
_CAPTION = re.compile(r"Table:[ \t]*(?=\S)")
_WIDEST = 200
"""Columns; a line with more of them is text."""
_MOST_FILLED = 5_000
"""Cells that a table may lack in all; without a limit, a short text could become a huge page."""

_FITS_A_PHONE = 60
"""Characters in the longest cells of all columns: on 360 px a line holds 40, so two lines each."""


def split_row(line: str) -> list[str]:
    """Return the cells of a table row, ``\\|`` read as a bar also within code."""
    line = line.strip(" \t")
    position = 1 if line.startswith("|") else 0
    cells: list[str] = []
    while position < len(line) or not cells:
        found = _CELL.match(line, position)
        if not found:
            break
        cells.append(found[1].strip(" \t").replace("\\|", "|"))
        position = found.end()
    return cells


class Table(Block):
    """A table: header cells, alignments, and a line for each row."""

    holds_lines = True
    may_be_interrupted = True

    def __init__(self, line: int, header: list[str], alignments: list[str]) -> None:
        super().__init__(line)
        self.header = header
        self.alignments = alignments
        self.is_described = False
        self.caption = ""
        self._filled = 0
        self.attributes = Attributes()

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES until a blank line or a caption."""
        del reader
        return Match.NO if cursor.is_blank or _CAPTION.match(cursor.ahead) else Match.YES

    def describe(self, caption: str) -> None:
        """Take what the caption line says."""
        self.is_described = True
        self.caption, self.attributes = split_attributes(_CAPTION.sub("", caption, count=1))

    def build(self, state: RenderState) -> list[Element]:
        """Return the table within a region that scrolls, in a figure if it has a caption."""
        table = element("table", [self._head(), *self._body()])
        room = "table-scroll table-small" if self._is_small() else "table-scroll"
        scroll = element("div", [table], class_=room, role="region", tabindex="0")
        if not self.is_described:
            scroll.set("aria-label", state.context.label("table"))
            return [scroll]
        shown = [name for name in SHOWN_CLASSES if name in self.attributes.classes]
        facts = provenance(self.attributes.options, state.context)
        content: list[Node] = [markdown_element(BARE, self.caption or state.context.label("table"))]
        if facts is not None:
            content += [" ", facts]
        figure = element(
            "figure", [scroll, element("figcaption", content)], class_=" ".join(["table", *shown])
        )
        if self.attributes.anchor:
            figure.set("id", self.attributes.anchor)
        return [figure]

    def _is_small(self) -> bool:
        """Say whether all columns fit beside each other on a phone, as far as lengths tell."""
        rows = [self.header, *map(split_row, self.lines)]
        longest = (max(map(len, column)) for column in zip_longest(*rows, fillvalue=""))
        return sum(longest) + 2 * len(self.header) <= _FITS_A_PHONE

    def _head(self) -> Element:
        cells = [
            self._cell("th", text, column, scope="col") for column, text in enumerate(self.header)
        ]
        return element("thead", [element("tr", cells)])

    def _body(self) -> list[Element]:
        rows = [self._row(line) for line in self.lines]
        return [element("tbody", rows)] if rows else []

    def _row(self, line: str) -> Element:
        width = len(self.header)
        texts = split_row(line)[:width]
        if self._filled < _MOST_FILLED:
            self._filled += width - len(texts)
            texts += [""] * (width - len(texts))
        named = any(name in self.attributes.classes for name in DATA_CLASSES)
        cells = [
            self._cell("th", without_star(text), column, scope="row")
            if named and column == 0
            else self._cell("td", text, column)
            for column, text in enumerate(texts)
        ]
        return element("tr", cells)

    def _cell(self, tag: str, text: str, column: int, **attributes: str) -> Element:
        cell = markdown_element(tag, text, **attributes)
        if self.alignments[column]:
            cell.set("class", f"align-{self.alignments[column]}")
        return cell


def start_table(reader: Reader, cursor: Cursor) -> bool:
    """Open a table where a row of dashes stands below a line with as many cells."""
    paragraph = reader.container
    ahead = cursor.ahead
    if not isinstance(paragraph, Paragraph) or cursor.indent >= INDENTED:
        return False
    if not paragraph.lines or not _DELIMITER.match(ahead):
        return False
    header, marks = split_row(paragraph.lines[-1]), split_row(ahead)
    if len(header) != len(marks) or len(header) > _WIDEST or not ("|" in ahead or ":" in ahead):
        return False
    line = paragraph.last_line
    if len(paragraph.lines) == 1:
        reader.withdraw(paragraph)
    else:
        paragraph.lines.pop()
        paragraph.last_line -= 1
    table = reader.push(Table(line, header, [_alignment(mark) for mark in marks]))
    table.last_line = reader.number
    cursor.finish()
    return True


def _alignment(mark: str) -> str:
    if mark.startswith(":"):
        return "center" if mark.endswith(":") and len(mark) > 1 else "left"
    return "right" if mark.endswith(":") else ""


class Caption(Block):
    """The line below a table that names it. The table shows it."""

    def build(self, state: RenderState) -> list[Element]:
        """Return nothing here."""
        del state
        return []


def start_caption(reader: Reader, cursor: Cursor) -> bool:
    """Read the caption of the table above, if that has none yet."""
    siblings = reader.container.children
    table = siblings[-1] if siblings else None
    if not isinstance(table, Table) or cursor.indent >= INDENTED:
        return False
    if (
        table.is_described
        or not _CAPTION.match(cursor.ahead)
        or reader.number > table.last_line + 2
    ):
        return False
    table.describe(cursor.ahead)
    cursor.finish()
    reader.push(Caption(reader.number))
    return True
