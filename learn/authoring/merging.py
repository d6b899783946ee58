"""Two edits of one text put together, line by line; where they meet, both are kept and marked.

The method is diff3: lines that all three texts have in common divide them into chunks, and a chunk
that only one side changed is taken from that side (S. Khanna, K. Kunal and B. C. Pierce, 'A Formal
Investigation of Diff3', 2007). It is written here because the one package that does it, `merge3`,
is under the GPL.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

MINE, BEFORE, BETWEEN, THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
"""What the lines begin with around two edits that met, as in every version control."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands after the marks, so that a person knows which text is whose."""

    mine: str = "mine"
    base: str = "before"
    theirs: str = "theirs"


@dataclass(frozen=True, slots=True)
class Merge:
    """The text put together; ``is_clean`` says that no two edits met in it."""

    text: str
    is_clean: bool


class _Chunk(NamedTuple):
    """Lines of the three texts that belong together."""

    base: Sequence[str]
    mine: Sequence[str]
    theirs: Sequence[str]


DEFAULT_LABELS = Labels()


def merge_texts(base: str, mine: str, theirs: str, labels: Labels = DEFAULT_LABELS) -> Merge:
    """Return ``mine`` and ``theirs``, which were both made from ``base``, as one text.

    Where both changed the same lines, both versions and the lines before stand between marks.
    Lines keep their ends as they are.
    """
    end = "\r\n" if "\r\n" in mine else "\n"
    pieces: list[str] = []
    is_clean = True
    for chunk in _chunks(_lines(base), _lines(mine), _lines(theirs)):
        if chunk.mine in (chunk.theirs, chunk.base):
            pieces += chunk.theirs
        elif chunk.theirs == chunk.base:
            pieces += chunk.mine
        else:
            is_clean = False
            pieces += _marked(chunk, labels, end)
    return Merge("".join(pieces), is_clean)


def _lines(text: str) -> list[str]:
    """Return the lines with their ends, at which only line feeds count."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _chunks(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[_Chunk]:
    """Yield the texts in pieces: a line that all have, or lines that some side changed."""
    in_mine, in_theirs = _places(base, mine), _places(base, theirs)
    shared = [(at, in_mine[at], in_theirs[at]) for at in in_mine if at in in_theirs]
    start = (0, 0, 0)
    for place in [*shared, (len(base), len(mine), len(theirs))]:
        b, m, t = (slice(a, z) for a, z in zip(start, place, strict=True))
        yield _Chunk(base[b], mine[m], theirs[t])
        b, m, t = (slice(at, at + 1) for at in place)
        yield _Chunk(base[b], mine[m], theirs[t])
        start = (place[0] + 1, place[1] + 1, place[2] + 1)


def _places(base: list[str], other: list[str]) -> dict[int, int]:
    """Return for the lines of ``base`` that are still in ``other`` where they stand there."""
    blocks = SequenceMatcher(None, base, other).get_matching_blocks()
    return {one.a + step: one.b + step for one in blocks for step in range(one.size)}


def _marked(chunk: _Chunk, labels: Labels, end: str) -> Iterator[str]:
    """Yield both versions of a chunk between marks, each mark on a line of its own."""
    yield f"{MINE} {labels.mine}{end}"
    yield from _ended(chunk.mine, end)
    yield f"{BEFORE} {labels.base}{end}"
    yield from _ended(chunk.base, end)
    yield f"{BETWEEN}{end}"
    yield from _ended(chunk.theirs, end)
    yield f"{THEIRS} {labels.theirs}{end}"


def _ended(lines: Sequence[str], end: str) -> Iterator[str]:
    """Yield the lines; a last one without an end gets one."""
    for line in lines:
        yield line if line.endswith("\n") else line + end
