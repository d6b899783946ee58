"""Questions answered by giving each row one of the options: matching pairs, sorting statements.

Pure. A specification is ``{"rows": [{"id", "option"}], "options": [id]}``, an answer
``{"placed": {row id: option id}}``. Equal texts are one option.
"""

from collections.abc import Iterable
from typing import Any

from quizzes.kinds.base import Answer, AnswerFaultError, Fields, KindDefaults, Mark, Spec
from quizzes.kinds.choice import choice_ids


def placing_spec(
    pairs: Iterable[tuple[str, str]], options: Iterable[str] | None = None
) -> dict[str, Any]:
    """Return the specification of ``(row text, right option's text)`` pairs.

    ``options`` are all texts to choose from in the order to show them; by default those of the
    pairs.
    """
    pairs = list(pairs)
    texts = list(dict.fromkeys(options or (option for _, option in pairs)))
    option_ids = dict(zip(texts, choice_ids(texts), strict=True))
    row_ids = choice_ids(row for row, _ in pairs)
    return {
        "rows": [
            {"id": id_, "option": option_ids[option]}
            for id_, (_, option) in zip(row_ids, pairs, strict=True)
        ],
        "options": list(option_ids.values()),
    }


class _Placing(KindDefaults):
    """What matching and sorting share."""

    def read_answer(self, spec: Spec, fields: Fields) -> Answer:
        """Return ``{"placed": {...}}`` from the fields ``place-ROW``; every row needs an option."""
        placed = {
            row["id"]: next(iter(fields.get(f"place-{row['id']}", ())), "") for row in spec["rows"]
        }
        if not any(placed.values()):
            raise AnswerFaultError("empty")
        if not all(placed.values()):
            raise AnswerFaultError("incomplete")
        if not set(placed.values()) <= set(spec["options"]):
            raise AnswerFaultError("unknown-choice")
        return {"placed": placed}

    def mark(self, spec: Spec, answer: Answer) -> Mark:
        """Give the share of rows that have their option."""
        placed = answer["placed"]
        right = sum(placed[row["id"]] == row["option"] for row in spec["rows"])
        return Mark(right / len(spec["rows"]))


class Matching(_Placing):
    """Match the left with the right; the right column is shuffled."""

    name = "matching"

    def shuffled_parts(self, spec: Spec) -> list[str]:
        """Return the options."""
        return list(spec["options"])


class Sorting(_Placing):
    """Sort statements under the right heading; the statements are shuffled, the headings stay."""

    name = "sorting"

    def shuffled_parts(self, spec: Spec) -> list[str]:
        """Return the rows."""
        return [row["id"] for row in spec["rows"]]
