"""Things to put in order, pairs to match and statements to sort, before and after the answer."""

from typing import NamedTuple

from quizzes.kinds.ordering import moved
from quizzes.showing.asking import Showing, fate


class ShownRow(NamedTuple):
    """A row on the page: an item to move, or a text to give an option to.

    ``given`` and ``wanted`` are options as HTML, or places in an order; empty until told.
    """

    id: str
    html: str
    plain: str = ""
    picked: str = ""
    state: str = "open"
    given: str = ""
    wanted: str = ""
    explanation: str = ""


class ShownRows(NamedTuple):
    """The rows and, where each is given one, the ``(id, plain text)`` options."""

    rows: tuple[ShownRow, ...]
    options: tuple[tuple[str, str], ...] = ()

    @property
    def first_field(self) -> str:
        """Return the first row that was given nothing, else the first, for a message about it."""
        return next((row.id for row in self.rows if not row.picked), self.rows[0].id)


def shown_order_of_items(showing: Showing) -> ShownRows:
    """Return the items in the order that they have on the form, or the right one with places."""
    items = showing.parts["items"]
    if showing.answer is None:
        order = list(showing.fields.get("order", ()))
        if sorted(order) != sorted(showing.spec["items"]):
            order = showing.asked.shown_order
        order = moved(order, showing.kept("move"))
        return ShownRows(
            tuple(ShownRow(id_, items[id_]["text"], items[id_]["plain"]) for id_ in order)
        )
    right = {id_: place for place, id_ in enumerate(showing.spec["items"], start=1)}
    given = {id_: place for place, id_ in enumerate(showing.answer["order"], start=1)}
    order = showing.spec["items"] if showing.reveals else showing.answer["order"]
    return ShownRows(
        tuple(
            ShownRow(
                id_,
                items[id_]["text"],
                state=fate(is_right=right[id_] == given[id_], is_picked=True),
                given=str(given[id_]),
                wanted=str(right[id_]) if showing.reveals else "",
                explanation=items[id_]["explanation"] if showing.reveals else "",
            )
            for id_ in order
        )
    )


def shown_placing(showing: Showing) -> ShownRows:
    """Return the rows of a matching or sorting with what was given to each."""
    kind = showing.asked.version.kind
    rows, options = showing.parts["rows"], showing.parts["options"]
    wanted = {row["id"]: row["option"] for row in showing.spec["rows"]}
    row_order = showing.asked.shown_order if kind == "sorting" else list(wanted)
    option_order = showing.asked.shown_order if kind == "matching" else showing.spec["options"]
    choices = tuple((id_, options[id_]["plain"]) for id_ in option_order)
    if showing.answer is None:
        asked = (
            ShownRow(id_, rows[id_]["text"], rows[id_]["plain"], showing.kept(f"place-{id_}"))
            for id_ in row_order
        )
        return ShownRows(tuple(asked), choices)
    placed = showing.answer["placed"]
    told = (
        ShownRow(
            id_,
            rows[id_]["text"],
            state=fate(is_right=placed[id_] == wanted[id_], is_picked=True),
            given=options[placed[id_]]["text"],
            wanted=options[wanted[id_]]["text"] if showing.reveals else "",
            explanation=rows[id_]["explanation"] if showing.reveals else "",
        )
        for id_ in row_order
    )
    return ShownRows(tuple(told), choices)
