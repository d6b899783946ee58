"""PURE: what is remembered of a question, and when it should come again. FSRS-6 with our own days.

Stability and difficulty are those of the package ``fsrs`` with its default parameters and no
learning steps. Time goes by days in UTC: answers of one day are no proof of memory, so of a second
answer on the same day only a wrong one counts, by FSRS's formula for the same day, which can only
lower the stability. A question is due from the start of its day, half a day after the last answer
at the earliest. The scatter of due days is drawn from a seed, so that the same answers always lead
to the same days.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler, State
from fsrs.scheduler import DEFAULT_PARAMETERS

from quizzes.chance import draws_by
from quizzes.kinds.base import Verdict

DEFAULT_RETENTION = 0.9
LEAST_RETENTION, MOST_RETENTION = 0.8, 0.95
LONGEST_INTERVAL = 365
SHORTEST_REST = timedelta(hours=12)
DAY = timedelta(days=1)
# A new question that was missed has a stability below this; once it is right, one above.
MISSED_DAYS = 1.0
CERTAIN, UNSURE = 3, 1

DECAY = -DEFAULT_PARAMETERS[20]
FACTOR = 0.9 ** (1 / DECAY) - 1
# The nominal band of FSRS: this share of the days from, up to, is added to one day either way.
SCATTER = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_FSRS = Scheduler(
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_INTERVAL,
    enable_fuzzing=False,
)


class Review(NamedTuple):
    """A first answer as the schedule sees it; ``matter`` names the key that was answered."""

    at: datetime
    rating: Rating
    matter: str
    is_confidently_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one question; the fields are those of ``ReviewCard``."""

    matter: str
    stability: float
    difficulty: float
    first_at: datetime
    last_at: datetime
    reviews: int = 1
    lapses: int = 0
    held_days: float = 0.0
    is_confidently_wrong: bool = False


def review_of(
    *, verdict: str, hints_seen: int, certainty: int | None, matter: str, at: datetime
) -> Review:
    """Return how a first answer counts: ``rating_of``, and whether it was a certain mistake."""
    rating = rating_of(verdict=verdict, hints_seen=hints_seen, certainty=certainty)
    is_wrong = verdict != Verdict.CORRECT
    return Review(at, rating, matter, is_confidently_wrong=is_wrong and certainty == CERTAIN)


def reviews_by_question(
    rows: Iterable[tuple[int, str, str, int, int | None, datetime]],
) -> dict[int, list[Review]]:
    """Return the reviews of each question in the order of the rows.

    A row is question, matter, verdict, hints seen, certainty and time of a first answer.
    """
    reviews: dict[int, list[Review]] = defaultdict(list)
    for question, matter, verdict, hints_seen, certainty, at in rows:
        review = review_of(
            verdict=verdict, hints_seen=hints_seen, certainty=certainty, matter=matter, at=at
        )
        reviews[question].append(review)
    return reviews


def rating_of(*, verdict: str, hints_seen: int, certainty: int | None) -> Rating:
    """Return FSRS's grade of a first answer.

    Whatever was not fully right, or only with a hint, is Again. What was right is Good, or Hard
    where certainty was asked for and there was none. Hard is never for a wrong answer, and Easy is
    never given: nothing in an answer tells it.
    """
    if verdict != Verdict.CORRECT or hints_seen:
        return Rating.Again
    return Rating.Hard if certainty == UNSURE else Rating.Good


def remember(memory: Memory | None, review: Review) -> Memory:
    """Return what is remembered after ``review``.

    A question with another key starts anew. A clock that was set back counts as standing still.
    """
    if memory is None:
        return _first_memory(review, at=review.at)
    at = max(review.at, memory.last_at)
    if memory.matter != review.matter:
        return _first_memory(review, at=at)
    days = (_day(at) - _day(memory.last_at)).days
    is_forgotten = review.rating == Rating.Again
    if days == 0 and not is_forgotten:
        return memory
    stability, difficulty = next_state((memory.stability, memory.difficulty), review.rating, days)
    gap = (at - memory.last_at) / DAY
    return replace(
        memory,
        stability=stability,
        difficulty=difficulty,
        last_at=at,
        reviews=memory.reviews + 1,
        lapses=memory.lapses + is_forgotten,
        held_days=memory.held_days if is_forgotten else max(memory.held_days, gap),
        is_confidently_wrong=review.is_confidently_wrong,
    )


def replay(reviews: Iterable[Review]) -> Memory | None:
    """Return what is remembered after all of ``reviews``, in the order they came in."""
    memory = None
    for review in reviews:
        memory = remember(memory, review)
    return memory


def _first_memory(review: Review, *, at: datetime) -> Memory:
    """Return what is remembered of a question that was answered for the first time."""
    stability, difficulty = _first_state(review.rating)
    return Memory(
        matter=review.matter,
        stability=stability,
        difficulty=difficulty,
        first_at=at,
        last_at=at,
        is_confidently_wrong=review.is_confidently_wrong,
    )


@cache
def _first_state(rating: Rating) -> tuple[float, float]:
    return next_state(None, rating, 0)


def next_state(state: tuple[float, float] | None, rating: Rating, days: int) -> tuple[float, float]:
    """Return stability and difficulty after a grade, ``days`` after the one that led to ``state``.

    FSRS-6 as the package ``fsrs`` has it, with its default parameters.
    """
    # Without an id the package sleeps for a millisecond, and without times it asks the clock.
    card = Card(card_id=1, due=_EPOCH)
    if state is not None:
        stability, difficulty = state
        card = Card(
            card_id=1,
            state=State.Review,
            stability=stability,
            difficulty=difficulty,
            due=_EPOCH,
            last_review=_EPOCH,
        )
    after, _ = _FSRS.review_card(card, rating, review_datetime=_EPOCH + days * DAY)
    if after.stability is None or after.difficulty is None:
        raise ValueError("A card that was reviewed has a memory.")
    return after.stability, after.difficulty


def interval_days(stability: float, retention: float = DEFAULT_RETENTION) -> int:
    """Return after how many days recall falls to ``retention``: 1 to 365, rounded.

    FSRS-6: S / factor x (r^(1/decay) - 1).
    """
    days = round(float(stability / FACTOR * (retention ** (1 / DECAY) - 1)))
    return min(max(days, 1), LONGEST_INTERVAL)


def scatter(days: int) -> tuple[int, int]:
    """Return the least and the most days that an interval may become, so that heaps come apart.

    Below 2.5 days nothing is changed; else it is FSRS's nominal band.
    """
    if days < SCATTER[0][0]:
        return days, days
    delta = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in SCATTER)
    most = min(round(days + delta), LONGEST_INTERVAL)
    return min(max(2, round(days - delta)), most), most


def due_at(memory: Memory, *, learner: int, question: int, retention: float) -> datetime:
    """Return when the question should come again; the same arguments give the same time."""
    least, most = scatter(interval_days(memory.stability, retention))
    draw = draws_by(f"{learner}:{question}:{memory.reviews}")
    morning = datetime.combine(_day(memory.last_at), time(), UTC)
    return max(morning + draw.randint(least, most) * DAY, memory.last_at + SHORTEST_REST)


@lru_cache(maxsize=10_000)
def reviews_within(days: int, state: tuple[float, float], retention: float) -> int:
    """Return how often a question comes in so many days, if it is always known and on its day."""
    count, passed = 0, interval_days(state[0], retention)
    while passed <= days:
        count += 1
        state = next_state(state, Rating.Good, interval_days(state[0], retention))
        passed += interval_days(state[0], retention)
    return count


def recall(stability: float, days: float) -> float:
    """Return the chance of recall ``days`` after the last answer, from 0 to 1.

    FSRS-6: (1 + factor x t / S)^decay. The package floors the days; here they are continuous, so
    that nothing jumps at midnight. At whole days both are equal.
    """
    return float((1 + FACTOR * max(days, 0.0) / stability) ** DECAY)


def _day(at: datetime) -> date:
    """Return the day in UTC."""
    return at.astimezone(UTC).date()
