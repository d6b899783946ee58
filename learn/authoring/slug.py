"""Anchors made from text, as code hosts make them, and which anchors an author may write."""

import re
from collections.abc import Iterable

RESERVED_PREFIX = "page-"
"""What the ids of the page around a lesson begin with; an author's id may not."""

LONGEST_ID = 150

_DROPPED = re.compile(r"[^\w\- ]")
_HTML_ID = re.compile(r"[\w-][\w.-]*")
_AUTHOR_ID = re.compile(r"[a-z0-9-]+", re.ASCII)


def slug(text: str) -> str:
    """Return the anchor of a heading with this plain text, never empty.

    Lower case, punctuation dropped except ``-`` and ``_``, each space a hyphen.
    """
    made = _DROPPED.sub("", text.strip().lower()).replace(" ", "-") or "section"
    return f"section-{made}" if made.startswith(RESERVED_PREFIX) else made


def may_be_id(text: str) -> bool:
    """Return whether an author may give this id."""
    fits = _AUTHOR_ID.fullmatch(text) and len(text) <= LONGEST_ID
    return bool(fits) and not text.startswith(RESERVED_PREFIX)


def may_be_html_id(text: str) -> bool:
    """Return whether an id in an author's raw HTML stays on the page."""
    fits = _HTML_ID.fullmatch(text) and text == text.lower()
    return bool(fits) and not text.startswith(RESERVED_PREFIX)


class Anchors:
    """The ids given so far in one text: a second one of the same name gets ``-1``, then ``-2``.

    ``reserved`` are ids that the author wrote: text that stands before them does not take them.
    """

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._unclaimed = set(reserved)
        self._given = set(self._unclaimed)
        self._next: dict[str, int] = {}

    def claim(self, anchor: str) -> str:
        """Return the id that the author wrote, numbered if it was given before."""
        if anchor in self._unclaimed:
            self._unclaimed.remove(anchor)
            return anchor
        return self._once(anchor)

    def make(self, text: str) -> str:
        """Return an id made from plain text."""
        return self._once(slug(text))

    def _once(self, wanted: str) -> str:
        anchor = wanted
        while anchor in self._given:
            number = self._next.get(wanted, 1)
            self._next[wanted] = number + 1
            anchor = f"{wanted}-{number}"
        self._given.add(anchor)
        return anchor
