"""What an answer will ask the database, as far as a worker guesses: see ``learn.models.ahead``."""

from django.http import HttpRequest

from learn.models.ahead import Answers, Foreseen
from quizzes.held import edition_in, foreseen_lesson
from quizzes.models import Scope
from quizzes.sittings import foreseen_questions
from quizzes.stored import attempt_in, foreseen_attempt, foreseen_card


def foreseen_answer(
    request: HttpRequest, learner: int, *, course: str, lesson: str, **_place: object
) -> list[Foreseen]:
    """Return what an answer to a question of a lesson's check will ask.

    ``learner`` is the key of the person that it is probably from.
    """
    held, published = foreseen_lesson(course, lesson)
    if held is None:
        return [published]
    token = request.POST.get("attempt", "").replace("\x00", "")
    attempt = foreseen_attempt(learner, held.lesson.pk, Scope.CHECK, token)
    version = request.POST.get("version")
    questions = (each.question_id for each in held.asked if each.code == version)
    cards = (foreseen_card(learner, question) for question in questions)
    return [published, attempt, *cards]


def foreseen_sitting(answers: Answers) -> list[Foreseen]:
    """Return what it will ask of the attempt that is among the answers to that."""
    attempt, edition = attempt_in(answers), edition_in(answers)
    return foreseen_questions(attempt, edition) if attempt and edition else []
