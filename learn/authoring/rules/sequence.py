"""CRAFT, a lesson or a course at a time: where right choices stand, and how much is asked at once.

Sources as in ``craft``, and rule 10 of the learning rules: a check at the end of each lesson.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem, Question, Quiz
from learn.authoring.names import COURSE_FILE
from learn.authoring.reading import LessonReading
from learn.authoring.rules.view import CourseView, Found

MOST_IN_A_ROW = 10
"""Questions that one check may ask. Two or three after a section teach more than ten at the end."""

FEWEST_WORDS = 150
"""Words from which on a text is a lesson that deserves a question."""

_FEWEST_UNSHUFFLED = 4
_FEWEST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class _Fixed:
    """The questions of a file whose choices keep their order, and those with the right one first.

    ``first`` is the line and column of the first of the latter.
    """

    asked: int = 0
    right_first: int = 0
    first: tuple[int, int] = (1, 1)

    @property
    def is_telling(self) -> bool:
        """Whether somebody who always takes the first choice would be right in most of them."""
        return self.asked >= _FEWEST_UNSHUFFLED and self.right_first * 2 > self.asked


def check(view: CourseView) -> Found:
    """Yield what is wrong with the questions of a lesson, or of the course, taken together."""
    fixed = {name: _fixed(view, lesson) for name, lesson in view.lessons.items()}
    for name, one in fixed.items():
        if one.is_telling:
            yield name, _right_first(one, "this file")
    yield from _right_first_in_course(view, fixed)
    for name, lesson in view.lessons.items():
        for quiz in lesson.document.quizzes:
            for problem in _in_a_row(quiz, lesson):
                yield name, problem
    yield from _without_check(view)


def _fixed(view: CourseView, lesson: LessonReading) -> _Fixed:
    shuffles = view.course.document.facts.shuffle if view.course else True
    kept = [
        question
        for quiz in lesson.document.quizzes
        for question in quiz.questions
        if question.kind == "choose-one" and len(question.choices) >= _FEWEST_CHOICES
        if not _is_shuffled(question, quiz, shuffles)
    ]
    first = [question for question in kept if question.choices[0].is_right]
    place = (first[0].choices[0].line, first[0].choices[0].column) if first else (1, 1)
    return _Fixed(len(kept), len(first), place)


def _is_shuffled(question: Question, quiz: Quiz, usual: bool) -> bool:
    said = question.attributes.options.get("shuffle") or quiz.attributes.options.get("shuffle")
    return usual if said not in ("on", "off") else said == "on"


def _right_first(fixed: _Fixed, where: str) -> Problem:
    values = {"count": str(fixed.right_first), "of": str(fixed.asked), "where": where}
    return problem_at(*fixed.first, "craft-right-first", **values)


def _right_first_in_course(view: CourseView, fixed: Mapping[str, _Fixed]) -> Found:
    """Report a habit that shows only over several lessons, each with a few questions."""
    few = {name: one for name, one in fixed.items() if one.asked and not one.is_telling}
    asked = sum(one.asked for one in few.values())
    right_first = sum(one.right_first for one in few.values())
    together = _Fixed(asked, right_first)
    if len(few) > 1 and together.is_telling:
        name = next(name for name, one in few.items() if one.right_first)
        place = fixed[name].first
        if view.course and (entry := view.course.reading.front.entries.get("shuffle")):
            name, place = COURSE_FILE, (entry.line, entry.column)
        yield name, _right_first(_Fixed(asked, right_first, place), "this course")


def _in_a_row(quiz: Quiz, lesson: LessonReading) -> Iterator[Problem]:
    """Report a long section of questions in a lesson; a file of questions alone is a test."""
    is_section = bool(quiz.anchor) and "pick" not in quiz.attributes.options
    count = len(quiz.questions)
    if is_section and count > MOST_IN_A_ROW and lesson.document.words >= FEWEST_WORDS:
        values = {"count": str(count), "most": str(MOST_IN_A_ROW), "title": quiz.title}
        yield problem_at(quiz.line, quiz.column, "craft-many-in-a-row", **values)


def _without_check(view: CourseView) -> Found:
    """Report lessons that ask nothing, in a course that asks something elsewhere."""
    if view.course is None or not any(one.document.quizzes for one in view.lessons.values()):
        return
    for name, lesson in view.lessons.items():
        if not lesson.document.quizzes and lesson.document.words >= FEWEST_WORDS:
            title = lesson.reading.title
            place = (title.line, title.column) if title else (1, 1)
            yield name, problem_at(*place, "craft-lesson-without-check")
