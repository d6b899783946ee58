"""EXPLANATIONS: whoever chooses wrongly learns why. The course says how strictly it is judged."""

from collections.abc import Iterator

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem, Question
from learn.authoring.plain_text import normal_text
from learn.authoring.rules.view import CourseView, Found

_VERDICTS = frozenset(
    {
        "bad answer",
        "false",
        "incorrect",
        "incorrect answer",
        "no",
        "nope",
        "no this is incorrect",
        "no this is wrong",
        "not correct",
        "not right",
        "not true",
        "sorry",
        "sorry incorrect",
        "sorry wrong",
        "that is false",
        "that is incorrect",
        "that is not correct",
        "that is wrong",
        "that's incorrect",
        "that's wrong",
        "this answer is incorrect",
        "this answer is wrong",
        "this choice is wrong",
        "this is false",
        "this is incorrect",
        "this is not correct",
        "this is wrong",
        "try again",
        "wrong",
        "wrong answer",
        "wrong try again",
    }
)


def check(view: CourseView) -> Found:
    """Yield what is wrong with explanations."""
    for name, lesson in view.lessons.items():
        for quiz in lesson.reading.quizzes:
            for question in quiz.questions:
                for problem in _of_question(question):
                    yield name, problem


def _of_question(question: Question) -> Iterator[Problem]:
    wrong = [choice for choice in question.choices if not choice.is_right]
    said = [normal_text(choice.explanation) for choice in wrong]
    same = len(wrong) > 1 and bool(said[0]) and len(set(said)) == 1
    for choice, words in zip(wrong, said, strict=True):
        place = (choice.line, choice.column)
        if not choice.explanation.strip():
            yield problem_at(*place, "explanation-missing")
        elif words.replace(",", "").replace(".", "").replace("!", "") in _VERDICTS:
            yield problem_at(*place, "explanation-only-verdict", verdict="wrong")
        elif words and words == normal_text(choice.text):
            yield problem_at(*place, "explanation-repeats-choice")
        elif same and choice is wrong[0]:
            yield problem_at(*place, "explanation-same")
