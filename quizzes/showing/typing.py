"""A typed text or number, before and after the answer."""

from dataclasses import dataclass

from quizzes.kinds.number import Number
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
        wanted=lines[first]["text"],
        also=tuple(lines[id_]["text"] for id_ in rights[1:]),
        explanation=told.explanation,
        reason="" if matched == first else lines[first]["explanation"],
    )
