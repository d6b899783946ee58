"""Paragraphs as the inline marks see them: text in one piece, with the place of every character."""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from learn.authoring.lines import Container, Kind, Line

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_READ = (Kind.TEXT, Kind.HEADING, Kind.HTML)


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of one paragraph, heading, table row or block of HTML.

    ``offsets`` says where each line begins in ``text``, ``places`` its number and start offset.
    """

    text: str
    offsets: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    is_html: bool

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of a character of ``text``."""
        at = bisect_right(self.offsets, offset) - 1
        number, start = self.places[at]
        return number, start + offset - self.offsets[at] + 1


def without_code(text: str) -> str:
    """Return a line with spaces in place of the code in it, so that all else keeps its column."""
    return _CODE.sub(lambda code: " " * len(code[0]), text)


def find_prose(lines: Sequence[Line], alone: Collection[int]) -> list[Prose]:
    """Return all text in which links may stand. Lines in ``alone`` are each read by themselves."""
    found: list[Prose] = []
    group: list[Line] = []
    for line in lines:
        if group and not _belongs(line, group[-1], alone):
            found.append(_prose(group))
            group = []
        if line.kind in _READ:
            group.append(line)
    if group:
        found.append(_prose(group))
    return found


def _belongs(line: Line, before: Line, alone: Collection[int]) -> bool:
    """Return whether two lines are of one paragraph."""
    if line.kind is not before.kind or line.kind is Kind.HEADING:
        return False
    if line.number in alone or before.number in alone or line.number != before.number + 1:
        return False
    return _same(line.containers, before.containers)


def _same(one: tuple[Container, ...], other: tuple[Container, ...]) -> bool:
    return one is other or one == other


def _prose(group: Sequence[Line]) -> Prose:
    pieces, offsets, places = [], [], []
    length = 0
    for line in group:
        pieces.append(line.content)
        offsets.append(length)
        places.append((line.number, line.start))
        length += len(line.content) + 1
    return Prose(
        "\n".join(pieces), tuple(offsets), tuple(places), is_html=group[0].kind is Kind.HTML
    )
