"""STRUCTURE: formulas that cannot be shown as such."""

from collections.abc import Iterator
from itertools import islice

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem
from learn.authoring.latex import find_formulas, unread_part
from learn.authoring.lines import Kind, Line
from learn.authoring.prose import find_prose
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView, Found

_MOST = 500
"""So many formulas of a file are looked at: to read one takes up to a millisecond."""


def check(view: CourseView) -> Found:
    """Yield the formulas, or commands in them, that learners would see as they are written."""
    for name, reading in view.readings.items():
        for line, column, latex in islice(_formulas(reading), _MOST):
            if unread := unread_part(latex):
                yield name, _problem(line, column, unread)


def _problem(line: int, column: int, unread: str) -> Problem:
    shown = " ".join(unread.split())
    return problem_at(line, column, "structure-unreadable-formula", latex=shown)


def _formulas(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and LaTeX of each formula."""
    if any("$" in line.text for line in reading.lines):
        rows = {number for one in reading.tables for number in one.lines}
        for prose in find_prose(reading.lines, rows):
            if not prose.is_html and "$" in prose.text:
                for start, latex in find_formulas(prose.text):
                    yield *prose.place(start), latex
    yield from _fenced(reading)


def _fenced(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield what stands in blocks of code that say ``math``."""
    opened: Line | None = None
    content: list[str] = []
    for line in reading.lines:
        if line.fence and line.fence.info.split()[:1] == ["math"]:
            opened, content = line, []
        elif opened and line.kind is Kind.CODE:
            content.append(line.content)
        elif opened:
            yield opened.number, opened.start + 1, "\n".join(content)
            opened = None
