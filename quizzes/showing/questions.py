"""A question on the page, whatever its kind."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from quizzes.asked import AskedQuestion
from quizzes.kinds.base import Answer, Fields, Verdict
from quizzes.marking import certainty_mark
from quizzes.models import Response
from quizzes.showing.arranging import shown_order_of_items, shown_placing
from quizzes.showing.asking import Showing
from quizzes.showing.choosing import shown_choices
from quizzes.showing.filling import shown_gaps
from quizzes.showing.typing import shown_input

NO_FIELDS: Fields = MappingProxyType({})

# How each kind is shown: the template in quizzes/kinds/, and what it is given as ``detail``.
SHOWN_AS: dict[str, tuple[str, Callable[[Showing], Any]]] = {
    "choose-one": ("choosing", shown_choices),
    "choose-all": ("choosing", shown_choices),
    "typed": ("typing", shown_input),
    "number": ("typing", shown_input),
    "ordering": ("ordering", shown_order_of_items),
    "matching": ("placing", shown_placing),
    "sorting": ("placing", shown_placing),
    "gaps": ("filling", shown_gaps),
}


class ShownQuestion(NamedTuple):
    """A question on the page. What follows ``hints_left`` is empty until it is answered.

    ``detail`` is what the kind's own template shows; ``language`` that of texts which do not name
    it themselves, empty where every page is in it.
    """

    position: int
    kind: str
    version: str
    stem: str
    body: str
    detail: Any
    try_number: int
    hints: tuple[str, ...]
    hints_left: int
    language: str = ""
    verdict: str = ""
    verdict_label: str = ""
    explanation: str = ""
    tries_left: int = 0
    certainty: int = 0
    certainty_mark: float | None = None

    @property
    def inputs(self) -> str:
        """Return the template of the form's inputs."""
        return f"quizzes/kinds/{SHOWN_AS[self.kind][0]}.html#inputs"

    @property
    def first_field(self) -> str:
        """Return the id of the field that a message about the answer leads to."""
        return f"page-answer-{self.version}-{self.detail.first_field}"

    @property
    def feedback(self) -> str:
        """Return the template of what became of the answer."""
        return f"quizzes/kinds/{SHOWN_AS[self.kind][0]}.html#feedback"


def verdict_label(verdict: str) -> str:
    """Return the verdict in words."""
    match Verdict(verdict):
        case Verdict.CORRECT:
            return _("Correct")
        case Verdict.PARTIAL:
            return _("Partly right")
        case Verdict.INCORRECT:
            return _("Not correct")


def shown_question(
    asked: AskedQuestion,
    *,
    answered: Response | None = None,
    fields: Fields = NO_FIELDS,
    hints: int = 0,
) -> ShownQuestion:
    """Return ``asked`` for the page: with the feedback to ``answered``, else as a form.

    ``fields`` keeps what was entered on a form that comes back, ``hints`` is how many are shown.
    The key is told once no further try counts.
    """
    version, parts = asked.version, asked.version.parts
    reveals = answered is not None and asked.is_settled
    showing = Showing(asked, answered.answer if answered else None, fields, reveals)
    all_hints = parts.get("hints", [])
    return ShownQuestion(
        position=asked.position,
        kind=version.kind,
        version=version.code,
        stem=parts["stem"],
        body=parts["body"],
        detail=SHOWN_AS[version.kind][1](showing),
        try_number=len(asked.responses) + 1,
        hints=tuple(all_hints[:hints]),
        hints_left=max(0, len(all_hints) - hints),
        language=parts.get("language", ""),
        verdict=answered.verdict if answered else "",
        verdict_label=verdict_label(answered.verdict) if answered else "",
        explanation=_with_taken(parts["explanation"], showing.answer) if reveals else "",
        tries_left=0 if asked.is_settled else asked.tries - len(asked.responses),
        certainty=(answered.certainty or 0) if answered else 0,
        certainty_mark=_certainty_mark(answered),
    )


def _with_taken(explanation: str, answer: Answer | None) -> str:
    """Return an explanation with the cell marked that a statement of a table was taken for."""
    for choice in (answer or {}).get("choices", ()):
        own = f'data-choice="{choice}"'
        explanation = explanation.replace(own, f"{own} data-taken")
    return explanation


def _certainty_mark(answered: Response | None) -> float | None:
    """Return the certainty-based mark of an answer that was given with a certainty."""
    if answered is None or answered.certainty is None:
        return None
    return certainty_mark(answered.fraction, answered.certainty)
