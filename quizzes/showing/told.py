"""A question with its verdict, as it is swapped in; the latest ones are kept in memory.

Many people give one answer, and what they are told is the same text to the letter.
"""

from dataclasses import dataclass, fields
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from quizzes.held import Memory
from quizzes.places import Place
from quizzes.showing.questions import ShownQuestion

MOST_KEPT = 800
TEMPLATE = "quizzes/question.html#question"


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


_kept: Memory[tuple[ToldQuestion, str | None], bytes] = Memory(MOST_KEPT)


def told_fragment(told: ToldQuestion) -> bytes:
    """Return the fragment for HTMX, encoded in UTF-8."""
    key = (told, get_language())
    body = _kept.get(key)
    if body is None:
        body = render_to_string(TEMPLATE, told.values()).encode()
        _kept.keep(key, body)
    return body
