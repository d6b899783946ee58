"""READ: attempts, their questions and answers, by statements written out; see ``statements``."""

from collections.abc import Iterator

from learn.models import Lesson, User
from learn.models.statements import Columns, locking, rows_of
from quizzes.held import held_versions
from quizzes.models import Attempt, AttemptItem, Response, ReviewCard

_ATTEMPT, _ITEM = Columns(Attempt), Columns(AttemptItem)
_RESPONSE, _CARD = Columns(Response), Columns(ReviewCard)

_LATEST, _LATEST_REVIEW = (
    " ".join(
        (
            "SELECT",
            _ATTEMPT.of("a"),
            "FROM quizzes_attempt a WHERE a.user_id = %s AND a.scope = %s AND a.lesson_id",
            lesson,
            "ORDER BY a.token = %s DESC, a.started_at DESC, a.id DESC LIMIT 1",
        )
    )
    for lesson in ("= %s", "IS NULL")
)
_OWNER = "SELECT user_id FROM quizzes_attempt WHERE id = %s"
_ANSWERS = """SELECT count(*) FROM quizzes_attemptitem i
 JOIN quizzes_response r ON r.item_id = i.id WHERE i.attempt_id = %s"""
_ITEMS = " ".join(
    (
        "SELECT c.edition,",
        _ITEM.of("i") + ",",
        _RESPONSE.of("r"),
        """FROM quizzes_attemptitem i
        JOIN quizzes_questionversion v ON v.id = i.version_id
        JOIN quizzes_question q ON q.id = v.question_id
        JOIN learn_course c ON c.id = q.course_id
        LEFT JOIN quizzes_response r ON r.item_id = i.id
        WHERE i.attempt_id = %s ORDER BY i.position, r.try_number""",
    )
)
_CARD_OF = " ".join(
    (
        "SELECT",
        _CARD.of("k"),
        "FROM quizzes_reviewcard k WHERE k.user_id = %s AND k.question_id = %s",
    )
)


def latest_attempt(
    *, user: User, lesson: Lesson | None, scope: str, token: str = ""
) -> Attempt | None:
    """Return the person's attempt called ``token``, else the one begun last, or None."""
    if lesson is None:
        rows = rows_of(Attempt, _LATEST_REVIEW, [user.pk, scope, token])
    else:
        rows = rows_of(Attempt, _LATEST, [user.pk, scope, lesson.pk, token])
    if not rows:
        return None
    attempt = _ATTEMPT.instance(rows[0])
    attempt.user, attempt.lesson = user, lesson
    return attempt


def owner_of(attempt: Attempt) -> int | None:
    """Return whose attempt it is now, None where it is gone.

    Nobody else changes it until the transaction ends.
    """
    rows = rows_of(Attempt, locking(Attempt, _OWNER), [attempt.pk])
    return int(rows[0][0]) if rows else None


def answers_in(attempt: Attempt) -> int:
    """Return how many answers the attempt has."""
    [(number,)] = rows_of(Response, _ANSWERS, [attempt.pk])
    return int(number)


def items_of(attempt: Attempt) -> Iterator[tuple[AttemptItem, tuple[Response, ...]]]:
    """Yield what the attempt asks, in order, with the answers given to each in their order."""
    items: dict[int, tuple[AttemptItem, list[Response]]] = {}
    editions = {}
    for edition, *row in rows_of(AttemptItem, _ITEMS, [attempt.pk]):
        own, given = row[: len(_ITEM)], row[len(_ITEM) :]
        if own[0] not in items:
            item = _ITEM.instance(own)
            item.attempt = attempt
            items[item.pk] = (item, [])
            editions[item.version_id] = edition
        if given[0] is not None:
            items[own[0]][1].append(_RESPONSE.instance(given))
    versions = held_versions(editions.items())
    for item, responses in items.values():
        item.version = versions[item.version_id]
        yield item, tuple(responses)


def card_to_move(user: User, question: int) -> ReviewCard | None:
    """Return the person's card of a question, or None; see ``owner_of`` for how it is locked."""
    rows = rows_of(ReviewCard, locking(ReviewCard, _CARD_OF), [user.pk, question])
    return _CARD.instance(rows[0]) if rows else None
