"""Questions answered by filling gaps in a text. Pure.

A specification is ``{"gaps": [{"id", "accepted": [str]}]}``, an answer ``{"gaps": {id: str}}``.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from quizzes.kinds.base import Answer, AnswerFaultError, Fields, KindDefaults, Mark, Spec
from quizzes.kinds.text import is_slip_of_any, place_of
from quizzes.kinds.typed import LONGEST_ANSWER


def gaps_spec(gaps: Iterable[Sequence[str]]) -> dict[str, Any]:
    """Return the specification of gaps, each given as its accepted texts."""
    return {
        "gaps": [
            {"id": str(number), "accepted": list(accepted)}
            for number, accepted in enumerate(gaps, start=1)
        ]
    }


class Gaps(KindDefaults):
    """Fill the gaps."""

    name = "gaps"

    def read_answer(self, spec: Spec, fields: Fields) -> Answer:
        """Return ``{"gaps": {...}}`` from the fields ``gap-ID``; at least one must be filled."""
        filled = {
            gap["id"]: next(iter(fields.get(f"gap-{gap['id']}", ())), "").strip()
            for gap in spec["gaps"]
        }
        if not any(filled.values()):
            raise AnswerFaultError("empty")
        if any(len(text) > LONGEST_ANSWER or "\x00" in text for text in filled.values()):
            raise AnswerFaultError("unreadable")
        return {"gaps": filled}

    def right_gaps(self, spec: Spec, answer: Answer) -> set[str]:
        """Return the ids of the gaps that are filled with an accepted text."""
        return {
            gap["id"]
            for gap in spec["gaps"]
            if place_of(answer["gaps"][gap["id"]], gap["accepted"]) is not None
        }

    def mark(self, spec: Spec, answer: Answer) -> Mark:
        """Give the share of gaps that are filled rightly."""
        return Mark(len(self.right_gaps(spec, answer)) / len(spec["gaps"]))

    def needs_spelling(self, spec: Spec, answer: Answer) -> bool:
        """Say whether a gap is wrong by a mere slip in a long word."""
        right = self.right_gaps(spec, answer)
        return any(
            is_slip_of_any(answer["gaps"][gap["id"]], gap["accepted"])
            for gap in spec["gaps"]
            if gap["id"] not in right
        )
