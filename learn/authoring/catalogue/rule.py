"""A rule of the checker: its lasting code and its words."""

from dataclasses import dataclass
from typing import Literal

from learn.authoring.document import Level

Family = Literal["structure", "links", "questions", "explanations", "craft", "facts", "evidence"]


def gettext_noop(text: str) -> str:
    """Mark ``text`` for translation and return it as it is; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``message``, ``mend`` and ``stub`` are ``%(name)s`` templates for a problem's values.

    ``why`` is for those who ask. ``stub`` is text to paste at the place, or empty.
    """

    code: str
    family: Family
    level: Level
    message: str
    why: str
    mend: str
    stub: str = ""
