"""Changes to single lines of a text; every other character stays as it is, line ends too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Edit:
    """In a line (from 1), what stands at ``offset`` (from 0) as ``old`` becomes ``new``."""

    line: int
    offset: int
    old: str
    new: str


class Lines:
    """A text and where its lines begin, as the parser numbers them."""

    def __init__(self, text: str) -> None:
        first = len(_MARK) if text.startswith(_MARK) else 0
        self._text = text
        self._starts = [first, *(found.end() for found in _LINE_END.finditer(text))]

    def place(self, edit: Edit) -> int:
        """Return where in the text an edit begins, or -1 if what it changes is not there."""
        if not 0 < edit.line <= len(self._starts):
            return -1
        start = self._starts[edit.line - 1] + edit.offset
        return start if self._text.startswith(edit.old, start) else -1

    def fits(self, edits: Iterable[Edit]) -> bool:
        """Return whether what the edits change is there."""
        return all(self.place(edit) >= 0 for edit in edits)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made. They must fit (``Lines.fits``) and not overlap."""
    lines = Lines(text)
    for edit in sorted(set(edits), key=lines.place, reverse=True):
        start = lines.place(edit)
        text = text[:start] + edit.new + text[start + len(edit.old) :]
    return text
