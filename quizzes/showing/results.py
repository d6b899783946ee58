"""A finished attempt on the page."""

from dataclasses import dataclass

from quizzes.kinds.base import Verdict
from quizzes.showing.changes import Change, change_since
from quizzes.showing.questions import ShownQuestion, shown_question
from quizzes.sittings import AskedQuestion, Sitting


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """A question of a finished attempt with its first answer, and what was changed since."""

    question: ShownQuestion
    is_learned: bool
    change: Change | None


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A finished attempt. ``certainty_total`` is None where certainty was not asked for."""

    token: str
    right: int
    total: int
    percent: int
    pass_mark: int
    is_passed: bool
    is_retry: bool
    misses: tuple[ShownOutcome, ...]
    hits: tuple[ShownOutcome, ...]
    marks: tuple[bool, ...]
    certainty_total: float | None

    @property
    def relearned(self) -> int:
        """Return how many misses were got right later in the same session."""
        return sum(outcome.is_learned for outcome in self.misses)

    @property
    def pass_mark_degrees(self) -> int:
        """Return where on a full turn the pass mark is."""
        return round(self.pass_mark * 3.6)

    @property
    def has_parts(self) -> bool:
        """Say whether something was partly right, which counts in the percentage alone."""
        return any(outcome.question.verdict == Verdict.PARTIAL for outcome in self.misses)


def shown_result(sitting: Sitting) -> ShownResult:
    """Return a finished sitting for the page; raises ``ValueError`` if it was never begun."""
    attempt = sitting.attempt
    if attempt is None:
        raise ValueError("A sitting that was not begun has no result.")
    outcomes = [(asked, shown_outcome(asked)) for asked in sitting.questions]
    marks = [outcome.question.certainty_mark for _, outcome in outcomes]
    return ShownResult(
        token=attempt.token,
        right=sitting.right,
        total=sitting.total,
        percent=sitting.percent,
        pass_mark=sitting.terms.pass_mark,
        is_passed=sitting.is_passed,
        is_retry=attempt.retry_of_id is not None,
        misses=tuple(outcome for asked, outcome in outcomes if not asked.is_right),
        hits=tuple(outcome for asked, outcome in outcomes if asked.is_right),
        marks=tuple(asked.is_right for asked, _ in outcomes),
        certainty_total=sum(mark or 0.0 for mark in marks) if attempt.asks_certainty else None,
    )


def shown_outcome(asked: AskedQuestion) -> ShownOutcome:
    """Return the question with the answer that counted first."""
    first = asked.responses[0] if asked.responses else None
    live = asked.version.question.live
    return ShownOutcome(
        question=shown_question(asked, answered=first),
        is_learned=asked.is_learned,
        change=change_since(asked.version, live) if live else None,
    )
