"""WRITE: the cards that say what a person remembers and when each question comes again.

A card is what the stored answers make of it: ``rebuild_cards`` gives the same rows at any time.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from learn.models import User
from learn.models.statements import insert_or_update
from quizzes.models import Question, Response, ReviewCard
from quizzes.scheduling import (
    LEAST_RETENTION,
    MOST_RETENTION,
    Memory,
    Review,
    due_at,
    remember,
    replay,
    reviews_by_question,
)
from quizzes.stored import card_to_move

MEMORY_FIELDS = tuple(Memory.__dataclass_fields__)
KEY_FIELDS = ("user", "question")
STORED_FIELDS = ("due_at", *MEMORY_FIELDS)
BATCH = 500


class RetentionRangeError(ValueError):
    """The share to be remembered is outside of what makes sense."""


def move_card(user: User, question_id: int, review: Review) -> None:
    """Note a first answer to a question. Two queries, within the caller's transaction."""
    card = card_to_move(user, question_id)
    before = memory_of(card) if card else None
    after = remember(before, review)
    if after != before:
        moved = _stored(user, question_id, after)
        insert_or_update(ReviewCard, moved, unique=KEY_FIELDS, update=STORED_FIELDS)


def memory_of(card: ReviewCard) -> Memory:
    """Return what the card says is remembered."""
    return Memory(**{name: getattr(card, name) for name in MEMORY_FIELDS})


@transaction.atomic
def rebuild_cards(user: User, *, questions: Iterable[Question] | None = None) -> int:
    """Make the person's cards anew from the stored answers, and return how many there are.

    With ``questions`` only theirs. What no answer stands for is taken away.
    """
    cards = ReviewCard.objects.filter(user=user)
    counted = Response.objects.counted_in_schedules(user)
    if questions is not None:
        wanted = [question.pk for question in questions]
        cards = cards.filter(question__in=wanted)
        counted = counted.filter(item__version__question__in=wanted)
    made = [
        _card(user, question_id, memory)
        for question_id, reviews in reviews_by_question(counted.as_reviews()).items()
        if (memory := replay(reviews)) is not None
    ]
    kept = {card.question_id for card in made}
    gone = [pk for pk, question in cards.values_list("pk", "question") if question not in kept]
    ReviewCard.objects.filter(pk__in=gone).delete()
    _store(made)
    return len(made)


def read_percent(text: str) -> int:
    """Return a share to be remembered, as a whole percentage from 80 to 95.

    Raises ``RetentionRangeError`` for anything else.
    """
    percent = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
    if not LEAST_RETENTION <= percent / 100 <= MOST_RETENTION:
        raise RetentionRangeError(text)
    return percent


@transaction.atomic
def change_retention(user: User, percent: int) -> None:
    """Have the person's questions come again when recall has fallen to ``percent``, from now on.

    What is remembered stays as it is; the due times of all cards are set anew. ``percent`` is one
    that ``read_percent`` gave.
    """
    user.desired_retention = percent / 100
    user.save(update_fields=["desired_retention"])
    rows = ReviewCard.objects.filter(user=user).values_list("question_id", *MEMORY_FIELDS)
    _store([_card(user, question, Memory(*memory)) for question, *memory in rows.iterator()])


def _card(user: User, question_id: int, memory: Memory) -> ReviewCard:
    """Return the row for what is remembered; not stored yet."""
    return ReviewCard(**_stored(user, question_id, memory))


def _stored(user: User, question_id: int, memory: Memory) -> dict[str, Any]:
    """Return the values of the row for what is remembered."""
    due = due_at(memory, learner=user.pk, question=question_id, retention=user.desired_retention)
    # Not ``asdict``, which copies every value: with 10,000 cards that is a second.
    fields = {name: getattr(memory, name) for name in MEMORY_FIELDS}
    return {"user_id": user.pk, "question_id": question_id, "due_at": due, **fields}


def _store(cards: list[ReviewCard]) -> None:
    """Write the rows, each over the one that the person has for its question."""
    ReviewCard.objects.bulk_create(
        cards,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=KEY_FIELDS,
        update_fields=STORED_FIELDS,
    )
