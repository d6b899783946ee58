"""A section of a file becomes a question: stem, body, choices, hints and explanations."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from learn.authoring.choices import ChoiceDraft, draft_choice
from learn.authoring.codes import problem_at
from learn.authoring.document import Attributes, Problem, Question
from learn.authoring.lines import Kind, Line
from learn.authoring.pieces import (
    Piece,
    PieceKind,
    hint_texts,
    is_hint,
    quote_text,
    raw_text,
    split_pieces,
)
from learn.authoring.tables import find_tables

CLASS_KINDS = {
    "typed": "type the answer",
    "exact": "type the answer",
    "number": "type a number",
    "sort": "sort under a heading",
    "compare": "sort under a heading",
    "decide": "decide",
}
_GAP = re.compile(r"\[\[[^\[\]]+\]\]")
_GLUED = re.compile(r"[ \t]*([-+*])(\[[ xX]?\][ \t].*)")
_ONLY_LINKS = re.compile(
    r"(?:[-*+\d.\s]*!?\[[^\[\]]*\]\([^()\s]*(?:\([^()]*\))?[^()\s]*\)[\s.,;]*)+"
)


class TextAfter(Enum):
    """What text after the choices is: the habit's way to explain, a slip, or the lesson's text."""

    EXPLAINS = auto()
    SLIPPED = auto()
    STAYS = auto()


@dataclass(frozen=True, slots=True)
class Stem:
    """What is asked and where: a heading, or the first paragraph in a ``<quiz>`` tag."""

    text: str
    attributes: Attributes
    line: int
    column: int
    text_after: TextAfter = TextAfter.SLIPPED


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """A question, or None where it cannot be asked; the last line that belongs to it."""

    question: Question | None
    last_line: int
    problems: tuple[Problem, ...]


def read_question(stem: Stem, lines: Sequence[Line], skipped: Collection[int]) -> QuestionReading:
    """Return the question that ``stem`` and the lines below it are. Its key is the author's id.

    ``skipped`` are the numbers of lines that define something for the whole file.
    """
    reader = _Reader(stem, split_pieces(lines, skipped))
    question = reader.read()
    problems = (*reader.problems, *_glued_boxes(lines))
    if any(problem.code == "question-glued-box" for problem in problems):
        problems = tuple(one for one in problems if one.code != "question-no-choices")
    return QuestionReading(question, reader.last_line, problems)


class _Reader:
    """Puts one question together from its pieces."""

    def __init__(self, stem: Stem, pieces: list[Piece]) -> None:
        self.problems: list[Problem] = []
        self.last_line = stem.line
        self._stem = stem
        self._pieces = pieces
        self._drafts: list[ChoiceDraft] = []
        self._hints: list[str] = []
        self._explanations: list[str] = []

    def read(self) -> Question | None:
        """Return the question, or None after saying why there is none."""
        named = next(
            (CLASS_KINDS[n] for n in self._stem.attributes.classes if n in CLASS_KINDS), ""
        )
        first, last = self._choice_range()
        if named or first is None:
            self._report_other_kind(named)
            return None
        body = self._read_body(self._pieces[:first])
        for piece in self._pieces[first : last + 1]:
            self._take_middle(piece)
        self.last_line = self._pieces[last].last.number
        self._take_tail(self._pieces[last + 1 :])
        return self._question(body)

    def _question(self, body: str) -> Question:
        stem = self._stem
        return Question(
            key=stem.attributes.anchor,
            key_is_explicit=bool(stem.attributes.anchor),
            stem=stem.text,
            body=body,
            choices=tuple(draft.choice() for draft in self._drafts),
            hints=tuple(self._hints),
            explanation="\n\n".join(text for text in self._explanations if text),
            attributes=stem.attributes,
            line=stem.line,
            column=stem.column,
        )

    def _choice_range(self) -> tuple[int | None, int]:
        """Return the first and last piece of the list of choices, items without boxes included."""
        at = [n for n, piece in enumerate(self._pieces) if piece.kind is PieceKind.CHOICE]
        if not at:
            return None, 0
        first, last = at[0], at[-1]
        while first > 0 and not self._pieces[first].follows_gap:
            if self._pieces[first - 1].kind is not PieceKind.ITEM:
                break
            first -= 1
        while last + 1 < len(self._pieces) and not self._pieces[last + 1].follows_gap:
            if self._pieces[last + 1].kind is PieceKind.LOOSE:
                break
            last += 1
        return first, last

    def _take_middle(self, piece: Piece) -> None:
        """Take a piece between the first choice and the last."""
        if piece.kind in (PieceKind.CHOICE, PieceKind.ITEM):
            draft, problems = draft_choice(piece)
            self._drafts.append(draft)
            self.problems += problems
        elif piece.kind is PieceKind.QUOTE:
            self._take_quote(piece)
        else:
            self._drafts[-1].add_loose(piece.lines)

    def _take_quote(self, piece: Piece) -> None:
        """Take a quote that is not set in: the explanation of the choice above it."""
        if is_hint(piece):
            self._hints += hint_texts(piece)
            return
        line = piece.first
        if piece.follows_gap:
            column = len(line.text) - len(line.text.lstrip(" \t")) + 1
            self.problems.append(problem_at(line.number, column, "explanation-detached"))
        self._drafts[-1].explanations.append(quote_text(piece.lines, 1))

    def _take_tail(self, pieces: Sequence[Piece]) -> None:
        """Take what stands after the choices: hints and the explanation of the whole question."""
        text: list[Line] = []
        for at, piece in enumerate(pieces):
            if at == 0 and self._belongs_to_last_choice(piece):
                text += self._take_loose_code(piece)
            elif piece.kind is not PieceKind.QUOTE:
                text += piece.lines
            else:
                self._take_text_after(text)
                text = []
                self._take_quote_after(piece)
            if self._stem.text_after is TextAfter.STAYS and text:
                return
        self._take_text_after(text)

    def _take_quote_after(self, piece: Piece) -> None:
        self.last_line = piece.last.number
        if is_hint(piece):
            self._hints += hint_texts(piece)
        else:
            self._explanations.append(quote_text(piece.lines, 1))

    def _belongs_to_last_choice(self, piece: Piece) -> bool:
        """Return whether loose code is the last choice's, as it is under each choice before it."""
        before = self._drafts[:-1]
        begins_code = piece.kind is PieceKind.LOOSE and piece.first.kind is Kind.FENCE
        return begins_code and bool(before) and all(draft.has_loose_code for draft in before)

    def _take_loose_code(self, piece: Piece) -> list[Line]:
        """Give the code block at the beginning to the last choice; return what is left."""
        fences = [n for n, line in enumerate(piece.lines) if line.kind is Kind.FENCE]
        end = fences[1] + 1 if len(fences) > 1 else len(piece.lines)
        self._drafts[-1].add_loose(piece.lines[:end])
        self.last_line = piece.lines[end - 1].number
        rest = piece.lines[end:]
        while rest and rest[0].kind is Kind.BLANK:
            rest.pop(0)
        return rest

    def _take_text_after(self, lines: Sequence[Line]) -> None:
        text = raw_text(lines)
        self._explanations.append(text)
        slipped = self._stem.text_after is TextAfter.SLIPPED
        if text and slipped and not _ONLY_LINKS.fullmatch(text):
            line = next(line for line in lines if line.kind not in (Kind.BLANK, Kind.RULE))
            words = line.text.strip()
            column = len(line.text) - len(line.text.lstrip(" \t")) + 1
            problem = problem_at(line.number, column, "question-text-after-choices", text=words)
            self.problems.append(problem)

    def _read_body(self, pieces: Sequence[Piece]) -> str:
        """Return what stands before the choices, without the hints."""
        kept: list[Line] = []
        for piece in pieces:
            if is_hint(piece):
                self._hints += hint_texts(piece)
            else:
                kept += piece.lines
        return raw_text(kept)

    def _report_other_kind(self, named: str) -> None:
        """Say why this is no question with choices."""
        if self._pieces:
            self.last_line = self._pieces[-1].last.number
        kind = named or self._kind_by_shape()
        stem = self._stem
        if kind:
            problem = problem_at(stem.line, stem.column, "question-kind-not-asked", kind=kind)
        else:
            problem = problem_at(stem.line, stem.column, "question-no-choices")
        self.problems.append(problem)

    def _kind_by_shape(self) -> str:
        items = [piece for piece in self._pieces if piece.kind is PieceKind.ITEM]
        numbered = [one for one in items if one.container and one.container.name[:1].isdigit()]
        if len(numbered) > 1:
            return "put in order"
        lines = [line for piece in self._pieces for line in piece.lines]
        tables, _ = find_tables(lines)
        if tables:
            sorts = "sort" in tables[0].table.attributes.classes
            return CLASS_KINDS["sort"] if sorts else "match"
        texts = [self._stem.text, *(line.content for line in lines if line.kind is Kind.TEXT)]
        return "fill the gaps" if any(_GAP.search(text) for text in texts) else ""


def _glued_boxes(lines: Sequence[Line]) -> list[Problem]:
    """Report ``-[ ] choice``, which is no list item because the space is missing."""
    problems = []
    for line in lines:
        found = _GLUED.match(line.content) if line.kind is Kind.TEXT else None
        if found:
            column = line.start + found.start(1) + 1
            stub = f"{found[1]} {found[2]}"
            problems.append(problem_at(line.number, column, "question-glued-box", stub=stub))
    return problems
