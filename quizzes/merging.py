"""WRITE: a guest's attempts and answers become an account's; no answer is lost or counted twice."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Max, Min

from learn.models import User
from quizzes.models import Attempt, AttemptItem, Response, ReviewCard, Scope
from quizzes.reviewing import rebuild_cards
from quizzes.sittings import sitting_of

JUST = timedelta(microseconds=1)


def count_answers(user: User) -> int:
    """Return how many answers the person has given."""
    return Response.objects.filter(item__attempt__user=user).count()


def merge_attempts(source: User, target: User, at: datetime) -> None:
    """Give ``source``'s attempts to ``target``. Must run in a transaction.

    Where both have one open, one stays open and takes over what the other one answered: a question
    that both answered keeps the earlier answer, and the later one is put aside as a retry, since
    the first answer is what counts.
    """
    attempts = Attempt.objects.filter(user__in=[source, target], finished_at=None)
    places: dict[tuple[int | None, str], list[Attempt]] = defaultdict(list)
    for attempt in attempts.select_related("lesson").select_for_update(of=("self",)).order_by("pk"):
        places[attempt.lesson_id, attempt.scope].append(attempt)
    for rivals in places.values():
        if len(rivals) > 1:
            _join(*sorted(rivals, key=_worth, reverse=True))
    Attempt.objects.filter(user=source).update(user=target)
    AttemptItem.objects.filter(attempt__user=target).exclude(user=target).update(user=target)
    Response.objects.filter(item__attempt__user=target).exclude(user=target).update(user=target)
    for lesson_id, scope in places:
        _keep_latest(target, lesson_id, scope)


def merge_cards(source: User, target: User, at: datetime) -> None:
    """Make ``target``'s review cards anew from all answers, which must be merged already."""
    ReviewCard.objects.filter(user=source).delete()
    rebuild_cards(target)


def _worth(attempt: Attempt) -> tuple[bool, int]:
    """Return what decides which attempt stays open: no retry, then the most answers."""
    answered = attempt.items.filter(responses__try_number=1).count()
    return attempt.retry_of_id is None, answered


def _join(kept: Attempt, other: Attempt) -> None:
    """Leave ``kept`` as the only open one of two attempts at the same questions."""
    if other.retry_of_id is not None and kept.retry_of_id is None:
        other.items.filter(responses=None).delete()
        _sum_up(other)
        return
    aside = Attempt(
        user=kept.user,
        lesson=kept.lesson,
        retry_of=kept,
        scope=kept.scope,
        pass_mark=kept.pass_mark,
        tells_at_end=other.tells_at_end,
        asks_certainty=other.asks_certainty,
        # Before ``kept``, so that a page goes on with that one.
        started_at=min(other.started_at, kept.started_at) - JUST,
        finished_at=other.started_at,
        right=0,
        percent=0,
    )
    aside.save(force_insert=True)
    for item in _answered_items(other):
        _take_over(item, kept=kept, aside=aside)
    other.retries.update(retry_of=kept)
    other.delete()
    _sum_up(aside)
    _finish_if_complete(kept)


def _answered_items(attempt: Attempt) -> list[AttemptItem]:
    """Return the attempt's answered items in order, each with its version."""
    items = attempt.items.filter(responses__try_number=1).select_related("version")
    return list(items.order_by("position"))


def _first_at(item: AttemptItem) -> datetime | None:
    """Return when the item was first answered, or None."""
    first: datetime | None = item.responses.aggregate(first=Min("answered_at"))["first"]
    return first


def _take_over(item: AttemptItem, *, kept: Attempt, aside: Attempt) -> None:
    """Move an answered item into ``kept``, or aside if its question was answered earlier there."""
    mine = kept.items.filter(version__question=item.version.question_id).first()
    if mine is None:
        _move(item, kept, _next_position(kept))
        return
    at, mine_at = _first_at(item), _first_at(mine)
    if mine_at is None:
        mine.delete()
        _move(item, kept, mine.position)
    elif at is None or mine_at <= at:
        _move(item, aside, _next_position(aside))
    else:
        _move(mine, aside, _next_position(aside))
        _move(item, kept, mine.position)


def _move(item: AttemptItem, attempt: Attempt, position: int) -> None:
    """Make the item, with its version, order and answers, one of ``attempt``."""
    AttemptItem.objects.filter(pk=item.pk).update(attempt=attempt, position=position)


def _next_position(attempt: Attempt) -> int:
    """Return the place behind the attempt's last item."""
    return (attempt.items.aggregate(last=Max("position"))["last"] or 0) + 1


def _sum_up(attempt: Attempt) -> None:
    """End the attempt with the items that it has; one without any is taken away."""
    sitting = sitting_of(attempt)
    if not sitting.questions:
        attempt.delete()
        return
    attempt.total, attempt.right, attempt.percent = sitting.total, sitting.right, sitting.percent
    attempt.finished_at = _last_answer(attempt)
    attempt.save()


def _finish_if_complete(attempt: Attempt) -> None:
    """Sum the attempt up when the joined answers leave nothing open; quick checks have no end."""
    if attempt.scope == Scope.QUICK:
        return
    sitting = sitting_of(attempt)
    if sitting.first_open() is None:
        _sum_up(attempt)
    elif attempt.total != sitting.total:
        attempt.total = sitting.total
        attempt.save(update_fields=["total"])


def _last_answer(attempt: Attempt) -> datetime:
    """Return when the attempt was last answered; it must have been."""
    given = Response.objects.filter(item__attempt=attempt)
    return given.aggregate(last=Max("answered_at"))["last"] or attempt.started_at


def _keep_latest(user: User, lesson_id: int | None, scope: str) -> None:
    """Have the open attempt begin last of all at its place: a page goes on with the latest."""
    own = Attempt.objects.filter(user=user, lesson=lesson_id, scope=scope)
    attempt = own.filter(finished_at=None).first()
    if attempt is None:
        return
    latest = own.exclude(pk=attempt.pk).aggregate(last=Max("started_at"))["last"]
    if latest is not None and latest >= attempt.started_at:
        attempt.started_at = latest + JUST
        attempt.save(update_fields=["started_at"])
