"""A finished attempt on the page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.asked import AskedQuestion
from quizzes.kinds.base import Verdict
from quizzes.showing.changes import Change, change_since
from quizzes.showing.questions import ShownQuestion, shown_question
from quizzes.sittings import Sitting


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

    @property
    def sentence(self) -> str:
        """Return how many were right, as a sentence."""
        if self.right < self.total:
            values = {"right": self.right, "total": self.total}
            return _("%(right)d of %(total)d right.") % values
        text = ngettext("Your answer is right.", "All %(total)d right.", self.total)
        return text % {"total": self.total}

    @property
    def advice(self) -> str:
        """Return what the result means for the person who reads it, and what to do next."""
        if not self.misses:
            if self.is_retry:
                return _(
                    "What you missed before, you have now got right. "
                    "A lesson is done when its whole check is passed."
                )
            return _("You have this. Go on while it is fresh.")
        if self.is_retry:
            return _("Some of it still slips. Read the explanations once more, then try again.")
        values = {"percent": self.percent, "mark": self.pass_mark}
        return _advice_of_first(self) % values


def _advice_of_first(result: ShownResult) -> str:
    """Return the advice for a first attempt with misses, with places for the percentages."""
    if result.relearned == len(result.misses):
        return _(
            "%(percent)d%% at first, and what you missed you have since got right. "
            "Recalling it after a miss is what makes it last."
        )
    if result.is_passed:
        return _(
            "Passed with %(percent)d%%; %(mark)d%% were needed. Here is what to take from the rest."
        )
    return _(
        "%(percent)d%% this time; %(mark)d%% are needed to pass. A mistake that you understand "
        "is one you rarely make again: here is what to learn."
    )


def shown_result(sitting: Sitting) -> ShownResult:
    """Return a finished sitting for the page; raises ``ValueError`` if it was never begun."""
    attempt = sitting.attempt
    if attempt is None:
        raise ValueError("A sitting that was not begun has no result.")
    outcomes = [(asked, shown_outcome(asked)) for asked in sitting.questions]
    marks = [outcome.question.certainty_mark for _asked, outcome in outcomes]
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
        marks=tuple(asked.is_right for asked, _outcome in outcomes),
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
