"""Where an attempt takes place: a lesson's check, a review or a drill, each with its own pages."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404

from learn.http import HtmxHttpRequest
from learn.models import Lesson
from quizzes.addresses import Addresses, check_addresses
from quizzes.asked import AskedQuestion
from quizzes.envelope import Envelope
from quizzes.finding import attempt_to_answer, foreseen_sitting, present_sitting
from quizzes.models import Attempt
from quizzes.places import Place
from quizzes.sittings import Sitting


def untold(_asked: AskedQuestion) -> Place | None:
    """Return nothing: where a question stands is plain from where it is asked."""
    return None


def nothing_foreseen(_request: HtmxHttpRequest) -> Sitting:
    """Raise ``Http404``: no first answer begins an attempt there."""
    raise Http404


class Stage(NamedTuple):
    """What the pages of questions need to know of the attempt they belong to.

    ``title`` and ``url`` are those of what the attempt is about: above the question they lead back.
    ``language`` is that of the title, empty for the page's own.
    ``present`` finds the person's attempt, or what the first answer would begin; ``attempt_for``
    the one that a form belongs to, None where the first answer begins what is ``foreseen``. All may
    raise ``Http404``. ``origin_of`` tells where a question
    stands once it is answered. ``lesson`` is the one whose knowledge check this is.
    """

    title: str
    url: str
    addresses: Addresses
    present: Callable[[HtmxHttpRequest], Sitting]
    attempt_for: Callable[[HtmxHttpRequest, Envelope], Attempt | None]
    foreseen: Callable[[HtmxHttpRequest], Sitting] = nothing_foreseen
    origin_of: Callable[[AskedQuestion], Place | None] = untold
    language: str = ""
    lesson: Lesson | None = None


def check_stage(lesson: Lesson) -> Stage:
    """Return the stage of the lesson's knowledge check; ``course`` and ``live`` must be loaded."""
    return Stage(
        title=lesson.live.title if lesson.live else "",
        url=lesson.get_absolute_url(),
        addresses=check_addresses(lesson),
        present=lambda request: present_sitting(request, lesson),
        attempt_for=lambda request, envelope: attempt_to_answer(request, lesson, envelope),
        foreseen=lambda request: foreseen_sitting(request, lesson),
        language=lesson.course.language,
        lesson=lesson,
    )
