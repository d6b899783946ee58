"""WRITE: record answers. Everything a learner did is kept once, and for good."""

from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction

from learn.models import LessonVisit, User
from learn.models.changes import (
    Change,
    Insertion,
    Kept,
    KeyOf,
    Keys,
    Step,
    Update,
    inserted,
)
from learn.models.group import change_soon
from learn.models.statements import insert, stored, update
from quizzes.answers import Circumstances, GivenAnswer, NotAskedError, ReadyAnswer, ready_answer
from quizzes.asked import AskedQuestion
from quizzes.beginning import attempt_row, begun_anew, item_rows, joined, pinned
from quizzes.kinds.base import Fields
from quizzes.models import Attempt, AttemptItem, Response, Scope
from quizzes.sittings import Sitting, hold, sitting_of, terms_of
from quizzes.stored import attempt_of, seen_of


class Outcome(NamedTuple):
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
    outcome = _begun_at_once(user, answer, given)
    if outcome is not None:
        return outcome
    with transaction.atomic():
        begun = joined(user, sitting) or begun_anew(user=user, sitting=sitting, at=at)
        if not begun.is_new:
            return _store(begun.attempt, ready_answer(begun.sitting, user, given), given)
        asked = begun.sitting.questions[answer.asked.position - 1]
        row = {**answer.row, "item_id": asked.item_id}
        answer = ReadyAnswer(begun.sitting, asked, row, answer.move)
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
    changes: list[Change] = [inserted(Response, answer.row), *_moves(answer)]
    if summary:
        changes.append(Update(Attempt, summary, {"id": attempt.pk}))

    def told(keys: Keys) -> None:
        [response.pk] = keys[1]
        transaction.on_commit(partial(hold, sitting, visited_at=given.at))

    kept = Kept(Attempt, {"id": attempt.pk, "user_id": attempt.user_id})
    visit = Update(LessonVisit, {"last_at": given.at}, place)
    if not change_soon(Step((visit, *changes), kept), told):
        return None
    vars(attempt).update(summary)
    return Outcome(sitting, asked, is_new=True)


def _begun_at_once(user: User, answer: ReadyAnswer, given: GivenAnswer) -> Outcome | None:
    """Begin the attempt with its first answer if nobody else has begun one meanwhile, else None.

    The database takes one open attempt of a person only. One with a single question does not stay
    open.
    """
    lesson, foreseen = answer.sitting.lesson, answer.sitting
    if lesson is None or foreseen.total == 1:
        return None
    row = attempt_row(user, foreseen, at=given.at)
    attempt = attempt_of(stored(Attempt, {"id": None, **row}), user, lesson)
    response = stored(Response, {"id": None, **answer.row})
    begun = Sitting(lesson, attempt, foreseen.questions, terms_of(attempt))
    sitting, asked = begun.with_response(answer.asked, response)

    def told(keys: Keys) -> None:
        [attempt.pk], items, [response.pk] = keys[:3]
        response.item_id = items[asked.position - 1]
        held = pinned(sitting, attempt, items)
        transaction.on_commit(partial(hold, held, visited_at=given.at))

    item = KeyOf(1, asked.position - 1)
    changes = (
        inserted(Attempt, row),
        Insertion(AttemptItem, item_rows(user, foreseen, KeyOf(0))),
        inserted(Response, {**answer.row, "item_id": item}),
        LessonVisit.objects.recording(user=user, lesson=lesson, at=given.at),
        *_moves(answer),
    )
    return Outcome(sitting, asked, is_new=True) if change_soon(Step(changes), told) else None


def _moves(answer: ReadyAnswer) -> list[Change]:
    """Return what a first answer changes of the person's card of the question."""
    return [answer.move.change] if answer.move is not None and answer.move.row is not None else []


def _store(attempt: Attempt, answer: ReadyAnswer, given: GivenAnswer) -> Outcome:
    """Store an answer, within the caller's transaction.

    What it takes to get there was done before: others wait from here on.
    """
    # Answers to one attempt go one after the other, or the last two might both miss the end.
    if not _is_still(attempt, answer.sitting):
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
    # With this time something was answered or moved since; what is in memory counts no more.
    was_in_vain, attempt.visited_at = attempt.visited_at is not None, None
    if now is None:
        raise NotAskedError(attempt.token)
    is_still = not was_in_vain and now == (attempt.user_id, sitting.responses)
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
