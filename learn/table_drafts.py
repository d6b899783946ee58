"""A table as read becomes a table as kept: fragments to render, and what is made of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learn.authoring.fragments import Fragment, Rendered
from learn.authoring.plain_text import plain_text
from learn.authoring.statements import (
    Drill,
    Place,
    fitted,
    without_notes,
    without_star,
)
from learn.authoring.tongues import in_language
from learn.question_drafts import LOCAL_LINK, plain
from quizzes.catalog import LONGEST_KEY
from quizzes.tables import TableDraft

CELL = re.compile(r"<t[hd](?: [^<>]*)?>(.*?)</t[hd]>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its texts rendered: ``heads`` of all columns, ``cells`` row by row.

    ``language`` is what they are in, where pages may be in another.
    """

    drill: Drill
    heads: Sequence[SafeString]
    cells: Sequence[Sequence[SafeString]]
    principle: str
    language: str

    @property
    def key(self) -> str:
        """Return the key of the table."""
        return fitted(self.drill.table.anchor, LONGEST_KEY)

    def cell_id(self, place: Place) -> str:
        """Return the ids of row and column with a dot between them."""
        return f"{self.drill.rows[place.row]}.{self.drill.columns[place.column - 1]}"


def table_fragments(drill: Drill, language: str = "") -> list[Fragment]:
    """Return the table and its principle as Markdown without footnotes, for ``grid_of``.

    The table is one fragment: each would read all definitions of the lesson anew. ``language`` is
    the course's, where pages may be in another.
    """
    rows = _texts(drill)
    lines = [_line(rows[0]), _line(["---"] * len(drill.table.columns)), *map(_line, rows[1:])]
    return [Fragment("\n".join(lines)), Fragment(without_notes(drill.principle), language=language)]


def _texts(drill: Drill) -> list[list[str]]:
    """Return the Markdown of all cells, that of the heading first."""
    rows = [[without_star(row[0]), *row[1:]] for row in drill.table.rows]
    return [[without_notes(text) for text in row] for row in [drill.table.columns, *rows]]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def grid_of(drill: Drill, rendered: Iterator[Rendered], address: str, language: str = "") -> Grid:
    """Put a table together from its rendered fragments; links to anchors lead to ``address``.

    Each text names its ``language``, if any: its cells stand between the words of other pages.
    """
    html, principle = (
        LOCAL_LINK.sub(f'href="{address}#', next(rendered).html) for _fragment in range(2)
    )
    texts = _texts(drill)
    found = [SafeString(text) for text in CELL.findall(html)]
    if len(found) != sum(map(len, texts)):
        # A cell with a table in raw HTML: its words are enough.
        found = [escape(plain_text(text)) for row in texts for text in row]
    found = [_said_in(language, text) for text in found]
    cells = list(batched(found, len(drill.table.columns), strict=True))
    return Grid(drill, cells[0], cells[1:], principle, language)


def _said_in(language: str, text: SafeString) -> SafeString:
    """Return a text that says what language it is in, if one is given and there is a text."""
    if not language or not text:
        return text
    named = in_language(language)
    return format_html('<span lang="{}" dir="{}">{}</span>', named["lang"], named["dir"], text)


def table_draft(grid: Grid) -> TableDraft:
    """Return the table as it is kept; rows and columns that cannot be told apart are left out."""
    drill = grid.drill
    columns = [
        {"id": id_, **told(grid.heads[number])}
        for number, id_ in enumerate(drill.columns, start=1)
        if id_
    ]
    rows = [
        {
            "id": row_id,
            **told(grid.cells[row][0]),
            "cells": {
                column_id: told(grid.cells[row][number])
                for number, column_id in enumerate(drill.columns, start=1)
                if column_id
            },
        }
        for row, row_id in enumerate(drill.rows)
        if row_id
    ]
    caption = plain_text(drill.table.caption) or _("Table")
    return TableDraft(grid.key, drill.kind, caption[:300], columns, rows, grid.principle)


def told(text: SafeString) -> dict[str, str]:
    """Return a rendered text as it is kept, with its words for places that take no markup."""
    return {"text": text, "plain": plain(text)}
