"""What every kind of question is: how an answer is read, marked and explained. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

# A specification and an answer are JSON values, since both are kept in the database.
type Spec = Mapping[str, Any]
type Answer = Mapping[str, Any]
type Fields = Mapping[str, Sequence[str]]


class Verdict(StrEnum):
    """How an answer did."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"


ANSWER_FAULTS = (
    "empty",
    "incomplete",
    "unknown-choice",
    "unreadable",
    "not-a-number",
    "unknown-unit",
    "spelling",
    "no-certainty",
)


class AnswerFaultError(ValueError):
    """An answer that cannot be marked. ``code`` tells why, as one of ``ANSWER_FAULTS``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer earned: ``fraction`` of the question's points, from 0 to 1."""

    fraction: float

    @property
    def verdict(self) -> Verdict:
        """Return the verdict in words."""
        if self.fraction >= 1:
            return Verdict.CORRECT
        return Verdict.PARTIAL if self.fraction > 0 else Verdict.INCORRECT


class Kind(Protocol):
    """A kind of question: plain functions over its specification."""

    name: str

    def read_answer(self, spec: Spec, fields: Fields) -> Answer:
        """Read the submitted form into an answer; raise ``AnswerFaultError`` if it is none."""

    def mark(self, spec: Spec, answer: Answer) -> Mark:
        """Mark an answer that ``read_answer`` returned."""

    def shuffled_parts(self, spec: Spec) -> list[str]:
        """Return the ids whose order is drawn for each attempt, in the author's order."""

    def fixed_parts(self, spec: Spec) -> list[str]:
        """Return the ids that are always shown after those, in the author's order."""

    def needs_spelling(self, spec: Spec, answer: Answer) -> bool:
        """Say whether to ask for the spelling and give another go before the answer counts."""


class KindDefaults:
    """What most kinds have in common: nothing fixed in an order, nothing to spell."""

    def shuffled_parts(self, spec: Spec) -> list[str]:
        """Return nothing: there is no order to draw."""
        return []

    def fixed_parts(self, spec: Spec) -> list[str]:
        """Return nothing: no part must stand last."""
        return []

    def needs_spelling(self, spec: Spec, answer: Answer) -> bool:
        """Say no: nothing is typed."""
        return False
