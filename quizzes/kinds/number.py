"""Questions answered by a number, with tolerance and units. Pure.

A specification is ``{"unit": str, "lines": [{"id", "low", "high", "unit", "right"}]}``, an answer
``{"text": str}``.
"""

import re
from typing import Any

from quizzes.kinds.base import Answer, AnswerFaultError, Fields, KindDefaults, Mark, Spec
from quizzes.kinds.choice import choice_ids
from quizzes.kinds.quantities import (
    NotAQuantityError,
    is_known_unit,
    parse_quantity,
    value_in,
)
from quizzes.kinds.typed import typed_text

TOLERANCE_SIGN = re.compile(r"\+-|\+/-|±")
RANGE_SIGN = re.compile(r"\.\.+|…")
# Two floats that came from the same decimal by different conversions.
ROUNDING = 1e-9


def number_line(text: str) -> dict[str, Any]:
    """Read ``15 +- 0.5 min``, ``10..12`` or ``10,240 MB`` into ``{"low", "high", "unit"}``.

    Raises ``NotAQuantityError``.
    """
    if len(ends := RANGE_SIGN.split(text)) == 2:
        low, high = parse_quantity(ends[0]), parse_quantity(ends[1])
        return {"low": low.value, "high": high.value, "unit": high.unit or low.unit}
    if len(parts := TOLERANCE_SIGN.split(text)) == 2:
        middle, margin = parse_quantity(parts[0]), parse_quantity(parts[1])
        return {
            "low": middle.value - abs(margin.value),
            "high": middle.value + abs(margin.value),
            "unit": margin.unit or middle.unit,
        }
    value = parse_quantity(text)
    return {"low": value.value, "high": value.value, "unit": value.unit}


def number_spec(lines: list[tuple[str, bool]]) -> dict[str, Any]:
    """Return the specification of ``(text, is_right)`` lines; raises ``NotAQuantityError``."""
    ids = choice_ids(text for text, _ in lines)
    read = [
        {"id": id_, "right": is_right, **number_line(text)}
        for id_, (text, is_right) in zip(ids, lines, strict=True)
    ]
    return {"unit": next((line["unit"] for line in read if line["right"]), ""), "lines": read}


class Number(KindDefaults):
    """Type a number."""

    name = "number"

    def read_answer(self, spec: Spec, fields: Fields) -> Answer:
        """Return ``{"text": ...}``; a text without a number or with a strange unit is no answer."""
        text = typed_text(fields)
        try:
            quantity = parse_quantity(text)
        except NotAQuantityError as fault:
            raise AnswerFaultError("not-a-number") from fault
        is_plain = quantity.unit.casefold() in {"", spec["unit"].casefold()}
        if not is_plain and not is_known_unit(quantity.unit):
            raise AnswerFaultError("unknown-unit")
        return {"text": text}

    def matched_line(self, spec: Spec, answer: Answer) -> str | None:
        """Return the id of the first line, right ones first, that the number lies in, or None."""
        quantity = parse_quantity(answer["text"])
        for line in sorted(spec["lines"], key=lambda line: not line["right"]):
            value = value_in(quantity, line["unit"] or spec["unit"])
            if value is None:
                continue
            margin = ROUNDING * max(abs(line["low"]), abs(line["high"]), abs(value))
            if line["low"] - margin <= value <= line["high"] + margin:
                return str(line["id"])
        return None

    def mark(self, spec: Spec, answer: Answer) -> Mark:
        """Give 1 inside the tolerance of a right line."""
        matched = self.matched_line(spec, answer)
        rights = {line["id"] for line in spec["lines"] if line["right"]}
        return Mark(1.0 if matched in rights else 0.0)
