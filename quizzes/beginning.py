"""WRITE: begin attempts. What they ask is pinned; a second at the same moment joins the first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F

from learn.models import Lesson, User
from learn.models.changes import KeyOf
from learn.models.statements import insert, insert_unless_there, needs_lock, stored
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Response, new_token
from quizzes.sittings import (
    QuizTerms,
    Sitting,
    ask,
    sitting_of,
    terms_of,
    unbegun_sitting,
)
from quizzes.stored import attempt_of, latest_attempt


class NothingToAskError(LookupError):
    """The lesson has no questions."""


def begin_attempt(
    *, user: User, lesson: Lesson, terms: QuizTerms, seed: str, at: datetime
) -> Attempt:
    """Return the person's open attempt at the lesson, begun now with its live questions if need be.

    ``seed`` fixes the draw and the order of the choices, so that what was shown before the first
    answer stays. A retry that was begun and not answered makes way; one with answers is returned.
    Raises ``NothingToAskError``.
    """
    sitting = unbegun_sitting(lesson, seed=seed, terms=terms)
    if not sitting.questions:
        raise NothingToAskError
    _drop_unanswered(user, sitting, is_retry=True)
    return begin_sitting(user=user, sitting=sitting, at=at)


def begin_retry(*, missed_in: Attempt, user: User, shuffle: bool, at: datetime) -> Attempt:
    """Return an attempt that asks again what was missed in ``missed_in``, newly shuffled.

    The questions are asked in their present wording; one that is retired is asked as it was. With
    an attempt already open, that one is returned, unless it is a whole one without an answer.
    """
    misses = sitting_of(missed_in).misses
    question_ids = [missed.version.question_id for missed in misses]
    current = {
        version.question_id: version
        for version in QuestionVersion.objects.filter(
            question__in=question_ids, question__live_id=F("pk")
        )
    }
    versions = [current.get(missed.version.question_id, missed.version) for missed in misses]
    questions = ask(versions, seed=new_token(), shuffle=shuffle)
    sitting = Sitting(missed_in.lesson, None, questions, terms_of(missed_in))
    _drop_unanswered(user, sitting, is_retry=False)
    return begin_sitting(user=user, sitting=sitting, at=at, retry_of=missed_in)


def _drop_unanswered(user: User, sitting: Sitting, *, is_retry: bool) -> None:
    """Remove the open attempt if nothing was answered in it and it is of the other kind."""
    with transaction.atomic():
        mine = Attempt.objects.filter(
            user=user, lesson=sitting.lesson, scope=sitting.terms.scope, finished_at=None
        )
        # Whoever answers in it meanwhile waits, or was first and keeps it.
        others = mine.filter(retry_of__isnull=not is_retry).select_for_update()
        for attempt in others:
            if not Response.objects.filter(item__attempt=attempt).exists():
                attempt.delete()


def begin_sitting(
    *, user: User, sitting: Sitting, at: datetime, retry_of: Attempt | None = None
) -> Attempt:
    """Write the attempt with its pinned items, or return the one that is open already."""
    return begun_anew(user=user, sitting=sitting, at=at, retry_of=retry_of).attempt


class Begun(NamedTuple):
    """An attempt, what it asks, and whether it was begun just now."""

    attempt: Attempt
    sitting: Sitting
    is_new: bool


def begun_anew(
    *, user: User, sitting: Sitting, at: datetime, retry_of: Attempt | None = None
) -> Begun:
    """Return the attempt as ``begin_sitting`` does."""
    row = attempt_row(user, sitting, at=at, retry_of=retry_of)
    with transaction.atomic(savepoint=False):
        # Two tabs or a double click: the constraint lets one through, the other joins it.
        pk = insert_unless_there(Attempt, row)
        if pk is None:
            attempt = Attempt.objects.get(
                user=user, lesson=sitting.lesson, finished_at=None, scope=sitting.terms.scope
            )
            attempt_of(attempt, user, sitting.lesson)
            return Begun(attempt, sitting_of(attempt), is_new=False)
        attempt = attempt_of(stored(Attempt, {"id": pk, **row}), user, sitting.lesson)
        items = insert(AttemptItem, item_rows(user, sitting, pk))
    return Begun(attempt, pinned(sitting, attempt, items), is_new=True)


def attempt_row(
    user: User, sitting: Sitting, *, at: datetime, retry_of: Attempt | None = None
) -> dict[str, Any]:
    """Return the values of a new attempt at what a sitting foresees."""
    return {
        "token": new_token(),
        "user_id": user.pk,
        "lesson_id": sitting.lesson.pk if sitting.lesson else None,
        "scope": sitting.terms.scope,
        "retry_of_id": retry_of.pk if retry_of else None,
        "pass_mark": sitting.terms.pass_mark,
        "tells_at_end": sitting.terms.tells_at_end,
        "asks_certainty": sitting.terms.asks_certainty,
        "total": sitting.total,
        "right": None,
        "percent": None,
        "started_at": at,
        "finished_at": None,
    }


def item_rows(user: User, sitting: Sitting, attempt: int | KeyOf) -> tuple[dict[str, Any], ...]:
    """Return the values of what an attempt asks, question by question."""
    return tuple(
        {
            "user_id": user.pk,
            "attempt_id": attempt,
            "position": asked.position,
            "version_id": asked.version.pk,
            "shown_order": asked.shown_order,
        }
        for asked in sitting.questions
    )


def pinned(sitting: Sitting, attempt: Attempt, items: Sequence[int]) -> Sitting:
    """Return the sitting of an attempt that has these items, in the order of its questions."""
    questions = tuple(
        asked.with_item(item) for asked, item in zip(sitting.questions, items, strict=True)
    )
    return Sitting(sitting.lesson, attempt, questions, terms_of(attempt))


def joined(user: User, sitting: Sitting) -> Begun | None:
    """Return the attempt that the same first answer began a moment ago, None where it did not.

    One with several questions is still open, and found as it is begun; one with a single question
    has ended.
    """
    if sitting.total > 1:
        return None
    if needs_lock(User):
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
    attempt = latest_attempt(user=user, lesson=sitting.lesson, scope=sitting.terms.scope)
    if attempt is None:
        return None
    attempt_of(attempt, user, sitting.lesson)
    return Begun(attempt, sitting_of(attempt), is_new=False)
