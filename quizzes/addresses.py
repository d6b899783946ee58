"""Where the questions of a check are, and where 'Next' leads."""

from django.urls import reverse

from learn.models import Lesson
from quizzes.sittings import AskedQuestion, Sitting


def question_address(lesson: Lesson, position: int) -> str:
    """Return the address of the question at ``position``."""
    return reverse("quizzes:question", args=[lesson.course.slug, lesson.slug, position])


def next_address(sitting: Sitting, asked: AskedQuestion) -> str:
    """Return where 'Next' leads: what is open, then what is to be relearned, then the result."""
    following = sitting.after(asked)
    if following is not None:
        address = question_address(sitting.lesson, following.position)
        return f"{address}?again" if following.responses else address
    return sitting.attempt.get_absolute_url() if sitting.attempt else ""
