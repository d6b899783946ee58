"""What of a question was changed since it was asked, by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from quizzes.models import QuestionVersion


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words; ``state`` is ``same``, ``gone`` or ``new``."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A question then and now. ``is_matter``: the key, the choices or the figures are others."""

    is_matter: bool
    pieces: tuple[Piece, ...]


def change_since(then: QuestionVersion, now: QuestionVersion) -> Change | None:
    """Return what was changed between two versions of a question; None if nothing was."""
    if then.digest == now.digest:
        return None
    return Change(
        is_matter=then.matter != now.matter,
        pieces=tuple(changed_words(_text_of(then.wording), _text_of(now.wording))),
    )


def changed_words(then: str, now: str) -> Iterator[Piece]:
    """Yield the words of both texts in order, equal ones once."""
    old, new = re.findall(r"\S+|\n", then), re.findall(r"\S+|\n", now)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", " ".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("gone", " ".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("new", " ".join(new[j1:j2]))


def _text_of(wording: dict[str, Any]) -> str:
    """Return what a learner was asked, without the explanations: stem, body and choices."""
    lines = [str(wording.get("stem", "")), str(wording.get("body", ""))]
    lines += [" ".join(map(str, row)) for row in wording.get("asked", [])]
    return "\n".join(line for line in lines if line)
