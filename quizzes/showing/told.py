"""A question with its verdict, as it is swapped in; its parts are kept in memory.

Many people give one answer, and what they are told is nearly the same text to the letter.
"""

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language

from learn.models.memory import Memory
from quizzes.places import Place
from quizzes.showing.arranging import ShownRows
from quizzes.showing.choosing import ShownChoice, ShownChoices
from quizzes.showing.questions import ShownQuestion

MOST_KEPT = 3000
FRAGMENT = "quizzes/question.html#question"
END_OF_LIST = "</"
BEGIN_OF_TERMS, END_OF_TERMS = "<dl>", "</dl>"
ATTEMPT = "{attempt}"
"""What stands for an attempt's token in the addresses of a part that is kept."""


class Heading(NamedTuple):
    """What stands above a question: where it leads back to, and how far the person is.

    ``language`` is that of the title, empty for the page's own.
    """

    title: str
    language: str
    url: str
    total: int
    answered: int
    to_relearn: int


class ToldQuestion(NamedTuple):
    """All that the template is given: nothing else can make a difference but the language.

    ``attempt`` is the token of the person's attempt, which some of the addresses have in them.

    ``result_address`` is given where the page leads there.
    """

    heading: Heading
    question: ShownQuestion
    action: str
    next_address: str
    result_address: str
    is_last: bool
    origin: Place | None
    is_fragment: bool
    attempt: str = ""

    def values(self) -> dict[str, Any]:
        """Return the values by name, for the template."""
        return self._asdict()


_kept: Memory[tuple[object, ...], str] = Memory(MOST_KEPT)


def told_fragment(told: ToldQuestion) -> bytes:
    """Return the fragment for HTMX, encoded in UTF-8: what ``FRAGMENT`` makes of it.

    People differ in few of its parts, and in the order of choices; so each part is kept apart.
    """
    question, heading, part = told.question, told.heading, _Parts(told)
    # An attempt is one person's: its addresses are filled in when all is said.
    next_address, result_address = (
        address.replace(told.attempt, ATTEMPT) if told.attempt else address
        for address in (told.next_address, told.result_address)
    )
    onward = part(
        "quizzes/told.html#onward",
        question.version,
        question.tries_left,
        heading.to_relearn,
        told.action,
        next_address,
        result_address,
        told.is_last,
        next_address=next_address,
        result_address=result_address,
    )
    said = (
        part(
            "quizzes/told.html#top",
            heading,
            question.position,
            question.verdict,
            told.is_fragment,
        ),
        part(
            "quizzes/told.html#said",
            question.stem,
            question.body,
            question.verdict,
            question.certainty,
            question.certainty_mark,
        ),
        *_feedback(question, part),
        part("quizzes/told.html#reason", question.explanation, question.tries_left, told.origin),
        onward.replace(ATTEMPT, told.attempt),
    )
    return "".join(said).encode()


class _Parts:
    """Renders parts of what one person is told, or has them out of memory."""

    def __init__(self, told: ToldQuestion) -> None:
        self.told = told
        self.language = get_language()

    def __call__(self, template: str, *depends_on: Hashable, **values: object) -> str:
        """Return a part, rendered with all that is told and ``values`` over it.

        Besides the language, ``depends_on`` is all that the part may depend on.
        """
        key = (template, self.language, *depends_on)
        text = _kept.get(key)
        if text is None:
            text = render_to_string(template, self.told.values() | values)
            _kept.keep(key, text)
        return text


def _feedback(question: ShownQuestion, part: _Parts) -> Iterator[str]:
    """Yield what became of the answer; choices and rows one by one, for their order is anyone's."""
    detail, template = question.detail, question.feedback
    if isinstance(detail, ShownChoices):
        nothing: ShownChoices | ShownRows = ShownChoices(several=detail.several, choices=())
        each: list[Any] = [(choice, {"choice": choice}) for choice in detail.choices]
    elif isinstance(detail, ShownRows):
        nothing, each = ShownRows(()), [(row, {"row": row}) for row in detail.rows]
    else:
        yield part(template, question.kind, question.language, detail)
        return
    told = template.replace("#feedback", "#told")
    begin, end, rest = part(template, question={"detail": nothing}).partition(END_OF_LIST)
    yield begin
    for shown, values in each:
        yield part(told, shown, **values)
    yield end + rest
    if isinstance(detail, ShownChoices) and detail.left:
        yield from _others(detail.left, part)


def _others(left: tuple[ShownChoice, ...], part: _Parts) -> Iterator[str]:
    """Yield why the choices that were rightly left alone are wrong."""
    nothing = {"detail": {"left": (ShownChoice("", ""),) * len(left)}}
    around = part("quizzes/kinds/choosing.html#others", len(left), question=nothing)
    yield around.partition(BEGIN_OF_TERMS)[0] + BEGIN_OF_TERMS
    for choice in left:
        yield part("quizzes/kinds/choosing.html#other", choice, choice=choice)
    yield END_OF_TERMS + around.rpartition(END_OF_TERMS)[2]
