"""WRITE: begin attempts and record answers. Everything a learner did is kept once, and for good."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F

from learn.models import Lesson, LessonVisit, User
from learn.models.statements import insert, insert_unless_there, stored, update
from learn.models.together import Change, Insertion, Kept, Update, change_together
from quizzes.answers import Circumstances, GivenAnswer, NotAskedError, ReadyAnswer, ready_answer
from quizzes.kinds.base import Fields
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Response, Scope, new_token
from quizzes.sittings import (
    AskedQuestion,
    QuizTerms,
    Sitting,
    ask,
    hold,
    sitting_of,
    terms_of,
    unbegun_sitting,
)
from quizzes.stored import attempt_of, seen_of


class NothingToAskError(LookupError):
    """The lesson has no questions."""


def begin_attempt(
    *, user: User, lesson: Lesson, terms: QuizTerms, seed: str, at: datetime
) -> Attempt:
    """Return the person's open attempt at the lesson, begun now with its live questions if need be.

    ``seed`` fixes the draw and the order of the choices, so that what was shown before the first
    answer stays. Raises ``NothingToAskError``.
    """
    sitting = unbegun_sitting(lesson, seed=seed, terms=terms)
    if not sitting.questions:
        raise NothingToAskError
    return begin_sitting(user=user, sitting=sitting, at=at)


def begin_retry(*, missed_in: Attempt, user: User, shuffle: bool, at: datetime) -> Attempt:
    """Return an attempt that asks again what was missed in ``missed_in``, newly shuffled.

    The questions are asked in their present wording; one that is retired is asked as it was. With
    an attempt already open, that one is returned.
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
    return begin_sitting(user=user, sitting=sitting, at=at, retry_of=missed_in)


def begin_sitting(
    *, user: User, sitting: Sitting, at: datetime, retry_of: Attempt | None = None
) -> Attempt:
    """Write the attempt with its pinned items, or return the one that is open already."""
    return _begun(user=user, sitting=sitting, at=at, retry_of=retry_of).attempt


class _Begun(NamedTuple):
    """An attempt, what it asks, and whether it was begun just now."""

    attempt: Attempt
    sitting: Sitting
    is_new: bool


def _begun(
    *, user: User, sitting: Sitting, at: datetime, retry_of: Attempt | None = None
) -> _Begun:
    """Return the attempt as ``begin_sitting`` does."""
    row = {
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
    with transaction.atomic(savepoint=False):
        # Two tabs or a double click: the constraint lets one through, the other joins it.
        pk = insert_unless_there(Attempt, row)
        if pk is None:
            attempt = Attempt.objects.get(
                user=user, lesson=sitting.lesson, finished_at=None, scope=sitting.terms.scope
            )
            attempt_of(attempt, user, sitting.lesson)
            return _Begun(attempt, sitting_of(attempt), is_new=False)
        attempt = attempt_of(stored(Attempt, {"id": pk, **row}), user, sitting.lesson)
        items = insert(
            AttemptItem,
            [
                {
                    "user_id": user.pk,
                    "attempt_id": pk,
                    "position": asked.position,
                    "version_id": asked.version.pk,
                    "shown_order": asked.shown_order,
                }
                for asked in sitting.questions
            ],
        )
    questions = tuple(
        replace(asked, item_id=item) for asked, item in zip(sitting.questions, items, strict=True)
    )
    begun = Sitting(sitting.lesson, attempt, questions, terms_of(attempt))
    return _Begun(attempt, begun, is_new=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer: the sitting as it is now, and the question in it.

    ``contradicts``: it was not kept, and says something else than the answer that was.
    """

    sitting: Sitting
    asked: AskedQuestion
    is_new: bool
    contradicts: bool = False


def record_answer(
    *, attempt: Attempt, version: str, fields: Fields, at: datetime, circumstances: Circumstances
) -> Outcome:
    """Mark and store an answer; a repeat gives the outcome that is stored already.

    ``attempt`` must have its user and lesson loaded; ``version`` is the code of what was
    asked. The visit is noted, the first answer moves the person's card of the
    question, and the attempt is finished with its last answer, all in one transaction. Raises
    ``NotAskedError``, and ``AnswerFaultError`` when the fields hold no answer, or one whose
    spelling should be looked at first; with ``insists`` it counts as it is.
    """
    given = GivenAnswer(version, fields, at, circumstances)
    answer = ready_answer(sitting_of(attempt), attempt.user, given)
    outcome = _repeated(answer, given) or _written_at_once(attempt, answer, given)
    if outcome is not None:
        return outcome
    with transaction.atomic():
        return _store(attempt, answer, given)


def record_first_answer(
    *,
    user: User,
    sitting: Sitting,
    version: str,
    fields: Fields,
    at: datetime,
    circumstances: Circumstances,
) -> Outcome:
    """Begin the attempt that ``sitting`` foresees and store an answer in it, in one transaction.

    What cannot be marked begins nothing. Raises as ``record_answer`` does.
    """
    given = GivenAnswer(version, fields, at, circumstances)
    answer = ready_answer(sitting, user, given)
    with transaction.atomic():
        begun = (
            _Begun(sitting.attempt, sitting, is_new=False)
            if sitting.attempt
            else _begun(user=user, sitting=sitting, at=at)
        )
        attempt_of(begun.attempt, user, sitting.lesson)
        asked = begun.sitting.asking(version)
        if asked is None:
            raise NotAskedError(version)
        row = {**answer.row, "item_id": asked.item_id}
        answer = ReadyAnswer(begun.sitting, asked, row, answer.move)
        if not begun.is_new:
            return _store(begun.attempt, answer, given)
        outcome = _written(begun.attempt, answer, given)
    hold(outcome.sitting, visited_at=at)
    return outcome


def _repeated(answer: ReadyAnswer, given: GivenAnswer) -> Outcome | None:
    """Return the outcome that is stored where no further answer is waited for, else None."""
    sitting, asked, row = answer.sitting, answer.asked, answer.row
    is_awaited = given.circumstances.try_number == row["try_number"]
    if is_awaited and sitting.takes_answer(asked):
        return None
    kept = asked.latest.answer if asked.latest else row["answer"]
    return Outcome(sitting, asked, is_new=False, contradicts=kept != row["answer"])


def _written_at_once(attempt: Attempt, answer: ReadyAnswer, given: GivenAnswer) -> Outcome | None:
    """Store an answer if nothing was answered in the lesson since the attempt was read, else None.

    The time of the latest answer in a lesson tells: of two answers one comes later, and finds it
    changed.
    """
    visited_at = attempt.visited_at
    if attempt.lesson is None or visited_at is None or given.at <= visited_at:
        return None
    response = stored(Response, answer.row)
    sitting, asked = answer.sitting.with_response(answer.asked, response)
    summary = _summary(attempt, sitting, at=given.at)
    place = {"user_id": attempt.user_id, "lesson_id": attempt.lesson_id, "last_at": visited_at}
    changes: list[Change] = [Insertion(Response, answer.row)]
    if answer.move is not None and answer.move.row is not None:
        changes.append(answer.move.change)
    if summary:
        changes.append(Update(Attempt, summary, {"id": attempt.pk}))
    keys = change_together(
        Kept(Attempt, {"id": attempt.pk, "user_id": attempt.user_id}),
        Update(LessonVisit, {"last_at": given.at}, place),
        *changes,
    )
    if keys is None:
        return None
    response.pk = keys[1]
    vars(attempt).update(summary)
    transaction.on_commit(partial(hold, sitting, visited_at=given.at))
    return Outcome(sitting, asked, is_new=True)


def _store(attempt: Attempt, answer: ReadyAnswer, given: GivenAnswer) -> Outcome:
    """Store an answer, within the caller's transaction.

    What it takes to get there was done before: others wait from here on.
    """
    # Answers to one attempt go one after the other, or the last two might both miss the end.
    if not _is_still(attempt, answer.sitting):
        attempt.visited_at = None
        answer = ready_answer(sitting_of(attempt), attempt.user, given)
    return _repeated(answer, given) or _written(attempt, answer, given)


def _written(attempt: Attempt, answer: ReadyAnswer, given: GivenAnswer) -> Outcome:
    """Write an answer and what it leads to; the attempt must be kept from others."""
    response = stored(Response, {**answer.row, "id": insert(Response, [answer.row])[0]})
    sitting, asked = answer.sitting.with_response(answer.asked, response)
    if attempt.lesson is not None:
        LessonVisit.objects.record(user=attempt.user, lesson=attempt.lesson, at=given.at)
    if answer.move is not None:
        answer.move.carry_out()
    if summary := _summary(attempt, sitting, at=given.at):
        update(Attempt, summary, where={"id": attempt.pk})
        vars(attempt).update(summary)
    return Outcome(sitting, asked, is_new=True)


def _is_still(attempt: Attempt, sitting: Sitting) -> bool:
    """Keep the attempt from others, and say whether it is as it was seen; else take it as it is.

    What is read before the lock is not waited for by others. Signing in meanwhile may have given
    the attempt to the person's account. Raises ``NotAskedError`` where it is gone.
    """
    now = seen_of(attempt)
    if now is None:
        raise NotAskedError(attempt.token)
    is_still = now == (attempt.user_id, sitting.responses)
    if attempt.user_id != now[0]:
        attempt.user_id = now[0]
        # A question that the guest was only just asked is the account's too.
        AttemptItem.objects.filter(attempt=attempt.pk).update(user=attempt.user_id)
    return is_still


def _summary(attempt: Attempt, sitting: Sitting, *, at: datetime) -> dict[str, Any]:
    """Return what sums an attempt up that ends with this answer; quick checks have no end."""
    if attempt.finished_at or attempt.scope == Scope.QUICK or sitting.first_open() is not None:
        return {}
    return {"finished_at": at, "right": sitting.right, "percent": sitting.percent}
