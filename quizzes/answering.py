"""WRITE: begin attempts and record answers. Everything a learner did is kept once, and for good."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from learn.models import Lesson, LessonVisit, User
from learn.models.statements import insert, update
from quizzes.kinds import KINDS
from quizzes.kinds.base import AnswerFaultError, Fields
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Response, Scope, new_token
from quizzes.reviewing import move_card
from quizzes.scheduling import review_of
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

CERTAINTIES = {"1": 1, "2": 2, "3": 3}


class NothingToAskError(LookupError):
    """The lesson has no questions."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How an answer came about: which try the form was for, the help seen, the seconds it took."""

    try_number: int = 1
    hints_seen: int = 0
    seconds_taken: float | None = None
    insists: bool = False


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
    try:
        with transaction.atomic():
            insert([attempt])
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
    except IntegrityError:
        # Two tabs or a double click: the constraint lets one through, the other joins it.
        return Attempt.objects.get(
            user=user, lesson=sitting.lesson, finished_at=None, scope=sitting.terms.scope
        )
    return attempt


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer: the sitting as it is now, and the question in it.

    ``contradicts``: it was not kept, and says something else than the answer that was.
    """

    sitting: Sitting
    asked: AskedQuestion
    is_new: bool
    contradicts: bool = False


class NotAskedError(LookupError):
    """The attempt does not ask the question in that version."""


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
    sitting, asked = _asked(attempt, version)
    response = _marked(attempt, asked, fields, at=at, circumstances=circumstances)
    with transaction.atomic():
        # Answers to one attempt go one after the other, or the last two might both miss the end.
        if not _is_still(attempt, sitting):
            sitting, asked = _asked(attempt, version)
            response = _marked(attempt, asked, fields, at=at, circumstances=circumstances)
        if circumstances.try_number != response.try_number or not sitting.takes_answer(asked):
            kept = asked.latest.answer if asked.latest else response.answer
            return Outcome(sitting, asked, is_new=False, contradicts=kept != response.answer)
        insert([response])
        sitting, asked = sitting.with_response(asked, response)
        if attempt.lesson is not None:
            LessonVisit.objects.record(user=attempt.user, lesson=attempt.lesson, at=at)
        if response.try_number == 1 and attempt.retry_of_id is None:
            _move_card(attempt.user, asked.version, response)
        _finish_if_complete(attempt, sitting, at=at)
    return Outcome(sitting, asked, is_new=True)


def record_first_answer(
    *,
    user: User,
    sitting: Sitting,
    version: str,
    fields: Fields,
    at: datetime,
    circumstances: Circumstances,
) -> Outcome:
    """Begin the attempt that ``sitting`` foresees and ``record_answer`` in it, in one transaction.

    What cannot be marked begins nothing. Raises as ``record_answer`` does.
    """
    if sitting.asking(version) is None:
        raise NotAskedError(version)
    with transaction.atomic():
        attempt = sitting.attempt or begin_sitting(user=user, sitting=sitting, at=at)
        attempt.user, attempt.lesson = user, sitting.lesson
        return record_answer(
            attempt=attempt, version=version, fields=fields, at=at, circumstances=circumstances
        )


def _asked(attempt: Attempt, version: str) -> tuple[Sitting, AskedQuestion]:
    """Return the sitting and its question of that code, or raise ``NotAskedError``."""
    sitting = sitting_of(attempt)
    asked = sitting.asking(version)
    if asked is None:
        raise NotAskedError(version)
    return sitting, asked


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


def _marked(
    attempt: Attempt,
    asked: AskedQuestion,
    fields: Fields,
    *,
    at: datetime,
    circumstances: Circumstances,
) -> Response:
    """Return the answer that the fields hold with its mark; not stored yet."""
    kind, spec = KINDS[asked.version.kind], asked.version.spec
    answer = kind.read_answer(spec, fields)
    certainty = _certainty(attempt, fields)
    if kind.needs_spelling(spec, answer) and not circumstances.insists:
        raise AnswerFaultError("spelling")
    mark = kind.mark(spec, answer)
    return Response(
        user_id=attempt.user_id,
        item_id=asked.item_id,
        try_number=len(asked.responses) + 1,
        answer=answer,
        fraction=mark.fraction,
        verdict=mark.verdict,
        hints_seen=circumstances.hints_seen,
        certainty=certainty,
        seconds_taken=circumstances.seconds_taken,
        answered_at=at,
    )


def _move_card(user: User, version: QuestionVersion, response: Response) -> None:
    """Note a first answer on the person's card of the question."""
    review = review_of(
        verdict=response.verdict,
        hints_seen=response.hints_seen,
        certainty=response.certainty,
        matter=version.matter,
        at=response.answered_at,
    )
    move_card(user, version.question_id, review)


def _certainty(attempt: Attempt, fields: Fields) -> int | None:
    """Return how sure the person is where the attempt asks for that."""
    if not attempt.asks_certainty:
        return None
    given = next(iter(fields.get("certainty", ())), "")
    if given not in CERTAINTIES:
        raise AnswerFaultError("no-certainty")
    return CERTAINTIES[given]


def _finish_if_complete(attempt: Attempt, sitting: Sitting, *, at: datetime) -> None:
    """Close and sum up the attempt once every item is settled; quick checks have no end."""
    if attempt.finished_at or attempt.scope == Scope.QUICK or sitting.first_open() is not None:
        return
    attempt.finished_at, attempt.right, attempt.percent = at, sitting.right, sitting.percent
    update(attempt, "finished_at", "right", "percent")
