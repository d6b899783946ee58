"""QUESTIONS: what each kind needs that is not a choice among choices."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from learn.authoring.codes import problem_at
from learn.authoring.document import Choice, Problem, Question
from learn.authoring.plain_text import normal_text, plain_text
from learn.authoring.rules.view import CourseView, Found
from quizzes.kinds.number import number_line
from quizzes.kinds.text import folded

_FEWEST = 2
# In '15 to 20 min' the rest after the number would be taken for a unit.
_NUMBER_IN_UNIT = re.compile(r"(?<![\w^])\d")

type _Line = tuple[str, int, int]
"""A text, its line and its column."""


def check(view: CourseView) -> Found:
    """Yield what is wrong with questions of each kind."""
    for name, lesson in view.lessons.items():
        for quiz in lesson.reading.quizzes:
            for question in quiz.questions:
                for problem in _CHECKS.get(question.kind, _choices)(question):
                    yield name, problem


def _choices(question: Question) -> Iterator[Problem]:
    """Choices have rules of their own."""
    del question
    yield from ()


def _typed(question: Question) -> Iterator[Problem]:
    yield from _nothing_accepted(question)
    is_exact = "exact" in question.attributes.classes
    said = {one.line: folded(plain_text(one.text), exact=is_exact) for one in question.choices}
    accepted = {said[one.line]: one.line for one in reversed(question.choices) if one.is_right}
    mistakes = [one for one in question.choices if not one.is_right]
    for one in mistakes:
        if said[one.line] in accepted and said[one.line]:
            yield _accepted_mistake(one, accepted[said[one.line]])
    lines = ((said[one.line], one.line, one.column) for one in mistakes)
    yield from _repeated(lines)


def _number(question: Question) -> Iterator[Problem]:
    yield from _nothing_accepted(question)
    accepted: list[tuple[dict[str, Any], int]] = []
    mistakes: list[tuple[dict[str, Any], Choice]] = []
    for choice in question.choices:
        read = _read_number(choice.text)
        if read is None:
            if choice.text.strip():
                place = (choice.line, choice.column)
                yield problem_at(*place, "question-not-a-number", text=choice.text)
        elif choice.is_right:
            accepted.append((read, choice.line))
        else:
            mistakes.append((read, choice))
    for mistake, choice in mistakes:
        first = next((line for right, line in accepted if _lies_within(mistake, right)), None)
        if first is not None:
            yield _accepted_mistake(choice, first)


def _read_number(text: str) -> dict[str, Any] | None:
    """Return the range that a line says, or None for no number."""
    try:
        read = number_line(text)
    except (ValueError, OverflowError):
        return None
    fits = read["low"] <= read["high"] and not _NUMBER_IN_UNIT.search(read["unit"])
    return read if fits else None


def _lies_within(inner: dict[str, Any], outer: dict[str, Any]) -> bool:
    same_unit: bool = inner["unit"].casefold() == outer["unit"].casefold()
    return same_unit and outer["low"] <= inner["low"] and inner["high"] <= outer["high"]


def _nothing_accepted(question: Question) -> Iterator[Problem]:
    if not any(choice.is_right for choice in question.choices):
        yield problem_at(question.line, question.column, "question-nothing-accepted")


def _accepted_mistake(choice: Choice, first: int) -> Problem:
    place = (choice.line, choice.column)
    return problem_at(*place, "question-mistake-accepted", first=str(first))


def _ordering(question: Question) -> Iterator[Problem]:
    if len(question.items) < _FEWEST:
        yield problem_at(question.line, question.column, "question-too-few-items")
    lines = [(" ".join(item.text.split()), item.line, item.column) for item in question.items]
    yield from _repeated(lines)


def _matching(question: Question) -> Iterator[Problem]:
    if len(question.pairs) < _FEWEST:
        yield problem_at(question.line, question.column, "question-too-few-pairs")
    for pair in question.pairs:
        if not pair.left or not pair.right:
            yield problem_at(pair.line, pair.column, "question-empty-part")
    yield from _repeated((pair.left, pair.line, pair.column) for pair in question.pairs)


def _sorting(question: Question) -> Iterator[Problem]:
    place = (question.line, question.column)
    if len(question.columns) < _FEWEST:
        yield problem_at(*place, "question-too-few-headings")
    elif len(question.pairs) < _FEWEST:
        yield problem_at(*place, "question-too-few-statements")
    for heading in _twice(question.columns):
        yield problem_at(*place, "question-repeated-heading", heading=heading)
    yield from _repeated((pair.left, pair.line, pair.column) for pair in question.pairs)


def _twice(headings: Sequence[str]) -> list[str]:
    names = [normal_text(heading) for heading in headings]
    return [one for at, one in enumerate(headings) if names[at] in names[:at]]


def _gaps(question: Question) -> Iterator[Problem]:
    for gap in question.gaps:
        if not gap.accepted:
            yield problem_at(gap.line, gap.column, "question-empty-gap")


def _repeated(lines: Iterable[_Line]) -> Iterator[Problem]:
    """Report each text that stood before; empty ones are reported as such."""
    seen: dict[str, int] = {}
    for text, line, column in lines:
        first = seen.setdefault(text, line)
        if text and first != line:
            yield problem_at(line, column, "question-repeated-line", first=str(first))


_CHECKS: dict[str, Callable[[Question], Iterator[Problem]]] = {
    "typed": _typed,
    "number": _number,
    "ordering": _ordering,
    "matching": _matching,
    "sorting": _sorting,
    "gaps": _gaps,
}
