"""A list item becomes a choice or a step: its text, and the quote that explains it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from learn.authoring.codes import problem_at
from learn.authoring.document import Choice, Item, Problem
from learn.authoring.lines import Kind, Line
from learn.authoring.pieces import Piece, joined, match_box, quote_text, raw_text

_GLUED = re.compile(r"[ \t]*([-+*])(\[[ xX]?\][ \t].*)")


@dataclass(slots=True)
class ChoiceDraft:
    """A choice while it is put together. ``has_loose_code`` tells of code that is not set in."""

    line: int
    column: int
    is_right: bool
    texts: list[str] = field(default_factory=list)
    explanations: list[str] = field(default_factory=list)
    has_loose_code: bool = False

    def add_loose(self, lines: Sequence[Line]) -> None:
        """Add lines that stand below the choice without being set in."""
        begins_code = any(line.kind is Kind.FENCE for line in lines[:1])
        self.has_loose_code = self.has_loose_code or begins_code
        self.texts = [joined(self.texts), "", raw_text(lines)]

    def choice(self) -> Choice:
        """Return the choice."""
        text, explanation = self._texts()
        return Choice(text, self.is_right, explanation, self.line, self.column)

    def item(self) -> Item:
        """Return what is to be put in order."""
        return Item(*self._texts(), self.line, self.column)

    def _texts(self) -> tuple[str, str]:
        """Return text and explanation."""
        return joined(self.texts), "\n\n".join(text for text in self.explanations if text)


def draft_choice(piece: Piece) -> tuple[ChoiceDraft, list[Problem]]:
    """Return the choice that a list item is; one without a box is taken for a wrong choice."""
    line = piece.first
    box = match_box(line)
    if box is None:
        text, column = line.inside(1), line.starts[1] + 1
        problems = [problem_at(line.number, column, "question-choice-without-box", text=text)]
        is_right = False
    else:
        text, column = line.text[box.end :], min(box.end, len(line.text)) + 1
        values = {"box": box.written, "mark": box.mark}
        odd = problem_at(line.number, box.start + 1, "question-odd-box", **values)
        problems = [odd] if box.is_odd else []
        is_right = box.mark == "x"
    draft = ChoiceDraft(line.number, column, is_right, [text])
    _fill(draft, piece.lines[1:])
    return draft, problems


def draft_item(piece: Piece) -> ChoiceDraft:
    """Return the item of an ordered list that a list item is."""
    line = piece.first
    column = min(line.starts[1], len(line.text)) + 1
    draft = ChoiceDraft(line.number, column, is_right=True, texts=[line.inside(1)])
    _fill(draft, piece.lines[1:])
    return draft


def _fill(draft: ChoiceDraft, lines: Sequence[Line]) -> None:
    """Sort the other lines of a list item into the choice's text and its explanation."""
    quoted: list[Line] = []
    for line in lines:
        if len(line.containers) > 1 and line.containers[1].kind == "quote":
            if quoted and quoted[-1].containers[1] is not line.containers[1]:
                draft.explanations.append(quote_text(quoted, 2))
                quoted = []
            quoted.append(line)
        elif line.kind is not Kind.COMMENT:
            draft.texts.append(line.inside(1))
    draft.explanations.append(quote_text(quoted, 2))


def glued_boxes(lines: Sequence[Line]) -> list[Problem]:
    """Report ``-[ ] choice``, which is no list item because the space is missing."""
    problems = []
    for line in lines:
        found = _GLUED.match(line.content) if line.kind is Kind.TEXT else None
        if found:
            column = line.start + found.start(1) + 1
            stub = f"{found[1]} {found[2]}"
            problems.append(problem_at(line.number, column, "question-glued-box", stub=stub))
    return problems
