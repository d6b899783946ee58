"""WRITE: begin attempts and record answers. Everything a learner did is kept once, and for good."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from learn.models import Lesson, LessonVisit, User
from quizzes.kinds import KINDS
from quizzes.kinds.base import Fields
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Response, new_token
from quizzes.sittings import Sitting, ask, sitting_of, unbegun_sitting


class NothingToAskError(LookupError):
    """The lesson has no questions."""


@dataclass(frozen=True, slots=True)
class QuizTerms:
    """What a quiz asks of an attempt: the percentage to pass, and whether choices are shuffled."""

    pass_mark: int
    shuffle: bool


def begin_attempt(
    *, user: User, lesson: Lesson, terms: QuizTerms, seed: str, at: datetime
) -> Attempt:
    """Return the person's open attempt at the lesson, begun now with its live questions if need be.

    ``seed`` fixes the order of the choices, so that what was shown before the first answer stays.
    Raises ``NothingToAskError``.
    """
    sitting = unbegun_sitting(lesson, seed=seed, shuffle=terms.shuffle)
    if not sitting.questions:
        raise NothingToAskError
    return _begin(user=user, sitting=sitting, pass_mark=terms.pass_mark, at=at)


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
    sitting = Sitting(missed_in.lesson, None, questions)
    return _begin(
        user=user, sitting=sitting, pass_mark=missed_in.pass_mark, at=at, retry_of=missed_in
    )


def _begin(
    *,
    user: User,
    sitting: Sitting,
    pass_mark: int,
    at: datetime,
    retry_of: Attempt | None = None,
) -> Attempt:
    """Write the attempt with its pinned items, or return the one that is open already."""
    attempt = Attempt(
        user=user,
        lesson=sitting.lesson,
        retry_of=retry_of,
        pass_mark=pass_mark,
        started_at=at,
    )
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
            AttemptItem.objects.bulk_create(
                AttemptItem(
                    attempt=attempt,
                    position=asked.position,
                    version=asked.version,
                    shown_order=asked.shown_order,
                )
                for asked in sitting.questions
            )
    except IntegrityError:
        # Two tabs or a double click: the constraint lets one through, the other joins it.
        return Attempt.objects.get(user=user, lesson=sitting.lesson, finished_at=None)
    return attempt


def record_answer(
    *, item: AttemptItem, fields: Fields, at: datetime, seconds_taken: float | None
) -> Response:
    """Mark and store the answer to ``item``; a repeat returns the response that is stored already.

    ``item.version`` and ``item.attempt`` with its user and lesson must be loaded. The visit is
    noted, and the attempt is finished with its last answer, all in one transaction. Raises
    ``AnswerFaultError`` when the fields hold no answer.
    """
    kind, spec = KINDS[item.version.kind], item.version.spec
    answer = kind.read_answer(spec, fields)
    mark = kind.mark(spec, answer)
    attempt = item.attempt
    with transaction.atomic():
        # Answers to one attempt go one after the other, or the last two might both miss the end.
        Attempt.objects.select_for_update().get(pk=attempt.pk)
        response, is_new = Response.objects.get_or_create(
            item=item,
            try_number=1,
            defaults={
                "answer": answer,
                "fraction": mark.fraction,
                "verdict": mark.verdict,
                "seconds_taken": seconds_taken,
                "answered_at": at,
            },
        )
        if is_new:
            LessonVisit.objects.record(user=attempt.user, lesson=attempt.lesson, at=at)
            _finish_if_complete(attempt, at=at)
    return response


def _finish_if_complete(attempt: Attempt, *, at: datetime) -> None:
    """Close the attempt once every item has a response."""
    if not attempt.items.filter(responses=None).exists():
        Attempt.objects.filter(pk=attempt.pk, finished_at=None).update(finished_at=at)
