"""PURE: what is written on the picture of a page, apart from what draws it."""

from dataclasses import dataclass

# To be raised when cards are drawn in another way: every site then draws them anew.
EDITION = 1


@dataclass(frozen=True, slots=True)
class CardText:
    """What is written on a card. ``facts`` are short and come last."""

    title: str
    course: str
    facts: str = ""
