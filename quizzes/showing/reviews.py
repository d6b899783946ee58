"""The start and the end of a review on the page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from learn.models import Lesson, User
from quizzes.asked import AskedQuestion
from quizzes.interleaving import DueQuestion, session_of
from quizzes.places import Place
from quizzes.remembering import (
    DueSummary,
    coming_days,
    due_questions,
    due_summary,
    forecast,
    review_accuracy,
    reviews_a_day,
)
from quizzes.scheduling import DAY, Review, rating_of
from quizzes.showing.forecasts import Chart, chart_of, how_long, how_often, when
from quizzes.showing.results import ShownOutcome, shown_outcome
from quizzes.sittings import Sitting

RETENTIONS = (80, 85, 90, 95)


@dataclass(frozen=True, slots=True)
class DueLesson:
    """A lesson with questions that are due; ``language`` is its course's."""

    title: str
    language: str
    url: str
    due: int


@dataclass(frozen=True, slots=True)
class RetentionChoice:
    """A share to be remembered, in percent, and how often that means a review."""

    percent: int
    pace: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownReview:
    """The start of a review. ``session`` is how many questions the next one asks.

    ``next_when`` is empty where nothing comes at all, ``known_percent`` None for too few reviews.
    """

    summary: DueSummary
    session: int
    certain_mistakes: int
    lessons: tuple[DueLesson, ...]
    chart: Chart
    next_when: str
    known_percent: int | None
    retentions: tuple[RetentionChoice, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was ever answered that could come again."""
        return not self.summary.due and not self.next_when


def shown_review(user: User, at: datetime) -> ShownReview:
    """Return what the start page shows. The number of queries does not grow with the cards."""
    due, days = due_questions(user, at), coming_days(user, at)
    summary = due_summary(user, at, days=days)
    session, accuracy = session_of(due), review_accuracy(user, at)
    return ShownReview(
        summary=summary,
        session=len(session),
        certain_mistakes=sum(each.is_confidently_wrong for each in session),
        lessons=_due_lessons(due),
        chart=chart_of(forecast(days, at)),
        next_when=when(summary.next_due_at, at) if summary.next_due_at else "",
        known_percent=round(100 * accuracy.known) if accuracy else None,
        retentions=_retentions(user),
    )


def _due_lessons(due: Sequence[DueQuestion]) -> tuple[DueLesson, ...]:
    """Return the lessons that the due questions come from, the fullest first."""
    counts = Counter(each.lesson for each in due)
    lessons = Lesson.objects.filter(pk__in=list(counts)).with_titles().in_order()
    shown = [
        DueLesson(
            lesson.live.title if lesson.live else lesson.slug,
            lesson.course.language,
            lesson.get_absolute_url(),
            counts[lesson.pk],
        )
        for lesson in lessons
    ]
    return tuple(sorted(shown, key=lambda each: -each.due))


def _retentions(user: User) -> tuple[RetentionChoice, ...]:
    """Return what may be chosen, with the person's own choice among it."""
    own = round(100 * user.desired_retention)
    percents = sorted({*RETENTIONS, own})
    paces = reviews_a_day(user, [percent / 100 for percent in percents])
    return tuple(
        RetentionChoice(percent, how_often(paces[percent / 100]), percent == own)
        for percent in percents
    )


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """A question of a finished review: how it went, where it stands, when it comes again.

    ``gap`` says after how long it was asked, where that was a day at least; ``had_hint`` that it
    was right with a hint, which does not count as known.
    """

    outcome: ShownOutcome
    place: Place | None
    again: str
    gap: str
    had_hint: bool


@dataclass(frozen=True, slots=True)
class ShownReviewResult:
    """A finished review. ``longest`` is the longest gap after which an answer was right."""

    held: tuple[ReviewedQuestion, ...]
    slipped: tuple[ReviewedQuestion, ...]
    marks: tuple[bool, ...]
    longest: str
    to_relearn: int

    @property
    def total(self) -> int:
        """Return how many questions were asked."""
        return len(self.marks)


def shown_review_result(
    sitting: Sitting,
    *,
    places: Mapping[int, Place],
    earlier: Mapping[int, Sequence[Review]],
    due_times: Mapping[int, datetime],
    now: datetime,
) -> ShownReviewResult:
    """Return a review for its last page.

    ``places``, ``earlier`` (all counted answers in their order) and ``due_times`` are by question.
    """
    shown, gaps, marks = [], [], []
    for asked in sitting.questions:
        question = asked.version.question_id
        days, is_held = _gap(asked, earlier.get(question, ())), _is_held(asked)
        due = due_times.get(question)
        shown.append(
            ReviewedQuestion(
                outcome=shown_outcome(asked),
                place=places.get(question),
                again=when(due, now) if due else "",
                gap=how_long(days),
                had_hint=asked.is_right and not is_held,
            )
        )
        gaps.append(days if is_held else 0.0)
        marks.append(is_held)
    return ShownReviewResult(
        held=tuple(each for each, is_held in zip(shown, marks, strict=True) if is_held),
        slipped=tuple(each for each, is_held in zip(shown, marks, strict=True) if not is_held),
        marks=tuple(marks),
        longest=how_long(max(gaps, default=0.0)),
        to_relearn=len(sitting.to_relearn),
    )


def _is_held(asked: AskedQuestion) -> bool:
    """Say whether the first answer showed that the question was still known."""
    first = asked.responses[0] if asked.responses else None
    if first is None:
        return False
    rating = rating_of(
        verdict=first.verdict, hints_seen=first.hints_seen, certainty=first.certainty
    )
    return rating.name != "Again"


def _gap(asked: AskedQuestion, reviews: Sequence[Review]) -> float:
    """Return the days between the answer before and the first one of this review."""
    if not asked.responses:
        return 0.0
    at = asked.responses[0].answered_at
    before = [review.at for review in reviews if review.at < at]
    return (at - before[-1]) / DAY if before else 0.0
