"""READ: what a person still remembers, what is due, and what comes in the next days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import fmean, median

from learn.models import Lesson, User
from quizzes.guessing import corrected_for_guessing, options_of, typical_options
from quizzes.interleaving import DueQuestion
from quizzes.kinds.base import Verdict
from quizzes.models import Question, Response, ReviewCard
from quizzes.scheduling import (
    DAY,
    MISSED_DAYS,
    Review,
    recall,
    reviews_by_question,
    reviews_within,
)

SECONDS_A_QUESTION = 12.0
# Right after an answer everything is remembered, which says nothing: a day later it does.
FRESH_DAYS = 1.0
LEAST_ANSWERS_FOR_ACCURACY = 20
MONTH = 30

# A day in UTC, whether that is due, how many questions come, and when the first of them does.
type ComingDay = tuple[date, bool, int, datetime]


@dataclass(frozen=True, slots=True)
class DueSummary:
    """How many questions are due, and how long they take.

    ``next_due_at`` is when the next comes that is not due yet, None where none does;
    ``next_count`` how many come on that day.
    """

    due: int = 0
    minutes: int = 0
    next_due_at: datetime | None = None
    next_count: int = 0


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """How many questions come on a day; the first day has all that is due by its end."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Strength:
    """What a person would still know of a lesson today.

    ``recall`` is the mean chance of recall of what was answered, from 0 to 1, where what was missed
    counts as not known until it is right once; ``questions`` are
    those that the lesson asks. ``held_days`` is the median, over what was answered, of the longest
    gap after which it was still known, ``longest_held_days`` the longest of all.
    """

    recall: float
    questions: int
    answered: int
    held_days: float
    longest_held_days: float

    @property
    def percent(self) -> int:
        """Return the recall as a whole percentage."""
        return round(100 * self.recall)

    @property
    def whole_days(self) -> int:
        """Return for how many days it was held, rounded down."""
        return int(self.held_days)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of the reviewed questions were still known, as luck would not have it.

    ``known`` is the share from 0 to 1 with guesses taken out.
    """

    answers: int
    known: float

    @property
    def percent(self) -> int:
        """Return the share as a whole percentage."""
        return round(100 * self.known)


def coming_days(user: User, at: datetime) -> list[ComingDay]:
    """Return how many questions come on which day, for both summaries below. One query."""
    return list(ReviewCard.objects.askable_of(user).count_by_day(at))


def due_summary(user: User, at: datetime, *, days: Sequence[ComingDay] | None = None) -> DueSummary:
    """Return what is due ``at`` and what comes next. Two queries, one with ``days`` given."""
    days = coming_days(user, at) if days is None else days
    due = sum(count for _, is_due, count, _ in days if is_due)
    later = min((row for row in days if not row[1]), default=None)
    minutes = round(due * seconds_a_question(user) / 60)
    return DueSummary(
        due=due,
        minutes=max(1, minutes) if due else 0,
        next_due_at=later[3] if later else None,
        next_count=later[2] if later else 0,
    )


def forecast(days: Iterable[ComingDay], at: datetime, number: int = 14) -> tuple[ForecastDay, ...]:
    """Return how many questions come on each of the next ``number`` days, today first."""
    today = at.astimezone(UTC).date()
    counts: Counter[date] = Counter()
    for day, is_due, count, _ in days:
        counts[today if is_due else day] += count
    coming = (today + timedelta(days=passed) for passed in range(number))
    return tuple(ForecastDay(day, counts[day]) for day in coming)


def due_questions(user: User, at: datetime) -> list[DueQuestion]:
    """Return all that is due ``at``, with what is known of how well it is remembered. One query."""
    rows = ReviewCard.objects.askable_of(user).due(at).with_place_and_memory()
    return [
        DueQuestion(
            question=question,
            lesson=lesson,
            recall=recall(stability, (at - last_at) / DAY),
            is_confidently_wrong=is_confidently_wrong,
            row=(table, cell.partition(".")[0]) if table else None,
        )
        for question, lesson, table, cell, stability, last_at, is_confidently_wrong in rows
    ]


def due_times(user: User, questions: Iterable[int]) -> dict[int, datetime]:
    """Return when each of the questions comes again, by its id. One query."""
    cards = ReviewCard.objects.filter(user=user, question__in=list(questions))
    return dict(cards.values_list("question_id", "due_at"))


def answers_to(user: User, questions: Iterable[int]) -> dict[int, list[Review]]:
    """Return the answers to each of the questions that its schedule goes by. One query."""
    counted = Response.objects.counted_in_schedules(user)
    return reviews_by_question(
        counted.filter(item__version__question__in=list(questions)).as_reviews()
    )


def reviews_a_day(user: User, retentions: Iterable[float]) -> dict[float, float]:
    """Return how many reviews a day each retention would mean for what was answered so far.

    It is the mean of the next month, with every question known when it comes. Memories that are
    about the same are reckoned together. One query.
    """
    cards = ReviewCard.objects.askable_of(user).values_list("stability", "difficulty")
    alike = Counter((float(f"{stability:.1e}"), float(round(hard))) for stability, hard in cards)
    return {
        retention: sum(
            number * reviews_within(MONTH, state, retention) for state, number in alike.items()
        )
        / MONTH
        for retention in retentions
    }


def lesson_strengths(
    user: User, lessons: Iterable[Lesson | int], at: datetime
) -> dict[int, Strength]:
    """Return what the person would still know of each lesson that was answered, by lesson id.

    A question whose key has changed since counts as not answered, and a cell of a table only once
    it was. One query.
    """
    asked: Counter[int] = Counter()
    memories: dict[int, list[tuple[float, float]]] = defaultdict(list)
    rows = Question.objects.with_memory_of(user).filter(lesson__in=list(lessons))
    for lesson, stability, last_at, held_days in rows:
        asked[lesson] += 1
        if stability is not None:
            days = max(FRESH_DAYS, (at - last_at) / DAY)
            chance = recall(stability, days) if stability >= MISSED_DAYS else 0.0
            memories[lesson].append((chance, held_days))
    return {
        lesson: Strength(
            recall=fmean(chance for chance, _ in known),
            questions=asked[lesson],
            answered=len(known),
            held_days=median(held for _, held in known),
            longest_held_days=max(held for _, held in known),
        )
        for lesson, known in memories.items()
    }


def review_accuracy(user: User, at: datetime, days: int = 28) -> Accuracy | None:
    """Return how much was still known of what was due in the last ``days``; None for too few.

    What luck added is taken out. One query.
    """
    rows = list(Response.objects.given_in_reviews(user, since=at - timedelta(days=days)))
    if len(rows) < LEAST_ANSWERS_FOR_ACCURACY:
        return None
    right = sum(verdict == Verdict.CORRECT and not hints for verdict, hints, _, _ in rows)
    options = typical_options(options_of(kind, spec) for _, _, kind, spec in rows)
    return Accuracy(len(rows), corrected_for_guessing(right / len(rows), options))


def seconds_a_question(user: User) -> float:
    """Return the median time of the person's latest answers, or a typical time. One query."""
    seconds = [taken for taken in Response.objects.latest_seconds(user) if taken is not None]
    return median(seconds) if seconds else SECONDS_A_QUESTION
