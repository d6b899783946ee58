"""READ: where a question stands, so that a page can lead back to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.models import Question, Role


@dataclass(frozen=True, slots=True)
class Place:
    """The title of a question's lesson, and the address of the part of it that tells the answer.

    ``language`` is the course's.
    """

    title: str
    language: str
    url: str


def places_of(questions: Iterable[int]) -> dict[int, Place]:
    """Return the place of each question whose lesson is published, by its id. One query."""
    found = Question.objects.in_published_lessons().filter(pk__in=list(questions))
    return {question.pk: _place(question) for question in found}


def _place(question: Question) -> Place:
    """Return the place of a question whose lesson, course, live revision and table are loaded."""
    lesson = question.lesson
    title = lesson.live.title if lesson.live else lesson.slug
    return Place(title, lesson.course.language, lesson.get_absolute_url() + _anchor(question))


def _anchor(question: Question) -> str:
    """Return the part of the lesson's page; the questions of a check belong to no part."""
    if question.table is not None:
        return f"#{question.table.key}"
    return f"#page-quick-{question.key}" if question.role == Role.QUICK else ""
