"""What changed between two texts, for a person to see: line by line, and word by word in a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from learn.authoring.source_text import split_lines

Kind = Literal["same", "removed", "added", "folded"]

CONTEXT = 3
"""How many unchanged lines stand around a change."""

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.3
"""How much of two lines must be the same for a comparison word by word to say anything."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the comparison, with its number in the text before and after, if it is there.

    A ``folded`` line stands for ``hidden`` unchanged ones.
    """

    kind: Kind
    before: int | None
    after: int | None
    spans: tuple[Span, ...] = ()
    hidden: int = 0


def word_differences(before: str, after: str) -> list[DiffLine]:
    """Return how ``after`` differs from ``before``, unchanged passages folded.

    Line ends do not count. Texts that are the same give an empty list.
    """
    old, new = split_lines(before), split_lines(after)
    groups = SequenceMatcher(None, old, new).get_grouped_opcodes(CONTEXT)
    lines: list[DiffLine] = []
    shown = 0
    for group in groups:
        lines += _folded(group[0][1] - shown)
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                lines += _same(old[old_from:old_to], old_from, new_from)
            else:
                lines += _changed(old[old_from:old_to], new[new_from:new_to], old_from, new_from)
        shown = group[-1][2]
    return [*lines, *_folded(len(old) - shown)] if lines else []


def _folded(count: int) -> list[DiffLine]:
    """Return a line that stands for ``count`` unchanged ones, if there are any."""
    return [DiffLine("folded", None, None, hidden=count)] if count else []


def _same(lines: Sequence[str], before: int, after: int) -> Iterator[DiffLine]:
    """Yield unchanged lines; ``before`` and ``after`` count from 0."""
    for step, line in enumerate(lines, start=1):
        yield DiffLine("same", before + step, after + step, (Span("same", line),))


def _changed(old: Sequence[str], new: Sequence[str], before: int, after: int) -> Iterator[DiffLine]:
    """Yield lines that were replaced: each old one, and after it the new one in its place."""
    for step, (was, now) in enumerate(zip_longest(old, new), start=1):
        removed, added = _words(was, now)
        if was is not None:
            yield DiffLine("removed", before + step, None, removed)
        if now is not None:
            yield DiffLine("added", None, after + step, added)


def _words(was: str | None, now: str | None) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return both lines in spans; lines that have little in common are changed as a whole."""
    old, new = _WORD.findall(was or ""), _WORD.findall(now or "")
    matcher = SequenceMatcher(None, old, new)
    if was is None or now is None or matcher.ratio() < _ALIKE:
        return (Span("removed", was or ""),), (Span("added", now or ""),)
    removed: list[Span] = []
    added: list[Span] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        is_same = tag == "equal"
        if old_from < old_to:
            removed.append(Span("same" if is_same else "removed", "".join(old[old_from:old_to])))
        if new_from < new_to:
            added.append(Span("same" if is_same else "added", "".join(new[new_from:new_to])))
    return tuple(removed), tuple(added)
