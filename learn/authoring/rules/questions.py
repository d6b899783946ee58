"""QUESTIONS: each can be answered, and each is told apart from all others of the course."""

from collections.abc import Iterator

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem, Question
from learn.authoring.headings import HeadingLine
from learn.authoring.names import lesson_slug
from learn.authoring.plain_text import plain_text
from learn.authoring.rules.view import CourseView, Found
from learn.authoring.slug import Anchors


def check(view: CourseView) -> Found:
    """Yield what is wrong with the questions of the lessons."""
    seen: dict[str, tuple[str, int]] = {}
    taken = Anchors(_all_keys(view))
    for name, lesson in view.lessons.items():
        headings = {heading.line: heading for heading in lesson.reading.headings}
        for question in _questions(view, name):
            heading = headings.get(question.line)
            yield from ((name, problem) for problem in _of_question(question, heading))
            file, line = seen.setdefault(question.key, (name, question.line))
            if (file, line) != (name, question.line):
                wanted = taken.make(f"{lesson_slug(name)} {question.key}")
                where = "this file" if file == name else file
                yield name, _second_of_id(question, heading, where, line, wanted)


def _questions(view: CourseView, name: str) -> list[Question]:
    found = [one for quiz in view.lessons[name].document.quizzes for one in quiz.questions]
    return sorted(found, key=lambda question: question.line)


def _all_keys(view: CourseView) -> list[str]:
    return [question.key for name in view.lessons for question in _questions(view, name)]


def _second_of_id(
    question: Question, heading: HeadingLine | None, file: str, first: int, wanted: str
) -> Problem:
    column = heading.column_of("#") if heading else question.column
    values = {"key": question.key, "file": file, "first": str(first), "wanted": wanted}
    return problem_at(question.line, column, "question-duplicate-id", **values)


def _of_question(question: Question, heading: HeadingLine | None) -> Iterator[Problem]:
    place = (question.line, question.column)
    if not plain_text(question.stem):
        yield problem_at(*place, "question-empty-stem")
    if not question.key_is_explicit and (heading is None or "#" not in heading.listed.places):
        end = heading.listed.offset + 1 if heading else question.column
        yield problem_at(question.line, end, "question-without-id", key=question.key)
    if not any(choice.is_right for choice in question.choices):
        yield problem_at(*place, "question-no-right-choice")
    if len(question.choices) == 1:
        choice = question.choices[0]
        yield problem_at(choice.line, choice.column, "question-one-choice")
    yield from _choices(question)


def _choices(question: Question) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for choice in question.choices:
        text = " ".join(choice.text.split())
        if not text:
            yield problem_at(choice.line, choice.column, "question-empty-choice")
            continue
        first = seen.setdefault(text, choice.line)
        if first != choice.line:
            code = "question-repeated-choice"
            yield problem_at(choice.line, choice.column, code, first=str(first))
