"""Where a review takes place: questions of many lessons, on pages of their own."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from learn.http import HtmxHttpRequest, learner_of
from learn.models import User
from quizzes.addresses import review_addresses
from quizzes.asked import AskedQuestion
from quizzes.envelope import Envelope
from quizzes.models import Attempt, Scope
from quizzes.places import Place, places_of
from quizzes.review_sessions import REVIEW_TERMS
from quizzes.sittings import Sitting, sitting_of
from quizzes.stages import Stage
from quizzes.stored import latest_attempt


def review_stage() -> Stage:
    """Return the stage of the person's review."""
    addresses = review_addresses()
    return Stage(
        title=_("Review"),
        url=addresses.start,
        addresses=addresses,
        present=_present,
        attempt_for=_attempt_for,
        origin_of=_origin_of,
    )


def own_review(request: HtmxHttpRequest, token: str) -> tuple[Attempt, User]:
    """Return the person's own review of that token, or raise ``Http404``."""
    learner = learner_of(request)
    if learner is None:
        raise Http404
    attempt = get_object_or_404(Attempt, token=token, user=learner, scope=Scope.REVIEW)
    attempt.user, attempt.lesson = learner, None
    return attempt, learner


def _present(request: HtmxHttpRequest) -> Sitting:
    """Return the review begun last, or an empty one: a review begins at its start page."""
    learner = learner_of(request)
    attempt = _latest(learner) if learner else None
    return sitting_of(attempt) if attempt else Sitting(None, None, (), REVIEW_TERMS)


def _attempt_for(request: HtmxHttpRequest, envelope: Envelope) -> Attempt:
    """Return the review that the form names, else the latest, or raise ``Http404``."""
    learner = learner_of(request)
    if learner is None:
        raise Http404
    attempt = _latest(learner, envelope.attempt)
    if attempt is None:
        raise Http404
    return attempt


def _latest(learner: User, token: str = "") -> Attempt | None:
    """Return the person's review called ``token``, else the one begun last."""
    return latest_attempt(user=learner, lesson=None, scope=Scope.REVIEW, token=token)


def _origin_of(asked: AskedQuestion) -> Place | None:
    """Return where the question stands, to be told after the answer."""
    question = asked.version.question_id
    return places_of([question]).get(question)
