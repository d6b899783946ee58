"""A question's table becomes pairs: what is matched, or what is sorted under headings."""

from collections.abc import Sequence

from learn.authoring.document import Pair, Table
from learn.authoring.lines import Line
from learn.authoring.plain_text import normal_text
from learn.authoring.tables import Cell, split_row

WHY = "why"
"""The heading of the column that explains."""

_SENTENCE_ENDS = (".", "!", "?", "…", ":")
_MATCHED = 2


def is_matching(table: Table) -> bool:
    """Return whether a table has two columns, or a third one that explains."""
    return len(table.columns) - _has_why(table) == _MATCHED


def matching_pairs(table: Table, lines: Sequence[Line]) -> tuple[Pair, ...]:
    """Return a pair for each row; ``lines`` are those of the table."""
    pairs = []
    for number, cells in _rows(table, lines):
        left, right = cells[0], cells[1]
        if left.text or right.text:
            why = cells[2].text if len(cells) > _MATCHED else ""
            pairs.append(Pair(left.text, right.text, why, number, left.offset + 1))
    return tuple(pairs)


def sorting_columns(table: Table) -> tuple[str, ...]:
    """Return the headings that statements are sorted under."""
    return tuple(table.columns[at] for at in _heading_places(table))


def sorting_pairs(table: Table, lines: Sequence[Line]) -> tuple[Pair, ...]:
    """Return a pair for each cell that fits one heading only, and that is to be asked."""
    pairs: list[Pair] = []
    for number, cells in _rows(table, lines):
        aspect = cells[0].text
        if not _is_left_out(aspect):
            why = cells[-1].text if _has_why(table) else ""
            filled = {at: cells[at] for at in _heading_places(table) if cells[at].text}
            explanation = why or _row_sentence(table, aspect, filled)
            said = [_compared(cell.text) for cell in filled.values()]
            for at, cell in filled.items():
                if said.count(_compared(cell.text)) == 1:
                    left = f"{_label(aspect, ':')}{cell.text}"
                    column = cell.offset + 1
                    pairs.append(Pair(left, table.columns[at], explanation, number, column))
    return tuple(pairs)


def _rows(table: Table, lines: Sequence[Line]) -> list[tuple[int, list[Cell]]]:
    """Return the number and the cells of each row, as many as there are columns."""
    numbers, width = set(table.row_lines), len(table.columns)
    rows = []
    for line in lines:
        if line.number in numbers:
            cells = split_row(line.text, line.start)[:width]
            missing = [Cell("", len(line.text))] * (width - len(cells))
            rows.append((line.number, [*cells, *missing]))
    return rows


def _has_why(table: Table) -> bool:
    """Return whether the last column explains the row."""
    return len(table.columns) > _MATCHED and normal_text(table.columns[-1]) == WHY


def _heading_places(table: Table) -> list[int]:
    end = len(table.columns) - _has_why(table)
    return [at for at in range(1, end) if table.columns[at]]


def _is_left_out(aspect: str) -> bool:
    r"""Return whether an aspect ends with ``*`` that is no mark of emphasis and no ``\*``."""
    stars = aspect.count("*") - aspect.count("\\*")
    return aspect.endswith("*") and not aspect.endswith("\\*") and stars % 2 == 1


def _compared(cell: str) -> str:
    return normal_text(cell) or cell


def _label(aspect: str, end: str) -> str:
    """Return an aspect in bold with a sign after it and a space, or nothing without one."""
    plain = aspect.replace("**", "").strip()
    if not plain:
        return ""
    return f"**{plain}** " if plain.endswith(_SENTENCE_ENDS) else f"**{plain}{end}** "


def _row_sentence(table: Table, aspect: str, filled: dict[int, Cell]) -> str:
    """Return what the whole row says."""
    said = [
        f"{table.columns[at]}: {cell.text}{'' if cell.text.endswith(_SENTENCE_ENDS) else '.'}"
        for at, cell in filled.items()
    ]
    return _label(aspect, ".") + " ".join(said)
