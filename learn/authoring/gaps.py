"""The gaps in a question's text: ``[[15 minutes|15 min]]``, outside code."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from learn.authoring.codes import problem_at
from learn.authoring.document import Gap, Problem
from learn.authoring.lines import Kind, Line
from learn.authoring.pieces import Piece, PieceKind, joined
from learn.authoring.prose import Prose

GAP_OPEN, GAP_CLOSE = "\ue000", "\ue001"
"""Around a gap's number in the Markdown of a text with gaps."""

_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
# A picture `![[a.png]]`, a footnote `[[^1]]` and a link `[[1]](address)` are no gaps.
_GAP = re.compile(r"(?<![\\!])\[\[(?!\^)((?:\\.|[^\[\]\\])*+)\]\](?!\()", re.DOTALL)
_OPEN = re.compile(r"(?<![\\!\[])\[\[(?![\[^])[^\[\]]*+(?!\]\])(?!\][^\[\]]*+\]\()")
_BAR = re.compile(r"\\?\|")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IN_BACKTICKS = re.compile(r"(`+)(?!`) ?(.*?) ?(?<!`)\1", re.DOTALL)
_GAP_QUOTE = re.compile(r"(\*\*|__)gap[ \t]*(\d{1,4})[ \t]*[.:]?\1[.:]?[ \t]*", re.IGNORECASE)
_READ = (Kind.TEXT, Kind.HEADING)
_COVER = "\ufffd"
_STEM_GAP = "…"

type Place = Callable[[int], tuple[int, int]]
"""Tells line and column of an offset in a text."""


def holds_gap(text: str) -> bool:
    """Return whether there is a gap in a paragraph's Markdown."""
    return "[[" in text and _GAP.search(_covered(text)) is not None


def lines_hold_gap(lines: Sequence[Line]) -> bool:
    """Return whether there is a gap in any of the paragraphs."""
    return any(holds_gap(prose.text) for _, prose in _paragraphs(lines) if prose)


def without_gaps(text: str) -> str:
    """Return a stem with its gaps left open, or it would give the answer away."""
    covered = _covered(text)
    for gap in reversed(list(_GAP.finditer(covered))):
        text = text[: gap.start()] + _STEM_GAP + text[gap.end() :]
    return text


class GapReader:
    """Takes the gaps out of one text after the other and numbers them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._found: list[tuple[tuple[str, ...], int, int]] = []
        self._explanations: dict[int, tuple[str, Line]] = {}

    def take_lines(self, lines: Sequence[Line]) -> list[Line]:
        """Return the lines with marks for gaps; lines of one paragraph may become one."""
        taken: list[Line] = []
        for group, prose in _paragraphs(lines):
            if prose and "[[" in prose.text:
                taken.append(replace(group[0], text=self.take(prose.text, prose.place)))
            else:
                taken += group
        return taken

    def take(self, text: str, place: Place) -> str:
        """Return a paragraph's Markdown with marks for gaps; report what was meant as one."""
        covered = _covered(text)
        pieces, end = [], 0
        for gap in _GAP.finditer(covered):
            pieces.append(text[end : gap.start()])
            self._found.append((_accepted(text, covered, gap), *place(gap.start())))
            pieces.append(f"{GAP_OPEN}{len(self._found)}{GAP_CLOSE}")
            end = gap.end()
        rest = _GAP.sub(lambda gap: _COVER * len(gap[0]), covered)
        for opened in _OPEN.finditer(rest):
            self.problems.append(problem_at(*place(opened.start()), "question-open-gap"))
        return "".join([*pieces, text[end:]])

    def take_quote(self, piece: Piece) -> None:
        """Take the explanations in a quote: each paragraph that names a gap begins another."""
        said: dict[int, tuple[list[str], Line]] = {}
        number = 0
        for line in piece.lines:
            text = line.inside(1)
            if found := _GAP_QUOTE.match(text):
                number, text = int(found[2]), text[found.end() :]
                said.setdefault(number, ([], line))
            said[number][0].append(text)
        for number, (texts, line) in said.items():
            before = self._explanations.get(number, ("", line))[0]
            whole = "\n\n".join(text for text in (before, joined(texts)) if text)
            self._explanations[number] = (whole, line)

    def gaps(self) -> tuple[Gap, ...]:
        """Return the gaps with their explanations; report an explanation of no gap."""
        for number, (_, line) in self._explanations.items():
            if not 1 <= number <= len(self._found):
                column = len(line.text) - len(line.inside(1)) + 1
                values = {"number": str(number), "count": str(len(self._found))}
                code = "question-unknown-gap"
                self.problems.append(problem_at(line.number, column, code, **values))
        return tuple(
            Gap(accepted, self._explanations.get(number, ("",))[0], line, column)
            for number, (accepted, line, column) in enumerate(self._found, start=1)
        )


def is_gap_quote(piece: Piece) -> bool:
    """Return whether a quote begins as the explanation of a gap."""
    return piece.kind is PieceKind.QUOTE and bool(_GAP_QUOTE.match(piece.first.inside(1)))


def open_gaps(lines: Sequence[Line]) -> list[Problem]:
    """Report the gaps that are never closed."""
    reader = GapReader()
    reader.take_lines(lines)
    return reader.problems


def _paragraphs(lines: Sequence[Line]) -> list[tuple[list[Line], Prose | None]]:
    """Return the lines in groups, each that is read as one text with that text."""
    found: list[tuple[list[Line], Prose | None]] = []
    for (kind, _), group in groupby(lines, key=lambda line: (line.kind, line.containers)):
        held = list(group)
        found.append((held, _prose(held) if kind in _READ else None))
    return found


def _prose(lines: Sequence[Line]) -> Prose:
    """Return whole lines as one text, with what stands before their content."""
    offsets, length = [], 0
    for line in lines:
        offsets.append(length)
        length += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    places = tuple((line.number, 0) for line in lines)
    return Prose(text, tuple(offsets), places, is_html=False)


def _covered(text: str) -> str:
    """Return text of the same length in which nothing in code can be taken for a mark."""
    return _CODE.sub(lambda code: _COVER * len(code[0]), text)


def _accepted(text: str, covered: str, gap: re.Match[str]) -> tuple[str, ...]:
    """Return the texts between the bars of a gap, without the marks of code and escapes."""
    accepted, start = [], gap.start(1)
    ends = [*((bar.start(), bar.end()) for bar in _BAR.finditer(covered, start, gap.end(1)))]
    for end, following in [*ends, (gap.end(1), gap.end())]:
        written = " ".join(text[start:end].split())
        code = _IN_BACKTICKS.fullmatch(written)
        accepted.append(code[2] if code else _ESCAPE.sub(r"\1", written))
        start = following
    return tuple(dict.fromkeys(one for one in accepted if one))
