"""WRITE: the cards that say what a person remembers and when each question comes again.

A card is what the stored answers make of it: ``rebuild_cards`` gives the same rows at any time.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction

from learn.models import User
from learn.models.changes import Insertion, Update, inserted
from learn.models.statements import insert_unless_there, update
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


class CardMove(NamedTuple):
    """What a first answer does to the person's card of the question, not yet written.

    ``seen`` is the card that this was made from, None where there was none. ``row`` is what the
    card will say, None where it stays as it is. ``is_kept`` when nobody else can move the card.
    """

    user: User
    question_id: int
    review: Review
    seen: ReviewCard | None
    row: dict[str, Any] | None
    is_kept: bool = False

    def carry_out(self) -> None:
        """Write the card, within the caller's transaction. One query as a rule.

        A card that has moved since it was seen is moved on from where it is.
        """
        move = self
        while not move._is_written():
            move = card_move(self.user, self.question_id, self.review, keeps_card=True)

    @property
    def change(self) -> Insertion | Update:
        """Return what is written if the card is as it was seen; ``row`` must not be None."""
        row = self.row or {}
        if self.seen is None:
            return inserted(ReviewCard, row)
        # Whatever moves a card changes one of these. No times: a database may spell one otherwise.
        told_by = () if self.is_kept else ("matter", "reviews", "stability")
        seen = {name: getattr(self.seen, name) for name in told_by}
        changed = {name: row[name] for name in STORED_FIELDS}
        return Update(ReviewCard, changed, {"id": self.seen.pk, **seen})

    def _is_written(self) -> bool:
        """Write the card if it is as it was seen, and say whether it was."""
        if self.row is None:
            return True
        change = self.change
        if isinstance(change, Insertion):
            return insert_unless_there(ReviewCard, change.rows[0]) is not None
        return update(ReviewCard, change.values, where=change.where) == 1


def card_move(
    user: User, question_id: int, review: Review, *, keeps_card: bool = False
) -> CardMove:
    """Return what a first answer to a question does. One query.

    With ``keeps_card`` nobody else moves the card until the transaction ends.
    """
    card = card_to_move(user, question_id, keeps_card=keeps_card)
    before = memory_of(card) if card else None
    after = remember(before, review)
    row = None if after == before else _stored(user, question_id, after)
    return CardMove(user, question_id, review, card, row, is_kept=keeps_card)


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
