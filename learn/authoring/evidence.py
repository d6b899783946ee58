"""What learners' answers say of a question, as the checker judges it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Evidence:
    """First answers to one question, one a learner, to its present key.

    ``facility`` is the share that was right, from 0 to 1. ``discrimination_at_most`` is the upper
    end of the 95 % interval of the correlation between this question and the others, None where
    there is too little to tell. ``picked`` counts the answers with each choice, by its id.
    """

    answers: int
    facility: float
    discrimination_at_most: float | None = None
    picked: Mapping[str, int] = field(default_factory=dict)
