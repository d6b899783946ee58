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


class AnswerFaultError(ValueError):
    """An answer that cannot be marked. ``code`` tells why: ``empty`` or ``unknown-choice``."""

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
