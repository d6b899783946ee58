"""FACTS: a figure in the answer to a question stands somewhere in what the learner has read."""

import re
from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname, join, normpath

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem, Question
from learn.authoring.figures import Figure, find_figures, numbers_in
from learn.authoring.reading import LessonReading
from learn.authoring.rules.view import CourseView, Found
from learn.authoring.wording import spoken

FEWEST_WORDS = 50
"""Words that a file needs to be a lesson: a file of questions alone has no text to look in."""

_FILE_LINK = re.compile(r"\]\(([^()\s#]+\.md)(?:#[^()\s]*)?\)")
_PAGE_LINK = re.compile(r"https?://", re.IGNORECASE)
_CALCULATION = 2


class _Text:
    """What a lesson says besides its questions, and its figures."""

    def __init__(self, lesson: LessonReading) -> None:
        document = lesson.document
        self._text = "\n".join((document.facts.summary, document.body, document.definitions))
        self.words = document.words

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return find_figures(self._text)

    @cached_property
    def numbers(self) -> set[float]:
        return numbers_in(self._text)


def check(view: CourseView) -> Found:
    """Yield the figures of right answers and explanations that no text carries.

    Not asked about: questions with a source of their own, in an attribute or behind a link, and
    calculations, whose own text holds two numbers or more.
    """
    texts = {name: _Text(lesson) for name, lesson in view.lessons.items()}
    for name, lesson in view.lessons.items():
        if texts[name].words < FEWEST_WORDS:
            continue
        for quiz in lesson.document.quizzes:
            for question in quiz.questions:
                for problem in _of_question(question, name, texts):
                    yield name, problem


def _of_question(question: Question, name: str, texts: dict[str, _Text]) -> Iterator[Problem]:
    figures = [
        (figure, line, column)
        for text, line, column in _said(question)
        for figure in find_figures(spoken(text))
    ]
    if not figures or _has_source(question):
        return
    if len(numbers_in(f"{question.stem}\n{question.body}")) >= _CALCULATION:
        return
    read = [texts[name], *_linked(question, name, texts)]
    for figure, line, column in figures:
        carried = any(
            figure.value in one.numbers or any(figure.equals(other) for other in one.figures)
            for one in read
        )
        if not carried:
            values = {"figure": figure.written}
            yield problem_at(line, column, "fact-figure-without-source", **values)
            return


def _said(question: Question) -> Iterator[tuple[str, int, int]]:
    """Yield what the question says is true, with the place it is reported at."""
    for choice in question.choices:
        if choice.is_right:
            yield choice.text, choice.line, choice.column
            yield choice.explanation, choice.line, choice.column
    for gap in question.gaps:
        yield "\n".join(gap.accepted[:1]), gap.line, gap.column
    yield question.explanation, question.line, question.column


def _has_source(question: Question) -> bool:
    texts = [question.explanation, *(one.explanation for one in question.choices if one.is_right)]
    return "source" in question.attributes.options or any(map(_PAGE_LINK.search, texts))


def _linked(question: Question, name: str, texts: dict[str, _Text]) -> list[_Text]:
    """Return the other lessons that the explanations lead to."""
    explanations = (question.explanation, *(one.explanation for one in question.choices))
    found = (link for text in explanations for link in _FILE_LINK.findall(text))
    targets = {normpath(join(dirname(name), path)) for path in found}
    return [texts[target] for target in targets if target in texts]
