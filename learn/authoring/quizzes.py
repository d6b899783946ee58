"""The quizzes of a file: sections, single questions, numbered questions and ``<quiz>`` tags."""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.codes import problem_at
from learn.authoring.document import Attributes, Problem, Question, Quiz
from learn.authoring.headings import HeadingLine, Section, find_headings, find_sections
from learn.authoring.lines import Kind, Line
from learn.authoring.names import lesson_slug
from learn.authoring.pieces import joined, match_box, raw_text
from learn.authoring.plain_text import normal_text, plain_text
from learn.authoring.questions import QuestionReading, Stem, TextAfter, read_question
from learn.authoring.shapes import KIND_CLASSES
from learn.authoring.slug import Anchors, slug
from learn.authoring.unasked import find_unasked

QUIZ_TITLE = gettext_noop("Knowledge check")
"""What a section is called that is a quiz without saying so, and what unnamed quizzes get."""

_NUMBERED = re.compile(
    r"(?:question[ \t.]*\d+[ \t]*[.:)–—-]*|q[ \t.]*\d+[ \t]*[.:)–—-]+)[ \t]*", re.IGNORECASE
)
# 'Q1 goals' may be a quarter and '3. Checklist' a section, so these must end in a question mark.
_PLAIN_NUMBER = re.compile(r"(?:q[ \t]*)?\d+[.)]?[ \t]+(?=.*\?$)", re.IGNORECASE)
_PERCENTAGE = re.compile(r"\d{1,3}", re.ASCII)
_LONGEST_KEY = 100
_MOST_LEVELS = 6
_ABOVE_STEM = (Kind.BLANK, Kind.COMMENT, Kind.FENCE, Kind.CODE)


@dataclass(frozen=True, slots=True)
class QuizReading:
    """The quizzes in order, the numbers of the lines they take, and what is wrong with them."""

    quizzes: tuple[Quiz, ...]
    lines: frozenset[int]
    problems: tuple[Problem, ...]


def find_quizzes(
    lines: Sequence[Line],
    headings: Sequence[HeadingLine],
    skipped: Collection[int],
    *,
    name: str,
) -> QuizReading:
    """Return the quizzes of a file. ``skipped`` are lines of definitions, which no quiz takes.

    ``name`` is the file's name; keys of questions without an id begin with its address, so that
    equal questions of two lessons stay apart.
    """
    finder = _Finder(lines, skipped)
    finder.take_tags()
    sections = find_sections(headings, lines[-1].number if lines else 0)
    for section in sections:
        finder.take_section(section)
    checks = [one for one in sections if _is_called_a_quiz(one.heading)]
    finder.problems += find_unasked(lines, finder.taken, checks)
    quizzes = _with_keys(finder.all_quizzes(), prefix=lesson_slug(name))
    return QuizReading(quizzes, frozenset(finder.taken), tuple(finder.problems))


class _Finder:
    """Goes through the sections of a file from top to bottom."""

    def __init__(self, lines: Sequence[Line], skipped: Collection[int]) -> None:
        self.taken: set[int] = set()
        self.problems: list[Problem] = []
        self._lines = lines
        self._first = lines[0].number if lines else 1
        self._skipped = skipped
        self._quizzes: list[Quiz] = []
        self._single: list[Question] = []

    def all_quizzes(self) -> list[Quiz]:
        """Return the quizzes that are sections, then one of all questions that stand alone."""
        if not self._single:
            return self._quizzes
        single = sorted(self._single, key=lambda question: question.line)
        first = single[0]
        rest = Quiz(
            QUIZ_TITLE, "", tuple(single), Attributes(), None, first.line, column=first.column
        )
        return [*self._quizzes, rest]

    def take_section(self, section: Section) -> None:
        """Read a section if it is a quiz or a question and not part of one."""
        heading = section.heading
        if heading.line in self.taken:
            return
        inside = self._untaken(heading.last_line + 1, section.last)
        if _is_quiz(heading, inside):
            self._take_quiz(section, inside)
        elif "question" in heading.attributes.classes:
            reading = self._read(heading, _until_question(inside), TextAfter.STAYS)
            self._take(section.first, max(heading.last_line, reading.last_line))
            self._keep_single(reading, is_quick=True)
        elif _is_numbered(heading, inside):
            self._take(section.first, section.last)
            self._keep_single(self._read(heading, inside, TextAfter.EXPLAINS))

    def take_tags(self) -> None:
        """Read the questions in ``<quiz>`` tags."""
        opened: Line | None = None
        for line in self._lines:
            if line.kind is not Kind.QUIZ_TAG:
                continue
            if not line.content.lstrip().startswith("</"):
                opened = opened or line
            elif opened is not None:
                self._take_tag(opened, line)
                opened = None
        if opened is not None:
            column = len(opened.text) - len(opened.text.lstrip(" \t")) + 1
            self.problems.append(problem_at(opened.number, column, "question-open-tag"))

    def _between(self, first: int, last: int) -> Sequence[Line]:
        return self._lines[first - self._first : last - self._first + 1]

    def _untaken(self, first: int, last: int) -> Sequence[Line]:
        """Return the lines without those of ``<quiz>`` tags, which are read first."""
        lines = self._between(first, last)
        return [line for line in lines if line.number not in self.taken] if self.taken else lines

    def _take(self, first: int, last: int) -> None:
        """Take lines out of the lesson's text. What they define for the whole file stays."""
        self.taken |= set(range(first, last + 1)) - set(self._skipped)

    def _read(
        self, heading: HeadingLine, lines: Sequence[Line], text_after: TextAfter
    ) -> QuestionReading:
        text = _NUMBERED.sub("", heading.text, count=1) if _NUMBERED.match(heading.text) else ""
        if not text and _PLAIN_NUMBER.match(heading.text):
            text = _PLAIN_NUMBER.sub("", heading.text, count=1)
        stem = Stem(
            text or heading.text,
            heading.attributes,
            heading.line,
            heading.column,
            text_after,
        )
        return read_question(stem, lines, self._skipped)

    def _keep_single(self, reading: QuestionReading, *, is_quick: bool = False) -> None:
        self.problems += reading.problems
        if reading.question:
            self._single.append(replace(reading.question, is_quick=is_quick))

    def _take_quiz(self, section: Section, inside: Sequence[Line]) -> None:
        heading = section.heading
        self._take(section.first, section.last)
        asked = _question_headings(heading, inside)
        introduction = [
            line
            for line in inside
            if not asked or line.number < asked[0].line
            if line.number not in self._skipped and line.kind is not Kind.COMMENT
        ]
        questions = []
        numbers = [line.number for line in inside]
        for at, one in enumerate(asked):
            last = asked[at + 1].line - 1 if at + 1 < len(asked) else section.last
            start, end = bisect_right(numbers, one.last_line), bisect_right(numbers, last)
            numbered = _NUMBERED.match(one.text)
            text_after = TextAfter.EXPLAINS if numbered else TextAfter.SLIPPED
            reading = self._read(one, inside[start:end], text_after)
            self.problems += reading.problems
            if reading.question:
                questions.append(reading.question)
        if not asked:
            marks = "#" * min(heading.level + 1, _MOST_LEVELS)
            self.problems.append(
                problem_at(heading.line, heading.column, "question-empty-quiz", marks=marks)
            )
        self._quizzes.append(_quiz(heading, questions, raw_text(introduction)))

    def _take_tag(self, opened: Line, closed: Line) -> None:
        self._take(opened.number, closed.number)
        inside = list(self._between(opened.number + 1, closed.number - 1))
        inside = [line for line in inside if line.kind is not Kind.QUIZ_TAG]
        stem_lines, rest = _split_stem(inside)
        first = stem_lines[0] if stem_lines else opened
        text = joined([line.text.strip(" \t") for line in stem_lines]).lstrip("#").strip()
        column = len(first.text) - len(first.text.lstrip(" \t#")) + 1
        stem = Stem(text, Attributes(), first.number, column, TextAfter.EXPLAINS)
        self._keep_single(read_question(stem, rest, self._skipped))


def _split_stem(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return the first paragraph or heading of a tag's lines, and all other lines.

    Code may stand above it.
    """
    start = 0
    while start < len(lines) and lines[start].kind in _ABOVE_STEM:
        start += 1
    end = start
    while end < len(lines) and lines[end].kind in (Kind.TEXT, Kind.HEADING):
        if lines[end].containers:
            break
        end += 1
        if lines[end - 1].kind is Kind.HEADING:
            break
    return lines[start:end], [*lines[:start], *lines[end:]]


def _question_headings(quiz: HeadingLine, inside: Sequence[Line]) -> list[HeadingLine]:
    """Return the headings one level below the quiz; of deeper ones only, the highest."""
    below = find_headings(inside)
    level = min((heading.level for heading in below), default=quiz.level + 1)
    return [heading for heading in below if heading.level == level]


def _is_quiz(heading: HeadingLine, inside: Sequence[Line]) -> bool:
    """Return whether a section is a quiz: by its class, or by its name and what is in it."""
    if "quiz" in heading.attributes.classes or not _is_called_a_quiz(heading):
        return "quiz" in heading.attributes.classes
    asked = _question_headings(heading, inside)
    return _has_boxes(inside) or any(_names_a_kind(one.attributes) for one in asked)


def _is_called_a_quiz(heading: HeadingLine) -> bool:
    return normal_text(heading.text) == normal_text(QUIZ_TITLE)


def _names_a_kind(attributes: Attributes) -> bool:
    return any(name in KIND_CLASSES or name == "question" for name in attributes.classes)


def _has_boxes(lines: Sequence[Line], marks: str = " x") -> bool:
    return any(
        line.opens(0, "item")
        and len(line.containers) == 1
        and (box := match_box(line)) is not None
        and box.mark in marks
        for line in lines
    )


def _is_numbered(heading: HeadingLine, inside: Sequence[Line]) -> bool:
    """Return whether a heading such as 'Q12. Which …?' stands over a list of choices.

    A mere number in front could be any section's, so there the list must have a right choice.
    """
    own = _until_heading(inside)
    if _NUMBERED.match(heading.text):
        return _has_boxes(own)
    return bool(_PLAIN_NUMBER.match(heading.text)) and _has_boxes(own, "x")


def _until_question(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines before the next heading that begins a quiz or a question of its own."""
    for heading in find_headings(lines):
        if {"quiz", "question"} & set(heading.attributes.classes):
            return [line for line in lines if line.number < heading.line]
    return lines


def _until_heading(lines: Sequence[Line]) -> Sequence[Line]:
    for at, line in enumerate(lines):
        if line.kind is Kind.HEADING and not line.containers:
            return lines[:at]
    return lines


def _quiz(heading: HeadingLine, questions: Sequence[Question], introduction: str) -> Quiz:
    attributes = heading.attributes
    written = attributes.options.get("pass", "")
    number = int(written) if _PERCENTAGE.fullmatch(written) else -1
    return Quiz(
        title=plain_text(heading.text) or QUIZ_TITLE,
        anchor=attributes.anchor or slug(plain_text(heading.text)),
        questions=tuple(questions),
        attributes=attributes,
        pass_mark=number if 0 <= number <= 100 else None,
        line=heading.line,
        introduction=introduction,
        column=heading.column,
    )


def _with_keys(quizzes: Sequence[Quiz], *, prefix: str) -> tuple[Quiz, ...]:
    """Give a key to each question that has no id."""
    written = [one.key for quiz in quizzes for one in quiz.questions if one.key]
    anchors = Anchors(written)
    return tuple(
        replace(quiz, questions=tuple(_with_key(one, anchors, prefix) for one in quiz.questions))
        for quiz in quizzes
    )


def _with_key(question: Question, anchors: Anchors, prefix: str) -> Question:
    if question.key_is_explicit:
        return question
    made = f"{prefix} {plain_text(question.stem) or 'question'}"[:_LONGEST_KEY]
    return replace(question, key=anchors.make(made))
