"""Questions answered by typing: accepted texts, and expected mistakes with their explanation. Pure.

A specification is ``{"exact": bool, "lines": [{"id", "text", "right"}]}``, an answer
``{"text": str}``.
"""

from typing import Any

from quizzes.kinds.base import Answer, AnswerFaultError, Fields, KindDefaults, Mark, Spec
from quizzes.kinds.choice import choice_ids
from quizzes.kinds.text import is_slip_of_any, place_of

LONGEST_ANSWER = 500


def typed_spec(lines: list[tuple[str, bool]], *, exact: bool) -> dict[str, Any]:
    """Return the specification of ``(text, is_right)`` lines."""
    ids = choice_ids(text for text, _ in lines)
    return {
        "exact": exact,
        "lines": [
            {"id": id_, "text": text, "right": is_right}
            for id_, (text, is_right) in zip(ids, lines, strict=True)
        ],
    }


def typed_text(fields: Fields, name: str = "answer") -> str:
    """Return the submitted text, trimmed; raise ``AnswerFaultError`` if it is unusable."""
    text = next(iter(fields.get(name, ())), "").strip()
    if not text:
        raise AnswerFaultError("empty")
    if len(text) > LONGEST_ANSWER or "\x00" in text:
        raise AnswerFaultError("unreadable")
    return text


class Typed(KindDefaults):
    """Type the answer."""

    name = "typed"

    def read_answer(self, spec: Spec, fields: Fields) -> Answer:
        """Return ``{"text": ...}``."""
        return {"text": typed_text(fields)}

    def matched_line(self, spec: Spec, answer: Answer) -> str | None:
        """Return the id of the line that the answer says, or None."""
        lines = spec["lines"]
        place = place_of(answer["text"], [line["text"] for line in lines], exact=spec["exact"])
        return None if place is None else lines[place]["id"]

    def mark(self, spec: Spec, answer: Answer) -> Mark:
        """Give 1 for an accepted text; nothing that merely resembles one passes."""
        matched = self.matched_line(spec, answer)
        rights = {line["id"] for line in spec["lines"] if line["right"]}
        return Mark(1.0 if matched in rights else 0.0)

    def needs_spelling(self, spec: Spec, answer: Answer) -> bool:
        """Say whether to ask for the spelling and give another go: a slip, no expected mistake."""
        if spec["exact"] or self.matched_line(spec, answer) is not None:
            return False
        rights = (line["text"] for line in spec["lines"] if line["right"])
        return is_slip_of_any(answer["text"], rights)
