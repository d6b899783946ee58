"""Emphasis and strike-through: which runs of ``*``, ``_`` and ``~`` open and close what.

The rules are CommonMark's: a run opens if text follows it and closes if text stands before it; a
closing run takes the nearest opening one that fits. The work is linear, since for each kind of run
we remember how far down nothing was found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from learn.authoring.markup.elements import Node, element

DELIMITERS = "*_~"
_LONGEST_STRIKE = 2
_LONGEST_RUN = 30
_MOST_OPEN = 100
"""Beyond these, runs are text: the sanitiser's time grows with the square of the nesting."""


@dataclass(slots=True, eq=False)
class Run:
    """A run of one delimiter. ``left`` of its ``length`` characters are not used yet."""

    character: str
    length: int
    opens: bool
    closes: bool
    left: int = 0
    closed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)


type Token = Node | Run


def read_run(text: str, start: int) -> Run:
    """Return the run that begins at ``start``."""
    before, character = text[max(start - 1, 0) : start], text[start]
    end = start
    while end < len(text) and text[end] == character:
        end += 1
    length = end - start
    opens, closes = _flanks(before, text[end : end + 1])
    if character == "_":
        opens, closes = (
            opens and (not closes or _is_punctuation(before)),
            closes and (not opens or _is_punctuation(text[end : end + 1])),
        )
    if length > (_LONGEST_STRIKE if character == "~" else _LONGEST_RUN):
        opens = closes = False
    return Run(character, length, opens, closes, left=length)


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    """Return whether a run between two characters is left-flanking and right-flanking."""
    space_before, space_after = not before.strip(), not after.strip()
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    return left, right


def _is_punctuation(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "PS"


def resolve(tokens: Sequence[Token]) -> list[Node]:
    """Return tokens with their runs turned into elements or, where nothing fits, into text."""
    _pair([token for token in tokens if isinstance(token, Run)])
    return _fold(tokens)


def _pair(runs: Sequence[Run]) -> None:
    openers: list[Run] = []
    # For each kind of closer, the number of openers below which nothing fits.
    floors: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.closes and run.left:
            kind = (
                run.character,
                run.opens,
                run.length if run.character == "~" else run.length % 3,
            )
            index = _find_opener(openers, run, floors.get(kind, 0))
            if index < 0:
                floors[kind] = len(openers)
                break
            _use(openers[index], run)
            del openers[index + (1 if openers[index].left else 0) :]
            floors = {key: min(floor, len(openers)) for key, floor in floors.items()}
        if run.opens and run.left and len(openers) < _MOST_OPEN:
            openers.append(run)


def _find_opener(openers: Sequence[Run], closer: Run, floor: int) -> int:
    for index in range(len(openers) - 1, floor - 1, -1):
        if openers[index].character == closer.character and _fit(openers[index], closer):
            return index
    return -1


def _fit(opener: Run, closer: Run) -> bool:
    if closer.character == "~":
        return opener.left == closer.left
    if not (opener.closes or closer.opens) or closer.length % 3 == 0 == opener.length % 3:
        return True
    return (opener.length + closer.length) % 3 != 0


def _use(opener: Run, closer: Run) -> None:
    count = min(opener.left, closer.left, 2)
    tag = "del" if closer.character == "~" else ("em", "strong")[count - 1]
    opener.opened.append(tag)
    closer.closed.append(tag)
    opener.left -= count
    closer.left -= count


def _fold(tokens: Iterable[Token]) -> list[Node]:
    """Build elements from the tags that the runs close and open."""
    content: list[Node] = []
    outer: list[list[Node]] = []
    for token in tokens:
        if not isinstance(token, Run):
            content.append(token)
            continue
        for tag in token.closed:
            closed = element(tag, content)
            content = outer.pop()
            content.append(closed)
        content.append(token.character * token.left)
        for _ in token.opened:
            outer.append(content)
            content = []
    return content
