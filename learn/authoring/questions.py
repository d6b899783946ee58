"""A section of a file becomes a question: stem, body, what is answered, hints, explanations."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from learn.authoring.choices import ChoiceDraft, draft_choice, draft_item, glued_boxes
from learn.authoring.codes import problem_at
from learn.authoring.document import Attributes, Pair, Problem, Question
from learn.authoring.gaps import GapReader, holds_gap, is_gap_quote, open_gaps, without_gaps
from learn.authoring.lines import Kind, Line
from learn.authoring.pieces import (
    Piece,
    PieceKind,
    hint_texts,
    is_callout,
    is_hint,
    quote_text,
    raw_text,
    split_pieces,
)
from learn.authoring.placing import matching_pairs, sorting_columns, sorting_pairs
from learn.authoring.shapes import KIND_CLASSES, Answer, Shape, end_of_text, find_shape

_ONLY_LINKS = re.compile(
    r"(?:[-*+\d.,;\s]*+!?\[[^\[\]]*+\]\([^()\s]*+(?:\([^()]*+\))?+[^()\s]*+\))++[\s.,;]*+"
)
_ONLY_PICTURES = re.compile(r"(?:!\[[^\[\]]*+\]\([^()]*+\)(?:\{[^{}]*+\})?+\s*+)*+")


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
    ends_early = stem.text_after is TextAfter.STAYS
    pieces = split_pieces(lines, skipped)
    shape = find_shape(lines, pieces, stem.attributes.classes, ends_early=ends_early)
    reader = _Reader(stem, shape)
    question = reader.read()
    problems = (*reader.problems, *glued_boxes(lines))
    if any(problem.code == "question-glued-box" for problem in problems):
        problems = tuple(one for one in problems if one.code != "question-no-choices")
    return QuestionReading(question, reader.last_line, problems)


class _Reader:
    """Puts one question together from its pieces."""

    def __init__(self, stem: Stem, shape: Shape) -> None:
        self.problems: list[Problem] = []
        self.last_line = stem.line
        self._stem = stem
        self._pieces = shape.pieces
        self._answer = shape.answer
        self._drafts: list[ChoiceDraft] = []
        self._pairs: tuple[Pair, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._gaps = GapReader()
        self._hints: list[str] = []
        self._explanations: list[str] = []

    def read(self) -> Question | None:
        """Return the question, or None after saying why there is none."""
        answer = self._answer
        if (answer is None or not answer.kind) and holds_gap(self._stem.text):
            answer = Answer("gaps", 0, -1)
        if answer is None or not answer.kind:
            self._report_no_kind(answer)
            return None
        if answer.kind == "gaps":
            return self._read_gaps(answer)
        body = raw_text(self._body_lines(self._pieces[: answer.first]))
        self._take_answer(answer)
        self._take_after(answer.last)
        return self._question(answer.kind, body)

    def _question(self, kind: str, body: str = "", gap_text: str = "") -> Question:
        stem = self._stem
        is_ordering = kind == "ordering"
        gaps = self._gaps.gaps()
        self.problems += self._gaps.problems
        return Question(
            key=stem.attributes.anchor,
            key_is_explicit=bool(stem.attributes.anchor),
            stem=without_gaps(stem.text) if kind == "gaps" else stem.text,
            body=body,
            choices=() if is_ordering else tuple(draft.choice() for draft in self._drafts),
            hints=tuple(self._hints),
            explanation="\n\n".join(text for text in self._explanations if text),
            attributes=stem.attributes,
            line=stem.line,
            column=stem.column,
            kind=kind,
            items=tuple(draft.item() for draft in self._drafts) if is_ordering else (),
            pairs=self._pairs,
            columns=self._columns,
            gaps=gaps,
            gap_text=gap_text,
        )

    def _read_gaps(self, answer: Answer) -> Question:
        """Return a question whose answers stand in its text; a gap in the stem is one too."""
        stem = self._stem
        last = answer.last
        if stem.text_after is TextAfter.SLIPPED:
            last = end_of_text(self._pieces, last)
        texts = []
        if holds_gap(stem.text):
            texts.append(self._gaps.take(stem.text, lambda _: (stem.line, stem.column)))
        lines = self._gaps.take_lines(self._body_lines(self._pieces[: last + 1]))
        texts.append(raw_text(lines))
        self._take_after(last)
        return self._question("gaps", gap_text="\n\n".join(text for text in texts if text))

    def _take_answer(self, answer: Answer) -> None:
        """Take the block that is answered."""
        if answer.table is None:
            for piece in self._pieces[answer.first : answer.last + 1]:
                self._take_middle(piece, answer.kind)
            return
        table, lines = answer.table.table, self._pieces[answer.first].lines
        if answer.kind == "sorting":
            self._columns = sorting_columns(table)
            self._pairs = sorting_pairs(table, lines)
        else:
            self._pairs = matching_pairs(table, lines)

    def _take_after(self, last: int) -> None:
        """Take what stands after the block that is answered."""
        if last >= 0:
            self.last_line = self._pieces[last].last.number
        self._take_tail(self._pieces[last + 1 :])

    def _take_middle(self, piece: Piece, kind: str) -> None:
        """Take a piece between the first line that is answered and the last."""
        if piece.kind is PieceKind.QUOTE:
            self._take_quote(piece)
        elif piece.kind is PieceKind.LOOSE:
            self._take_between(piece.lines)
        elif kind == "ordering":
            self._drafts.append(draft_item(piece))
        else:
            draft, problems = draft_choice(piece)
            self._drafts.append(draft)
            self.problems += problems

    def _take_between(self, lines: Sequence[Line]) -> None:
        """Give code and pictures to the choice above; text belongs to no choice and explains."""
        while lines and lines[0].kind is Kind.FENCE:
            lines = self._take_loose_code(lines)
        text = raw_text(lines)
        if _ONLY_PICTURES.fullmatch(text):
            self._drafts[-1].add_loose(lines)
        else:
            self._explanations.append(text)
            self._report_text(lines)

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
                text += self._take_loose_code(piece.lines)
            elif piece.kind is not PieceKind.QUOTE or self._is_of_lesson(piece):
                text += piece.lines
            else:
                self._take_text_after(text)
                text = []
                self._take_quote_after(piece)
            if self._stem.text_after is TextAfter.STAYS and text:
                return
        self._take_text_after(text)

    def _is_of_lesson(self, piece: Piece) -> bool:
        """Return whether a quote is a callout of the text that goes on after a quick check."""
        return self._stem.text_after is TextAfter.STAYS and is_callout(piece)

    def _take_quote_after(self, piece: Piece) -> None:
        self.last_line = piece.last.number
        if is_hint(piece):
            self._hints += hint_texts(piece)
        elif self._explains_gap(piece):
            self._gaps.take_quote(piece)
        else:
            self._explanations.append(quote_text(piece.lines, 1))

    def _belongs_to_last_choice(self, piece: Piece) -> bool:
        """Return whether loose code is the last choice's, as it is under each choice before it."""
        before = self._drafts[:-1]
        begins_code = piece.kind is PieceKind.LOOSE and piece.first.kind is Kind.FENCE
        return begins_code and bool(before) and all(draft.has_loose_code for draft in before)

    def _take_loose_code(self, lines: Sequence[Line]) -> list[Line]:
        """Give the code block at the beginning to the last choice; return what is left."""
        fences = [n for n, line in enumerate(lines) if line.kind is Kind.FENCE]
        end = fences[1] + 1 if len(fences) > 1 else len(lines)
        self._drafts[-1].add_loose(lines[:end])
        self.last_line = lines[end - 1].number
        rest = list(lines[end:])
        while rest and rest[0].kind is Kind.BLANK:
            rest.pop(0)
        return rest

    def _take_text_after(self, lines: Sequence[Line]) -> None:
        text = raw_text(lines)
        self._explanations.append(text)
        slipped = self._stem.text_after is TextAfter.SLIPPED
        if text and slipped and not _ONLY_LINKS.fullmatch(text):
            self._report_text(lines)

    def _report_text(self, lines: Sequence[Line]) -> None:
        """Say of text between or after the choices that it is shown with the explanation."""
        line = next(line for line in lines if line.kind not in (Kind.BLANK, Kind.RULE))
        column = len(line.text) - len(line.text.lstrip(" \t")) + 1
        words = line.text.strip()
        problem = problem_at(line.number, column, "question-text-after-choices", text=words)
        self.problems.append(problem)

    def _explains_gap(self, piece: Piece) -> bool:
        no_blanks = self._answer is not None and self._answer.kind not in ("", "gaps")
        return not no_blanks and is_gap_quote(piece)

    def _body_lines(self, pieces: Sequence[Piece]) -> list[Line]:
        """Return the lines of the question's text, without hints and explanations of gaps."""
        kept: list[Line] = []
        for piece in pieces:
            if is_hint(piece):
                self._hints += hint_texts(piece)
            elif self._explains_gap(piece):
                self._gaps.take_quote(piece)
            else:
                kept += piece.lines
                continue
            # The paragraphs around what is left out stay apart.
            if kept and kept[-1].kind is not Kind.BLANK:
                kept += [line for line in piece.lines[-1:] if line.kind is Kind.BLANK]
        return kept

    def _report_no_kind(self, block: Answer | None) -> None:
        """Say why this is no question; what cannot be asked is taken out of the lesson's text."""
        stem = self._stem
        if stem.text_after is not TextAfter.STAYS and self._pieces:
            self.last_line = self._pieces[-1].last.number
        elif block is not None:
            self._take_after(block.last)
        loose = [piece for piece in self._pieces if piece.kind is not PieceKind.QUOTE]
        opened = open_gaps([line for piece in loose for line in piece.lines])
        says_kind = any(name in KIND_CLASSES for name in stem.attributes.classes)
        if opened:
            self.problems += opened
        elif block is not None or says_kind:
            self.problems.append(problem_at(stem.line, stem.column, "question-kind-not-asked"))
        else:
            self.problems.append(problem_at(stem.line, stem.column, "question-no-choices"))
