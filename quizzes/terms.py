"""READ: the terms of a lesson's quiz."""

from learn.models import Lesson
from quizzes.sittings import QuizTerms


def quiz_terms(lesson: Lesson) -> QuizTerms:
    """Return the terms of the lesson's quiz: its own, else the course's.

    ``course`` and ``live`` of the lesson must be loaded.
    """
    quiz = lesson.live.quiz if lesson.live else {}
    own = quiz.get("pass_mark")
    return QuizTerms(
        pass_mark=lesson.course.pass_mark if own is None else own,
        shuffle=lesson.course.shuffle and quiz.get("shuffle", True),
        tells_at_end=quiz.get("feedback") == "end",
        asks_certainty=bool(quiz.get("certainty")),
        pick=quiz.get("pick"),
    )
