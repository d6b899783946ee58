"""A typed text or number, before and after the answer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.kinds.number import RANGE_SIGN, TOLERANCE_SIGN, Number
from quizzes.kinds.typed import Typed
from quizzes.showing.asking import Showing

READERS: dict[str, Typed | Number] = {"typed": Typed(), "number": Number()}


@dataclass(frozen=True, slots=True)
class ShownInput:
    """An input on the page. The rest is empty until there is an answer.

    ``wanted`` is the first accepted text, ``explanation`` belongs to what was typed and
    ``reason`` to what is wanted.
    """

    value: str
    unit: str
    is_number: bool
    is_right: bool = False
    wanted: str = ""
    also: tuple[str, ...] = ()
    explanation: str = ""
    reason: str = ""

    @property
    def first_field(self) -> str:
        """Return the name of the input, for a message about the answer."""
        return "answer"


def shown_input(showing: Showing) -> ShownInput:
    """Return the input for the page."""
    kind = showing.asked.version.kind
    unit = str(showing.spec.get("unit", ""))
    is_number = kind == "number"
    if showing.answer is None:
        return ShownInput(showing.kept("answer"), unit, is_number)
    reader = READERS[kind]
    lines = showing.parts["lines"]
    matched = reader.matched_line(showing.spec, showing.answer)
    rights = [line["id"] for line in showing.spec["lines"] if line["right"]]
    is_right = matched in rights
    told = ShownInput(
        showing.answer["text"],
        unit,
        is_number,
        is_right=is_right,
        explanation=lines[matched]["explanation"] if matched else "",
    )
    if not showing.reveals:
        return told
    first = rights[0]
    return ShownInput(
        told.value,
        unit,
        is_number,
        is_right=is_right,
        wanted=_readable(lines[first]["text"], is_number=is_number),
        also=tuple(_readable(lines[id_]["text"], is_number=is_number) for id_ in rights[1:]),
        explanation=told.explanation,
        reason="" if matched == first else lines[first]["explanation"],
    )


def _readable(text: str, *, is_number: bool) -> str:
    """Return an accepted answer as people write it: its file has ``+-`` and ``..`` for numbers."""
    if not is_number:
        return text
    if len(ends := RANGE_SIGN.split(text)) == 2:
        return _("%(low)s to %(high)s") % {"low": ends[0].strip(), "high": ends[1].strip()}
    return " ± ".join(part.strip() for part in TOLERANCE_SIGN.split(text))
