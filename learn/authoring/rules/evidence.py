"""What learners' answers say against a question, where there are enough of them.

The least numbers are those below which such a figure is chance: with 59 answers a choice that one
in twenty would pick is still unpicked once in twenty times.
"""

from collections.abc import Iterator

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem, Question
from learn.authoring.evidence import Evidence
from learn.authoring.rules.view import CourseView, Found
from quizzes.kinds.choice import choice_ids

LEAST_FOR_ORDER, LEAST_FOR_PICKS, LEAST_FOR_DIFFICULTY = 30, 60, 100
TOO_EASY, TOO_HARD = 0.95, 0.10


def check(view: CourseView) -> Found:
    """Yield what the answers say against the questions of the course."""
    for name, lesson in view.lessons.items():
        for quiz in lesson.document.quizzes:
            for question in quiz.questions:
                known = view.evidence.get(question.key)
                if known is not None:
                    yield from ((name, problem) for problem in _of_question(question, known))


def _of_question(question: Question, known: Evidence) -> Iterator[Problem]:
    answers, percent = str(known.answers), str(round(100 * known.facility))
    at_most = known.discrimination_at_most
    if known.answers >= LEAST_FOR_ORDER and at_most is not None and at_most < 0:
        right = next((choice.text for choice in question.choices if choice.is_right), "…")
        yield problem_at(
            question.line, 1, "evidence-stronger-do-worse", answers=answers, choice=right
        )
    if known.answers >= LEAST_FOR_PICKS:
        yield from _unpicked(question, known)
    if known.answers >= LEAST_FOR_DIFFICULTY and known.facility > TOO_EASY:
        yield problem_at(
            question.line, 1, "evidence-nearly-all-right", answers=answers, percent=percent
        )
    if known.answers >= LEAST_FOR_DIFFICULTY and known.facility < TOO_HARD:
        yield problem_at(
            question.line, 1, "evidence-nearly-all-wrong", answers=answers, percent=percent
        )


def _unpicked(question: Question, known: Evidence) -> Iterator[Problem]:
    if question.kind not in ("choose-one", "choose-all"):
        return
    ids = choice_ids(choice.text for choice in question.choices)
    for id_, choice in zip(ids, question.choices, strict=True):
        if not choice.is_right and not known.picked.get(id_):
            yield problem_at(
                choice.line, choice.column, "evidence-unpicked-choice", answers=str(known.answers)
            )
