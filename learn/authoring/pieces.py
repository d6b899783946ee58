"""A question's lines in pieces: choices, quotes, other list items, and whatever else there is."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from learn.authoring.lines import Container, Kind, Line

# What a code host shows as a box, and what people write for it. `[x](address)` is a link.
_BOX = re.compile(r"\[([ xX])\](?=[ \t]|$)")
_ODD_BOX = re.compile(r"\[[ \t]*([xX]?)[ \t]*\](?![(\[:])")
_HINT = re.compile(r"(\*\*|__)hint(?:[ \t]*\d+)?[ \t]*[.:]?\1[.:]?[ \t]*", re.IGNORECASE)
_BLANK_TOP = re.compile(r"\A(?:[ \t]*+\n)++")
_CALLOUT = re.compile(r"\[!\w+\]")


class PieceKind(Enum):
    """What a piece is."""

    CHOICE = auto()
    ITEM = auto()
    QUOTE = auto()
    LOOSE = auto()


@dataclass(slots=True)
class Piece:
    """Lines that belong together. ``follows_gap`` says that a blank line stands before them."""

    kind: PieceKind
    follows_gap: bool
    container: Container | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """The line it begins with."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The last line that is not blank."""
        return next(line for line in reversed(self.lines) if line.kind is not Kind.BLANK)


@dataclass(frozen=True, slots=True)
class Box:
    """The brackets before a choice: ``mark`` is ``x`` or a space, ``end`` where its text begins."""

    mark: str
    written: str
    start: int
    end: int
    is_odd: bool


def match_box(line: Line) -> Box | None:
    """Return the box that a list item begins with, or None."""
    start = line.starts[min(1, len(line.starts) - 1)]
    while line.text[start : start + 1] in (" ", "\t"):
        start += 1
    found = _BOX.match(line.text, start)
    odd = found or _ODD_BOX.match(line.text, start)
    if not odd:
        return None
    end = odd.end()
    while line.text[end : end + 1] in (" ", "\t"):
        end += 1
    return Box(odd[1].strip().lower() or " ", odd[0], start, end, is_odd=found is None)


def split_pieces(lines: Sequence[Line], skipped: Collection[int]) -> list[Piece]:
    """Return the pieces of some lines. ``skipped`` numbers the lines that define something."""
    pieces: list[Piece] = []
    gap = True
    for line in lines:
        if line.number in skipped or line.kind is Kind.COMMENT:
            continue
        if line.kind is Kind.BLANK:
            gap = True
            if pieces:
                pieces[-1].lines.append(line)
            continue
        top = line.containers[0] if line.containers else None
        kind = _kind_of(line, top)
        if not pieces or not _goes_on(pieces[-1], kind, top):
            pieces.append(Piece(kind, gap, top))
        pieces[-1].lines.append(line)
        gap = False
    return pieces


def _kind_of(line: Line, top: Container | None) -> PieceKind:
    if top is None or top.kind not in ("item", "quote"):
        return PieceKind.LOOSE
    if top.kind == "quote":
        return PieceKind.QUOTE
    begins = line.opens(0, "item") and len(line.containers) == 1 and match_box(line)
    return PieceKind.CHOICE if begins else PieceKind.ITEM


def _goes_on(piece: Piece, kind: PieceKind, top: Container | None) -> bool:
    if piece.kind is PieceKind.LOOSE:
        return kind is PieceKind.LOOSE
    return piece.container is top


def is_hint(piece: Piece) -> bool:
    """Return whether a quote begins as a hint."""
    return piece.kind is PieceKind.QUOTE and bool(_HINT.match(piece.first.inside(1)))


def is_callout(piece: Piece) -> bool:
    """Return whether a quote is a callout."""
    return piece.kind is PieceKind.QUOTE and bool(_CALLOUT.match(piece.first.inside(1)))


def hint_texts(piece: Piece) -> list[str]:
    """Return the hints in a quote: each paragraph that begins as one begins another."""
    hints: list[list[str]] = []
    for line in piece.lines:
        text = line.inside(1)
        if found := _HINT.match(text):
            hints.append([text[found.end() :]])
        else:
            hints[-1].append(text)
    return [joined(hint) for hint in hints]


def quote_text(lines: Sequence[Line], depth: int) -> str:
    """Return what a quote says, as Markdown; a callout stays a quote, or it would be none."""
    texts = [line.inside(depth) for line in lines]
    if texts and _CALLOUT.match(texts[0]):
        texts = [f"> {text}".rstrip() for text in joined(texts).split("\n")]
    return joined(texts)


def raw_text(lines: Sequence[Line]) -> str:
    """Return lines as they stand in the file, without rules at their ends."""
    kept = list(lines)
    while kept and kept[-1].kind in (Kind.BLANK, Kind.RULE):
        kept.pop()
    while kept and kept[0].kind in (Kind.BLANK, Kind.RULE):
        kept.pop(0)
    return joined([line.text for line in kept])


def joined(texts: Sequence[str]) -> str:
    """Return lines as one text without blank lines at its ends."""
    return _BLANK_TOP.sub("", "\n".join(texts)).rstrip()
