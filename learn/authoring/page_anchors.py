"""The ids that a lesson's page will have, as the renderer gives them to headings and tables."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from learn.authoring.document import Heading, Table
from learn.authoring.headings import HeadingLine
from learn.authoring.lines import Kind, Line
from learn.authoring.plain_text import plain_text
from learn.authoring.slug import Anchors, slug
from learn.authoring.statements import without_star
from learn.authoring.tables import TableReading

DATA_CLASSES = ("compare", "decide")
"""Classes of tables whose rows and cells can be linked to."""


@dataclass(frozen=True, slots=True)
class PageAnchors:
    """The headings of the body and its tables, each with its id on the page; and all those ids."""

    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Something that gets an id: the author's, or one made from its text."""

    line: int
    text: str
    written: str


def page_anchors(
    lines: Sequence[Line],
    headings: Sequence[HeadingLine],
    tables: Sequence[TableReading],
    labels: frozenset[str],
    left_out: Collection[int],
) -> PageAnchors:
    """Return what the page's ids will be. ``left_out`` are lines that are not on the page.

    ``headings`` are those of the body, without the title.
    """
    shown = [one.table for one in tables if one.table.line not in left_out]
    places = [
        *(
            _Place(one.line, plain_text(one.text, labels), one.attributes.anchor)
            for one in headings
        ),
        *(
            _Place(one.line, plain_text(one.caption, labels), one.anchor)
            for one in shown
            if one.caption
        ),
        *(_Place(number, text, "") for number, text in _inner_headings(lines, labels, left_out)),
    ]
    places.sort(key=lambda place: place.line)
    anchors = Anchors(place.written for place in places if place.written)
    given = {
        place.line: anchors.claim(place.written) if place.written else anchors.make(place.text)
        for place in places
    }
    return PageAnchors(
        headings=tuple(
            Heading(one.level, plain_text(one.text, labels), given[one.line], one.line)
            for one in headings
        ),
        tables=tuple(replace(one, anchor=given.get(one.line, "")) for one in shown),
        ids=frozenset(given.values()),
    )


def _inner_headings(
    lines: Sequence[Line], labels: frozenset[str], left_out: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Yield the headings in quotes and list items, which open no section but get an id."""
    for at, line in enumerate(lines):
        if not line.containers or line.number in left_out:
            continue
        if line.kind is Kind.HEADING:
            yield line.number, plain_text(line.content.strip(" \t").strip("#"), labels)
        elif line.kind is Kind.UNDERLINE:
            yield line.number, plain_text(lines[at - 1].content, labels)


def cell_anchors(table: Table) -> dict[str, set[str]]:
    """Return the rows of a table that can be linked to, and in each the columns, as slugs."""
    if not any(name in DATA_CLASSES for name in table.attributes.classes):
        return {}
    columns = {slug(" ".join(plain_text(column).split())) for column in table.columns[1:]}
    return {slug(plain_text(without_star(row[0]))): columns for row in table.rows}
