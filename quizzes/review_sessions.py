"""WRITE: begin a review of what is due."""

from datetime import UTC, datetime

from django.db import transaction

from learn.models import User
from quizzes.asked import AskedQuestion
from quizzes.beginning import begin_sitting
from quizzes.interleaving import session_of
from quizzes.models import Attempt, Question, Scope, new_token
from quizzes.remembering import due_questions
from quizzes.shuffling import shown_order
from quizzes.sittings import QuizTerms, Sitting, sitting_of
from quizzes.stored import latest_attempt
from quizzes.terms import quiz_terms

REVIEW_TERMS = QuizTerms(pass_mark=0, scope=Scope.REVIEW)


class NothingDueError(LookupError):
    """No question is due."""


def open_review(user: User, at: datetime) -> Attempt | None:
    """Return the review that was begun on this day and left off, or None."""
    attempt = latest_attempt(user=user, lesson=None, scope=Scope.REVIEW)
    if attempt is None or attempt.finished_at is not None or _is_stale(attempt, at):
        return None
    return attempt


@transaction.atomic
def begin_review(user: User, at: datetime) -> Attempt:
    """Return the review to go on with: the one left off today, else one of what is due now.

    One that was left off on an earlier day ends with what was answered: what is due has changed.
    Raises ``NothingDueError``.
    """
    attempt = open_review(user, at)
    if attempt is not None:
        return attempt
    due = [each.question for each in session_of(due_questions(user, at))]
    if not due:
        raise NothingDueError
    for left in Attempt.objects.filter(user=user, scope=Scope.REVIEW, finished_at=None):
        _end(left)
    sitting = Sitting(None, None, _asked(due, seed=new_token()), REVIEW_TERMS)
    return begin_sitting(user=user, sitting=sitting, at=at)


def _is_stale(attempt: Attempt, at: datetime) -> bool:
    """Say whether the attempt was begun on an earlier day, in UTC."""
    return attempt.started_at.astimezone(UTC).date() < at.astimezone(UTC).date()


def _end(attempt: Attempt) -> None:
    """Close an attempt with the questions that were answered; without any it is taken away."""
    attempt.items.filter(responses=None).delete()
    sitting = sitting_of(attempt)
    latest = [asked.latest for asked in sitting.questions if asked.latest]
    if not latest:
        attempt.delete()
        return
    attempt.total, attempt.right, attempt.percent = sitting.total, sitting.right, sitting.percent
    attempt.finished_at = max(response.answered_at for response in latest)
    attempt.save()


def _asked(questions: list[int], *, seed: str) -> tuple[AskedQuestion, ...]:
    """Return the questions as they are now, in the order given, their parts shuffled."""
    found = Question.objects.in_published_lessons().select_related("live").in_bulk(questions)
    asked: list[AskedQuestion] = []
    for question in (found[pk] for pk in questions if pk in found):
        version = question.live
        if version is None:
            continue
        order = shown_order(
            version.kind,
            version.spec,
            seed=f"{seed}:{version.digest}",
            shuffle=quiz_terms(question.lesson).shuffle and version.spec.get("shuffle", True),
        )
        asked.append(AskedQuestion(len(asked) + 1, version, order))
    return tuple(asked)
