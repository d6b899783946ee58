"""QUESTIONS: each can be answered, and each is told apart from all others of the course."""

from collections.abc import Iterator

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem, Question
from learn.authoring.headings import HeadingLine
from learn.authoring.names import ascii_slug, lesson_slug
from learn.authoring.plain_text import plain_text
from learn.authoring.reading import LessonReading
from learn.authoring.rules.view import CourseView, Found
from learn.authoring.slug import LONGEST_ID, Anchors, may_be_id

_CHOOSING = ("choose-one", "choose-all")


def check(view: CourseView) -> Found:
    """Yield what is wrong with the questions of the lessons."""
    seen: dict[str, tuple[str, int]] = {}
    taken = Anchors(_all_keys(view))
    for name, lesson in view.lessons.items():
        headings = {heading.line: heading for heading in lesson.reading.headings}
        for question in _questions(view, name):
            heading = headings.get(question.line)
            yield from ((name, problem) for problem in _of_question(question, heading))
            if _lacks_id(question, heading):
                yield name, _without_id(question, heading, taken)
            file, line = seen.setdefault(question.key, (name, question.line))
            if (file, line) != (name, question.line):
                wanted = taken.make(f"{lesson_slug(name)} {question.key}")
                where = "this file" if file == name else file
                yield name, _second_of_id(question, heading, where, line, wanted)
        yield from ((name, problem) for problem in _second_quizzes(lesson))


def _second_quizzes(lesson: LessonReading) -> Iterator[Problem]:
    """A lesson has one check; the sections after the first one are joined to it."""
    sections = [
        quiz
        for quiz in lesson.reading.quizzes
        if quiz.anchor and any(not one.is_quick for one in quiz.questions)
    ]
    for quiz in sections[1:]:
        values = {"first": str(sections[0].line), "title": quiz.title}
        yield problem_at(quiz.line, quiz.column, "question-second-quiz", **values)


def _questions(view: CourseView, name: str) -> list[Question]:
    found = [one for quiz in view.lessons[name].reading.quizzes for one in quiz.questions]
    return sorted(found, key=lambda question: question.line)


def _all_keys(view: CourseView) -> list[str]:
    return [question.key for name in view.lessons for question in _questions(view, name)]


def _second_of_id(
    question: Question, heading: HeadingLine | None, file: str, first: int, wanted: str
) -> Problem:
    place = heading.place_of("#") if heading else (question.line, question.column)
    values = {"key": question.key, "file": file, "first": str(first), "wanted": wanted}
    return problem_at(*place, "question-duplicate-id", **values)


def _of_question(question: Question, heading: HeadingLine | None) -> Iterator[Problem]:
    place = (question.line, question.column)
    if not plain_text(question.stem):
        yield problem_at(*place, "question-empty-stem")
    if question.kind in _CHOOSING:
        yield from _choosing(question)
    yield from _empty_choices(question)


def _lacks_id(question: Question, heading: HeadingLine | None) -> bool:
    return not question.key_is_explicit and (heading is None or "#" not in heading.listed.places)


def _without_id(question: Question, heading: HeadingLine | None, taken: Anchors) -> Problem:
    """Suggest the id that answers are kept under, or one like it that may be written."""
    key, place = question.key, (question.line, question.column)
    if not may_be_id(key):
        wanted = ascii_slug(key) or "question"
        key = taken.make(wanted if may_be_id(wanted) else f"question-{wanted}"[:LONGEST_ID])
    end = (heading.listed_line, heading.listed.offset + 1) if heading else place
    return problem_at(*end, "question-without-id", key=key)


def _choosing(question: Question) -> Iterator[Problem]:
    if not any(choice.is_right for choice in question.choices):
        yield problem_at(question.line, question.column, "question-no-right-choice")
    if len(question.choices) == 1:
        choice = question.choices[0]
        yield problem_at(choice.line, choice.column, "question-one-choice")
    seen: dict[str, int] = {}
    for choice in question.choices:
        text = " ".join(choice.text.split())
        first = seen.setdefault(text, choice.line)
        if text and first != choice.line:
            code = "question-repeated-choice"
            yield problem_at(choice.line, choice.column, code, first=str(first))


def _empty_choices(question: Question) -> Iterator[Problem]:
    for choice in question.choices:
        if not choice.text.strip():
            yield problem_at(choice.line, choice.column, "question-empty-choice")
