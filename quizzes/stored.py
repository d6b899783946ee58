"""READ: attempts, their questions and answers, by statements written out; see ``statements``."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from learn.models import Lesson, LessonVisit, User
from learn.models.ahead import Answers, Foreseen, Row
from learn.models.statements import Columns, beside_each, needs_lock, rows_of
from quizzes.held import held_versions
from quizzes.models import (
    Attempt,
    AttemptItem,
    QuestionVersion,
    Response,
    ReviewCard,
)

_ATTEMPT, _RESPONSE, _CARD = Columns(Attempt), Columns(Response), Columns(ReviewCard)
_VISIT = Columns(LessonVisit, ("last_at",))
_ITEM = Columns(AttemptItem, ("id", "position", "version_id", "shown_order"))

_LATEST, _LATEST_REVIEW = (
    " ".join(
        (
            "SELECT",
            _ATTEMPT.of("a") + ",",
            _VISIT.of("v"),
            """FROM quizzes_attempt a
            LEFT JOIN learn_lessonvisit v ON v.user_id = a.user_id AND v.lesson_id = a.lesson_id
            WHERE a.user_id = %s AND a.scope = %s AND a.lesson_id""",
            lesson,
            "ORDER BY a.token = %s DESC, a.started_at DESC, a.id DESC LIMIT 1",
        )
    )
    for lesson in ("= %s", "IS NULL")
)
_LOCK = "SELECT 1 FROM quizzes_attempt WHERE id = %s FOR UPDATE"
_SEEN = """SELECT a.user_id, (SELECT count(*) FROM quizzes_attemptitem i
 JOIN quizzes_response r ON r.item_id = i.id WHERE i.attempt_id = a.id)
 FROM quizzes_attempt a WHERE a.id = %s"""
_EDITION = """(SELECT c.edition FROM quizzes_questionversion v
 JOIN quizzes_question q ON q.id = v.question_id
 JOIN learn_course c ON c.id = q.course_id WHERE v.id = i.version_id)"""
_ITEMS = ", ".join((_EDITION, _ITEM.of("i")))
_CARD_OF = " ".join(
    (
        "SELECT",
        _CARD.of("k"),
        "FROM quizzes_reviewcard k WHERE k.user_id = %s AND k.question_id = %s",
    )
)


@cache
def _with_answers(columns: str, order: str) -> str:
    """Return the statement for the questions of an attempt, each beside the answers to it."""
    return " ".join(
        (
            "SELECT",
            f"{columns},",
            _RESPONSE.of("r"),
            "FROM quizzes_attemptitem i",
            beside_each(Response, "r", "r.item_id = i.id"),
            "WHERE i.attempt_id = %s ORDER BY",
            f"{order}, r.try_number",
        )
    )


def foreseen_attempt(user: int, lesson: int, scope: str, token: str) -> Foreseen:
    """Return what ``latest_attempt`` will ask."""
    return Foreseen(_LATEST, (user, scope, lesson, token), len(_ATTEMPT) + len(_VISIT))


def foreseen_items(attempt: int) -> Foreseen:
    """Return what ``items_of`` will ask for the attempt with this key."""
    return Foreseen(_with_answers(_ITEMS, "i.position"), (attempt,))


def foreseen_answers(attempt: int) -> Foreseen:
    """Return what ``answers_given`` will ask for the attempt with this key."""
    return Foreseen(_with_answers("i.id", "i.id"), (attempt,))


def attempt_in(answers: Answers) -> Attempt | None:
    """Return the attempt that was foreseen, without its person and lesson, if it is there."""
    for (statement, _), rows in answers.items():
        if statement == _LATEST and rows:
            return _attempt_in(rows[0])
    return None


def foreseen_card(user: int, question: int) -> Foreseen:
    """Return what ``card_to_move`` will ask."""
    return Foreseen(_CARD_OF, (user, question), len(_CARD))


class StoredItem(NamedTuple):
    """A question as an attempt asks it, with the answers given to it in their order."""

    id: int
    position: int
    version: QuestionVersion
    shown_order: list[str]
    responses: tuple[Response, ...]


def latest_attempt(
    *, user: User, lesson: Lesson | None, scope: str, token: str = ""
) -> Attempt | None:
    """Return the person's attempt called ``token``, else the one begun last, or None.

    It comes with its ``visited_at``.
    """
    if lesson is None:
        rows = rows_of(Attempt, _LATEST_REVIEW, [user.pk, scope, token])
    else:
        rows = rows_of(Attempt, _LATEST, [user.pk, scope, lesson.pk, token])
    if not rows:
        return None
    return attempt_of(_attempt_in(rows[0]), user, lesson)


def _attempt_in(row: Row) -> Attempt:
    *row, visited_at = row
    attempt = _ATTEMPT.instance(row)
    attempt.visited_at = _VISIT.values([visited_at])[0]
    return attempt


def attempt_of(attempt: Attempt, user: User, lesson: Lesson | None) -> Attempt:
    """Return the attempt with its person and its lesson loaded; they are its own."""
    Attempt.user.field.set_cached_value(attempt, user)
    Attempt.lesson.field.set_cached_value(attempt, lesson)
    return attempt


def seen_of(attempt: Attempt) -> tuple[int, int] | None:
    """Return whose attempt it is now and how many answers it has, None where it is gone.

    Nobody else changes it until the transaction ends.
    """
    if needs_lock(Attempt):
        rows_of(Attempt, _LOCK, [attempt.pk])
    rows = rows_of(Attempt, _SEEN, [attempt.pk])
    return (rows[0][0], rows[0][1]) if rows else None


def items_of(attempt: Attempt) -> Iterator[StoredItem]:
    """Yield what the attempt asks, in order, with the answers given to each."""
    given: dict[int, list[Response]] = defaultdict(list)
    items: dict[int, Row] = {}
    for row in rows_of(AttemptItem, _with_answers(_ITEMS, "i.position"), [attempt.pk]):
        items.setdefault(row[1], row[: 1 + len(_ITEM)])
        answer = row[1 + len(_ITEM) :]
        if answer[0] is not None:
            given[row[1]].append(_RESPONSE.instance(answer))
    values = [(row[0], *_ITEM.values(row[1:])) for row in items.values()]
    versions = held_versions((version, edition) for edition, _, _, version, _ in values)
    for _, item, position, version, shown_order in values:
        yield StoredItem(item, position, versions[version], shown_order, tuple(given[item]))


def answers_given(
    attempt: Attempt, known: Mapping[int, Response]
) -> dict[int, tuple[Response, ...]]:
    """Return the answers to each item of the attempt, by its id, in their order.

    Those that are ``known``, by their id, are taken from there: they never change.
    """
    given: dict[int, tuple[Response, ...]] = {}
    for item, *row in rows_of(AttemptItem, _with_answers("i.id", "i.id"), [attempt.pk]):
        before = given.get(item, ())
        answer = row[0]
        if answer is None:
            given[item] = before
        else:
            given[item] = (*before, known.get(answer) or _RESPONSE.instance(row))
    return given


def card_to_move(user: User, question: int, *, keeps_card: bool = False) -> ReviewCard | None:
    """Return the person's card of a question, or None.

    With ``keeps_card`` nobody else changes it until the transaction ends.
    """
    is_locked = keeps_card and needs_lock(ReviewCard)
    statement = f"{_CARD_OF} FOR UPDATE" if is_locked else _CARD_OF
    rows = rows_of(ReviewCard, statement, [user.pk, question])
    return _CARD.instance(rows[0]) if rows else None
