"""WRITE: begin attempts and record answers. Everything a learner did is kept once, and for good."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from learn.models import Lesson, LessonVisit, User
from learn.models.statements import insert, insert_unless_there, update
from quizzes.answers import Circumstances, GivenAnswer, NotAskedError, ReadyAnswer, ready_answer
from quizzes.kinds.base import Fields
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Scope, new_token
from quizzes.sittings import (
    AskedQuestion,
    QuizTerms,
    Sitting,
    ask,
    sitting_of,
    terms_of,
    unbegun_sitting,
)
from quizzes.stored import seen_of


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
    return _begun(user=user, sitting=sitting, at=at, retry_of=retry_of)[0]


def _begun(
    *, user: User, sitting: Sitting, at: datetime, retry_of: Attempt | None = None
) -> tuple[Attempt, Sitting]:
    """Return the attempt as ``begin_sitting`` does, and what it asks."""
    attempt = Attempt(
        user=user,
        lesson=sitting.lesson,
        scope=sitting.terms.scope,
        retry_of=retry_of,
        pass_mark=sitting.terms.pass_mark,
        tells_at_end=sitting.terms.tells_at_end,
        asks_certainty=sitting.terms.asks_certainty,
        total=sitting.total,
        started_at=at,
    )
    with transaction.atomic(savepoint=False):
        # Two tabs or a double click: the constraint lets one through, the other joins it.
        if not insert_unless_there(attempt):
            attempt = Attempt.objects.get(
                user=user, lesson=sitting.lesson, finished_at=None, scope=sitting.terms.scope
            )
            attempt.user, attempt.lesson = user, sitting.lesson
            return attempt, sitting_of(attempt)
        items = [
            AttemptItem(
                user_id=attempt.user_id,
                attempt_id=attempt.pk,
                position=asked.position,
                version_id=asked.version.pk,
                shown_order=asked.shown_order,
            )
            for asked in sitting.questions
        ]
        insert(items)
    questions = tuple(
        replace(asked, item_id=item.pk)
        for asked, item in zip(sitting.questions, items, strict=True)
    )
    return attempt, Sitting(sitting.lesson, attempt, questions, terms_of(attempt))


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
        attempt, begun = (
            (sitting.attempt, sitting)
            if sitting.attempt
            else _begun(user=user, sitting=sitting, at=at)
        )
        attempt.user, attempt.lesson = user, sitting.lesson
        asked = begun.asking(version)
        if asked is None:
            raise NotAskedError(version)
        answer.response.item_id = asked.item_id
        return _store(attempt, replace(answer, sitting=begun, asked=asked), given)


def _store(attempt: Attempt, answer: ReadyAnswer, given: GivenAnswer) -> Outcome:
    """Store an answer, within the caller's transaction.

    What it takes to get there was done before: others wait from here on.
    """
    # Answers to one attempt go one after the other, or the last two might both miss the end.
    if not _is_still(attempt, answer.sitting):
        answer = ready_answer(sitting_of(attempt), attempt.user, given)
    sitting, asked, response = answer.sitting, answer.asked, answer.response
    is_awaited = given.circumstances.try_number == response.try_number
    if not is_awaited or not sitting.takes_answer(asked):
        kept = asked.latest.answer if asked.latest else response.answer
        return Outcome(sitting, asked, is_new=False, contradicts=kept != response.answer)
    insert([response])
    sitting, asked = sitting.with_response(asked, response)
    if attempt.lesson is not None:
        LessonVisit.objects.record(user=attempt.user, lesson=attempt.lesson, at=given.at)
    if answer.move is not None:
        answer.move.carry_out()
    _finish_if_complete(attempt, sitting, at=given.at)
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


def _finish_if_complete(attempt: Attempt, sitting: Sitting, *, at: datetime) -> None:
    """Close and sum up the attempt once every item is settled; quick checks have no end."""
    if attempt.finished_at or attempt.scope == Scope.QUICK or sitting.first_open() is not None:
        return
    attempt.finished_at, attempt.right, attempt.percent = at, sitting.right, sitting.percent
    summary = {"finished_at": at, "right": sitting.right, "percent": sitting.percent}
    update(Attempt, summary, where={"id": attempt.pk})
