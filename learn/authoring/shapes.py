"""The shape of a question's body: which of its blocks is answered, and what kind that makes it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from learn.authoring.gaps import lines_hold_gap
from learn.authoring.lines import Kind, Line
from learn.authoring.pieces import Piece, PieceKind, match_box
from learn.authoring.placing import is_matching
from learn.authoring.tables import TableReading, find_tables

TYPED_CLASSES = {"typed": "typed", "exact": "typed", "number": "number"}
"""Classes of a heading that say how its task list is meant."""

SORT_CLASS = "sort"
KIND_CLASSES = (*TYPED_CLASSES, SORT_CLASS)
"""Classes that a heading has only as a question."""

_FEWEST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The block that is answered: its first and last piece. No ``kind``: it could be of several."""

    kind: str
    first: int
    last: int
    table: TableReading | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The pieces of a question's body, and the block among them that is answered, or None."""

    pieces: list[Piece]
    answer: Answer | None


def find_shape(
    lines: Sequence[Line], pieces: list[Piece], classes: Collection[str], *, ends_early: bool
) -> Shape:
    """Return what is answered below a heading with these classes.

    ``pieces`` are those of ``lines``. The block is the last that can be answered, or the first if
    text of the lesson may follow: then the question ``ends_early``.
    """
    typed = next((TYPED_CLASSES[name] for name in classes if name in TYPED_CLASSES), "")
    if any(piece.kind is PieceKind.CHOICE for piece in pieces):
        return Shape(pieces, _choices(pieces, typed, ends_early=ends_early))
    if typed:
        return Shape(pieces, None)
    tables = {one.lines[0]: one for one in find_tables(lines)[0]}
    pieces = _split_blocks(pieces, tables)
    blocks = _Blocks(pieces, tables, sorts=SORT_CLASS in classes)
    return Shape(pieces, blocks.first() if ends_early else blocks.last())


def end_of_text(pieces: Sequence[Piece], last: int) -> int:
    """Return the last piece of the text that goes on after a piece, up to a quote."""
    while last + 1 < len(pieces) and pieces[last + 1].kind is not PieceKind.QUOTE:
        last += 1
    return last


def _choices(pieces: Sequence[Piece], typed: str, *, ends_early: bool) -> Answer:
    """Return the list of choices, items without boxes included."""
    at = [n for n, piece in enumerate(pieces) if piece.kind is PieceKind.CHOICE]
    if ends_early:
        end = next((n for n in range(at[0], len(pieces)) if _is_text(pieces[n])), len(pieces))
        at = [n for n in at if n < end]
    first, last = at[0], at[-1]
    while first > 0 and not pieces[first].follows_gap:
        if pieces[first - 1].kind is not PieceKind.ITEM:
            break
        first -= 1
    while last + 1 < len(pieces) and not pieces[last + 1].follows_gap:
        if pieces[last + 1].kind is PieceKind.LOOSE:
            break
        last += 1
    boxes = [match_box(pieces[n].first) for n in at]
    right = sum(box is not None and box.mark == "x" for box in boxes)
    return Answer(typed or ("choose-all" if right > 1 else "choose-one"), first, last)


def _is_text(piece: Piece) -> bool:
    """Return whether a piece is text that no choice can hold, unlike code below one."""
    return piece.kind is PieceKind.LOOSE and piece.first.kind is not Kind.FENCE


class _Blocks:
    """The blocks of a body without a task list."""

    def __init__(
        self, pieces: Sequence[Piece], tables: Mapping[int, TableReading], *, sorts: bool
    ) -> None:
        self._pieces = pieces
        self._tables = tables
        self._sorts = sorts

    def first(self) -> Answer | None:
        """Return the first block that can be answered; text with gaps goes on while it has some."""
        found = self._all()
        told = [at for at, block in enumerate(found) if block.kind]
        if not told:
            return found[0] if found else None
        end = told[0]
        if found[end].kind == "gaps":
            while end + 1 < len(found) and self._goes_on(found[end], found[end + 1]):
                end += 1
        return Answer(found[end].kind, found[told[0]].first, found[end].last, found[end].table)

    def last(self) -> Answer | None:
        """Return the last block that can be answered; text goes on after one with gaps."""
        found = self._all()
        return next(
            (block for block in reversed(found) if block.kind), found[-1] if found else None
        )

    def _goes_on(self, block: Answer, following: Answer) -> bool:
        return following.kind == "gaps" and following.first == block.last + 1

    def _all(self) -> list[Answer]:
        found: list[Answer] = []
        at = 0
        while at < len(self._pieces):
            block = self._at(at)
            at = block.last + 1 if block else at + 1
            if block and not (self._sorts and block.table is None):
                found.append(block)
        return found

    def _at(self, at: int) -> Answer | None:
        """Return the block that begins with a piece, if it may be answered."""
        piece = self._pieces[at]
        if piece.kind is PieceKind.QUOTE:
            return None
        table = self._tables.get(piece.first.number) if piece.kind is PieceKind.LOOSE else None
        last = self._end_of_list(at) if _is_numbered(piece) else at
        if table is not None and self._sorts_under(table):
            return Answer("sorting", at, at, table)
        held = [one for one in self._pieces[at : last + 1] if one.kind is not PieceKind.QUOTE]
        if any(lines_hold_gap(one.lines) for one in held):
            return Answer("gaps", at, last)
        if _is_numbered(piece):
            return Answer("ordering", at, last)
        if table is None or len(table.table.columns) < _FEWEST_COLUMNS:
            return None
        return Answer("matching" if is_matching(table.table) else "", at, at, table)

    def _sorts_under(self, table: TableReading) -> bool:
        return self._sorts or SORT_CLASS in table.table.attributes.classes

    def _end_of_list(self, first: int) -> int:
        """Return the last piece of a numbered list; quotes between its items belong to it."""
        last = first
        for at in range(first + 1, len(self._pieces)):
            piece = self._pieces[at]
            if _is_numbered(piece):
                if at > last + 1 and _number(piece) == 1:
                    break
                last = at
            elif piece.kind is not PieceKind.QUOTE:
                break
            elif at == last + 1 and not piece.follows_gap:
                last = at
        return last


def _is_numbered(piece: Piece) -> bool:
    return piece.kind is PieceKind.ITEM and bool(_digits(piece))


def _digits(piece: Piece) -> str:
    name = piece.container.name[:-1] if piece.container else ""
    return name if name.isdecimal() else ""


def _number(piece: Piece) -> int:
    return int(_digits(piece))


def _split_blocks(pieces: Sequence[Piece], tables: Mapping[int, TableReading]) -> list[Piece]:
    """Return the pieces with loose text apart in its blocks: paragraphs, tables, code."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind is PieceKind.LOOSE:
            found += _blocks_of(piece, tables)
        else:
            found.append(piece)
    return found


def _blocks_of(piece: Piece, tables: Mapping[int, TableReading]) -> list[Piece]:
    blocks: list[Piece] = []
    table = range(0)
    gap = piece.follows_gap
    for line in piece.lines:
        in_table = line.number in table
        begins = not blocks or (gap and line.kind is not Kind.BLANK)
        if line.number in tables:
            table = tables[line.number].lines
            begins = True
        elif in_table:
            begins = False
        elif blocks and line.number == table.stop:
            begins = line.kind is not Kind.BLANK
        if begins:
            blocks.append(Piece(PieceKind.LOOSE, gap, None))
        blocks[-1].lines.append(line)
        gap = line.kind is Kind.BLANK
    return blocks
