"""Choices, before and after the answer."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from quizzes.kinds.choice import right_choices
from quizzes.showing.asking import Showing, fate


class ShownChoice(NamedTuple):
    """A choice on the page. Until there is an answer, only ``id``, ``html`` and ``picked`` speak.

    ``state`` is one of ``open``, ``right-picked``, ``right-missed``, ``wrong-picked``, ``left``.
    """

    id: str
    html: str
    picked: bool = False
    state: str = "open"
    label: str = ""
    explanation: str = ""

    @property
    def is_told(self) -> bool:
        """Say whether the page shows the explanation openly, not on demand."""
        return self.state in {"right-picked", "right-missed", "wrong-picked"}


class ShownChoices(NamedTuple):
    """The choices of a question; ``several`` may be picked."""

    several: bool
    choices: tuple[ShownChoice, ...]

    @property
    def first_field(self) -> str:
        """Return the first choice, for a message about the answer."""
        return self.choices[0].id

    @property
    def left(self) -> tuple[ShownChoice, ...]:
        """Return the choices that were rightly left alone, whose reasons are shown on demand."""
        return tuple(
            choice for choice in self.choices if choice.state == "left" and choice.explanation
        )


def shown_choices(showing: Showing) -> ShownChoices:
    """Return the choices for the page."""
    texts = showing.parts["choices"]
    several = showing.asked.version.kind == "choose-all"
    if showing.answer is None:
        kept = set(showing.fields.get("choice", ()))
        return ShownChoices(
            several,
            tuple(
                ShownChoice(id_, texts[id_]["text"], picked=id_ in kept)
                for id_ in showing.asked.shown_order
            ),
        )
    picked = set(showing.answer["choices"])
    right = right_choices(showing.spec)
    return ShownChoices(
        several,
        tuple(
            _told(showing, id_, is_right=id_ in right, is_picked=id_ in picked, several=several)
            for id_ in showing.asked.shown_order
        ),
    )


def _told(
    showing: Showing, id_: str, *, is_right: bool, is_picked: bool, several: bool
) -> ShownChoice:
    """Return a choice with what became of it, as far as that may be told."""
    texts = showing.parts["choices"][id_]
    if not showing.reveals and not is_picked:
        return ShownChoice(id_, texts["text"])
    return ShownChoice(
        id_,
        texts["text"],
        picked=is_picked,
        state=fate(is_right=is_right, is_picked=is_picked),
        label=_label(is_right=is_right, is_picked=is_picked, several=several),
        explanation=texts["explanation"],
    )


def _label(*, is_right: bool, is_picked: bool, several: bool) -> str:
    """Return what became of a choice, in words."""
    if is_picked:
        return _("Your answer, correct") if is_right else _("Your answer, not correct")
    if is_right:
        return _("Correct, and you left it out") if several else _("Correct answer")
    return ""
