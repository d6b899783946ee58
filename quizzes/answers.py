"""Answers made ready: read, marked and weighed, before anything is stored."""

from datetime import datetime
from typing import Any, NamedTuple

from learn.models import User
from quizzes.asked import AskedQuestion
from quizzes.kinds import KINDS
from quizzes.kinds.base import AnswerFaultError, Fields
from quizzes.reviewing import CardMove, card_move
from quizzes.scheduling import review_of
from quizzes.sittings import Sitting

CERTAINTIES = {"1": 1, "2": 2, "3": 3}


class Circumstances(NamedTuple):
    """How an answer came about: which try the form was for, the help seen, the seconds it took."""

    try_number: int = 1
    hints_seen: int = 0
    seconds_taken: float | None = None
    insists: bool = False


class NotAskedError(LookupError):
    """The attempt does not ask the question in that version."""


class GivenAnswer(NamedTuple):
    """What a person answered: to the question with this code, with these fields, when and how."""

    version: str
    fields: Fields
    at: datetime
    circumstances: Circumstances


class ReadyAnswer(NamedTuple):
    """An answer with its mark, ready to be stored in the sitting that was seen.

    ``row`` are the values of its ``Response`` by attribute; ``move`` is what a first answer does
    to the person's card of the question.
    """

    sitting: Sitting
    asked: AskedQuestion
    row: dict[str, Any]
    move: CardMove | None


def ready_answer(sitting: Sitting, user: User, given: GivenAnswer) -> ReadyAnswer:
    """Return the answer made ready; nothing is written. At most one query.

    Raises ``NotAskedError``, and ``AnswerFaultError`` when the fields hold no answer.
    """
    asked = sitting.asking(given.version)
    if asked is None:
        raise NotAskedError(given.version)
    row = _marked(sitting, asked, user, given)
    is_retry = sitting.attempt is not None and sitting.attempt.retry_of_id is not None
    if row["try_number"] > 1 or is_retry:
        return ReadyAnswer(sitting, asked, row, None)
    review = review_of(
        verdict=row["verdict"],
        hints_seen=row["hints_seen"],
        certainty=row["certainty"],
        matter=asked.version.matter,
        at=given.at,
    )
    move = card_move(user, asked.version.question_id, review)
    return ReadyAnswer(sitting, asked, row, move)


def _marked(
    sitting: Sitting, asked: AskedQuestion, user: User, given: GivenAnswer
) -> dict[str, Any]:
    """Return the row of the answer that the fields hold, with its mark."""
    kind, spec = KINDS[asked.version.kind], asked.version.spec
    answer = kind.read_answer(spec, given.fields)
    certainty = _certainty(given.fields) if sitting.terms.asks_certainty else None
    if kind.needs_spelling(spec, answer) and not given.circumstances.insists:
        raise AnswerFaultError("spelling")
    mark = kind.mark(spec, answer)
    return {
        "user_id": user.pk,
        "item_id": asked.item_id,
        "try_number": len(asked.responses) + 1,
        "answer": answer,
        "fraction": mark.fraction,
        "verdict": mark.verdict,
        "hints_seen": given.circumstances.hints_seen,
        "certainty": certainty,
        "seconds_taken": given.circumstances.seconds_taken,
        "answered_at": given.at,
    }


def _certainty(fields: Fields) -> int:
    """Return how sure the person is, where the attempt asks for that."""
    given = next(iter(fields.get("certainty", ())), "")
    if given not in CERTAINTIES:
        raise AnswerFaultError("no-certainty")
    return CERTAINTIES[given]
