"""A question with its verdict, as it is swapped in; its parts are kept in memory.

Many people give one answer, and what they are told is nearly the same text to the letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from quizzes.held import Memory
from quizzes.places import Place
from quizzes.showing.choosing import ShownChoices
from quizzes.showing.questions import ShownQuestion

MOST_KEPT = 3000
FRAGMENT = "quizzes/question.html#question"
END_OF_CHOICES = "</ul>"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a question: where it leads back to, and how far the person is.

    ``language`` is that of the title, empty for the page's own.
    """

    title: str
    language: str
    url: str
    total: int
    answered: int
    to_relearn: int


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """All that the template is given: nothing else can make a difference but the language.

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

    def values(self) -> dict[str, Any]:
        """Return the values by name, for the template."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


_kept: Memory[tuple[object, ...], str] = Memory(MOST_KEPT)


def told_fragment(told: ToldQuestion) -> bytes:
    """Return the fragment for HTMX, encoded in UTF-8: what ``FRAGMENT`` makes of it.

    People differ in few of its parts, and in the order of choices; so each part is kept apart.
    """
    question, heading = told.question, told.heading
    parts = (
        _part(
            "quizzes/told.html#top",
            (heading, question.position, question.verdict, told.is_fragment),
            told,
        ),
        _part(
            "quizzes/told.html#said",
            (
                question.stem,
                question.body,
                question.verdict,
                question.certainty,
                question.certainty_mark,
            ),
            told,
        ),
        *_feedback(told),
        _part(
            "quizzes/told.html#onward",
            (
                question.version,
                question.explanation,
                question.tries_left,
                heading.to_relearn,
                told.action,
                told.next_address,
                told.result_address,
                told.is_last,
                told.origin,
            ),
            told,
        ),
    )
    return "".join(parts).encode()


def _feedback(told: ToldQuestion) -> Iterator[str]:
    """Yield what became of the answer; choices one by one, for they come in many orders."""
    question, detail = told.question, told.question.detail
    if not isinstance(detail, ShownChoices):
        yield _part(question.feedback, (question.kind, question.language, detail), told)
        return
    nothing_yet = {"question": {"detail": ShownChoices(several=detail.several, choices=())}}
    begin, end, _ = _part(question.feedback, (), nothing_yet).partition(END_OF_CHOICES)
    yield begin
    for choice in detail.choices:
        yield _part("quizzes/kinds/choosing.html#told", (choice,), {"choice": choice})
    yield end
    if detail.left:
        yield _part("quizzes/kinds/choosing.html#others", (detail.left,), told)


def _part(template: str, said: tuple[object, ...], told: ToldQuestion | dict[str, Any]) -> str:
    """Return a part, out of memory if it said the same before.

    Besides the language, ``said`` is all that the part may depend on.
    """
    key = (template, get_language(), *said)
    text = _kept.get(key)
    if text is None:
        values = told.values() if isinstance(told, ToldQuestion) else told
        text = render_to_string(template, values)
        _kept.keep(key, text)
    return text
