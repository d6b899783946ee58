"""Pipe tables and the caption lines below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from learn.authoring.attributes import AttributeList, read_attributes
from learn.authoring.codes import problem_at
from learn.authoring.document import Attributes, Problem, Table
from learn.authoring.line_starts import CODE_INDENT
from learn.authoring.lines import Kind, Line

_DELIMITER = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_CELL = re.compile(r"((?:[^|\\]|\\.|\\$)*+)(?:\||$)", re.DOTALL)
_CAPTION = re.compile(r"Table:[ \t]*(?=\S)")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_BAR = re.compile(r"(?<!\\)\|")
_WIDEST = 200
_NO_ATTRIBUTES = AttributeList("", Attributes(), 0)


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table, its caption's attribute list, the lines it takes and what is wrong with it."""

    table: Table
    listed: AttributeList
    caption_line: int
    lines: range
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's Markdown and the offset in its line at which it begins."""

    text: str
    offset: int


def split_row(line: str, start: int = 0) -> list[Cell]:
    r"""Return the cells of the table row that begins at ``start``; ``\|`` is read as a bar.

    Every other bar separates cells, also in code, as on code hosts.
    """
    end = len(line.rstrip(" \t"))
    position = start
    while position < end and line[position] in " \t":
        position += 1
    if line.startswith("|", position):
        position += 1
    cells: list[Cell] = []
    while position < end or not cells:
        found = _CELL.match(line, position, end)
        if not found:
            break
        text = found[1]
        leading = len(text) - len(text.lstrip(" \t"))
        cells.append(Cell(text.strip(" \t").replace("\\|", "|"), position + leading))
        position = found.end()
    return cells


def find_tables(lines: Sequence[Line]) -> tuple[list[TableReading], list[Problem]]:
    """Return the tables in order, and what is wrong with lines that were meant as a table."""
    found: list[TableReading] = []
    problems: list[Problem] = []
    at = 0
    while at + 1 < len(lines):
        head, dashes = lines[at], lines[at + 1]
        if not _may_be_head(head, dashes):
            problems += _lone_caption(head)
            if rows := _rows_at(lines, at):
                problems.append(_without_dashes(head))
            at += rows or 1
            continue
        columns, marks = split_row(head.text, head.start), split_row(dashes.text, dashes.start)
        if len(columns) == len(marks) <= _WIDEST:
            reading = _read_table(lines, at, columns)
            found.append(reading)
            at += len(reading.lines)
            continue
        if "|" in head.content:
            problems += _wrong_head(head, len(columns), len(marks))
        at += _rows_at(lines, at) or 1
    return found, problems + [problem for line in lines[at:] for problem in _lone_caption(line)]


def _may_be_head(head: Line, dashes: Line) -> bool:
    if not head.kind is dashes.kind is Kind.TEXT or head.containers != dashes.containers:
        return False
    content = dashes.content.lstrip(" \t")
    if len(dashes.content) - len(content) >= CODE_INDENT or not _DELIMITER.match(content):
        return False
    return "|" in content or ":" in content


def _rows_at(lines: Sequence[Line], at: int) -> int:
    """Return how many lines up to a table have a bar at both ends; one alone is none."""
    end = at
    while end < len(lines) and _is_row(lines[end], lines[at]) and _is_between_bars(lines[end]):
        if end > at and end + 1 < len(lines) and _begins_table(lines[end], lines[end + 1]):
            break
        end += 1
    return end - at if end - at > 1 else 0


def _is_between_bars(line: Line) -> bool:
    content = line.content.strip(" \t")
    if not content.startswith("|") or not content.endswith("|") or content.endswith("\\|"):
        return False
    cells = split_row(line.text, line.start)
    return len(cells) > 1 and any(cell.text for cell in cells)


def _begins_table(head: Line, dashes: Line) -> bool:
    if not _may_be_head(head, dashes):
        return False
    return len(split_row(head.text, head.start)) == len(split_row(dashes.text, dashes.start))


def _without_dashes(head: Line) -> Problem:
    column = len(head.text) - len(head.content.lstrip(" \t")) + 1
    dashes = "|---" * len(split_row(head.text, head.start)) + "|"
    return problem_at(head.number, column, "structure-table-without-dashes", dashes=dashes)


def _wrong_head(head: Line, cells: int, dashes: int) -> list[Problem]:
    if in_code := _bars_in_code(head):
        return in_code
    column = len(head.text) - len(head.content.lstrip(" \t")) + 1
    code = "structure-table-head"
    return [problem_at(head.number, column, code, cells=str(cells), dashes=str(dashes))]


def _lone_caption(line: Line) -> list[Problem]:
    """Report a caption that names no table; without attributes it is ordinary text."""
    content = line.content.lstrip(" \t")
    if line.kind is not Kind.TEXT or not _CAPTION.match(content):
        return []
    start = len(line.text) - len(content)
    if not read_attributes(content, line=line.number, start=start).places:
        return []
    return [problem_at(line.number, start + 1, "structure-lone-caption")]


def _read_table(lines: Sequence[Line], at: int, columns: list[Cell]) -> TableReading:
    """Return the table whose head is ``lines[at]``."""
    head = lines[at]
    end = at + 2
    while end < len(lines) and _is_row(lines[end], head):
        end += 1
    rows = lines[at + 2 : end]
    caption = _caption_at(lines, end, head)
    listed = _NO_ATTRIBUTES
    problems = [*_bars_in_code(head)]
    for row in rows:
        problems += _row_problems(row, len(columns))
    caption_line = 0
    if caption is not None:
        caption_line, listed = caption.number, _read_caption(caption)
        problems += listed.problems
        end = lines.index(caption, end, end + 2) + 1
    table = Table(
        anchor=listed.attributes.anchor,
        caption=listed.text,
        attributes=listed.attributes,
        columns=tuple(cell.text for cell in columns),
        rows=tuple(_filled(row, len(columns)) for row in rows),
        line=head.number,
        row_lines=tuple(row.number for row in rows),
    )
    taken = range(head.number, head.number + end - at)
    return TableReading(table, listed, caption_line, taken, tuple(problems))


def _is_row(line: Line, head: Line) -> bool:
    belongs = line.kind is Kind.TEXT and line.containers == head.containers
    return belongs and not _CAPTION.match(line.content.lstrip(" \t"))


def _caption_at(lines: Sequence[Line], end: int, head: Line) -> Line | None:
    """Return the caption line right after the rows or one blank line later, or None."""
    if end < len(lines) and lines[end].kind is Kind.BLANK:
        end += 1
    if end >= len(lines) or lines[end].kind is not Kind.TEXT:
        return None
    line = lines[end]
    same = line.containers == head.containers
    return line if same and _CAPTION.match(line.content.lstrip(" \t")) else None


def _read_caption(line: Line) -> AttributeList:
    text = line.text[line.text.index(":", line.start) + 1 :].lstrip(" \t")
    return read_attributes(text, line=line.number, start=len(line.text) - len(text))


def _filled(row: Line, width: int) -> tuple[str, ...]:
    texts = [cell.text for cell in split_row(row.text, row.start)]
    return tuple([*texts[:width], *[""] * width][:width])


def _row_problems(row: Line, width: int) -> list[Problem]:
    if in_code := _bars_in_code(row):
        return in_code
    cells = split_row(row.text, row.start)
    counts = {"cells": str(len(cells)), "columns": str(width)}
    if len(cells) > width:
        column = cells[width].offset + 1
        return [problem_at(row.number, column, "structure-row-too-long", **counts)]
    if len(cells) < width:
        column = len(row.text.rstrip(" \t")) + 1
        return [problem_at(row.number, column, "structure-row-too-short", **counts)]
    return []


def _bars_in_code(row: Line) -> list[Problem]:
    """Report the bars that end a cell in the middle of code."""
    for code in _CODE.finditer(row.text, row.start):
        if bar := _BAR.search(code[2]):
            column = code.start(2) + bar.start() + 1
            return [problem_at(row.number, column, "structure-bar-in-code", code=code[2])]
    return []
