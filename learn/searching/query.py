"""PURE: what a person typed, read as a query. Whatever was typed, there is a reading.

Words are all looked for, the last one also as the beginning of a word; ``"words in quotes"`` must
follow one another; ``-word`` must not be there.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from learn.searching.words import folded_text, number_forms, words_in

LONGEST_QUERY = 200
MOST_TERMS = 12
SHORTEST_PREFIX = 2
_PART = re.compile(r'(?:(?<=\s)|^)(-?)"([^"]*)(?:"|$)|(\S+)')
# What other keyboards type for a quotation mark.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that follow one another.

    ``is_open`` says that the last word may go on; ``is_exact`` that singular and plural differ.
    """

    words: tuple[str, ...]
    is_open: bool = False
    is_exact: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the spellings of a single word that count as the same; of a phrase, nothing."""
        if len(self.words) > 1:
            return ()
        return self.words if self.is_exact else number_forms(self.words[0])

    def covers(self, word: str) -> bool:
        """Say whether a word of a text is one that this term looks for."""
        if self.is_open and word.startswith(self.words[-1]):
            return True
        return word in (self.forms or self.words)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: ``wanted`` all of them, or with ``takes_any`` at least one."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    takes_any: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to look for."""
        return not self.wanted

    @property
    def relaxed(self) -> "Query":
        """Return the query that a text with only some of the words answers too."""
        return replace(self, takes_any=True)


def read_query(text: str) -> Query:
    """Read what was typed; beyond 200 characters or 12 terms the rest is left out."""
    typed = clean_query(text).translate(_QUOTES)
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for part in _PART.finditer(typed):
        is_phrase = part[2] is not None
        sign, content = (part[1], part[2]) if is_phrase else ("", part[3])
        if not is_phrase and content.startswith("-"):
            sign, content = "-", content.lstrip("-")
        words = tuple(folded_text(content).split())
        if not words:
            continue
        ends_typed = part.end() == len(typed) and not is_phrase and not sign
        term = Term(
            words,
            is_open=ends_typed and content[-1].isalnum() and len(words[-1]) >= SHORTEST_PREFIX,
            is_exact=is_phrase,
        )
        (unwanted if sign else wanted).append(term)
    return Query(tuple(wanted[:MOST_TERMS]), tuple(unwanted[:MOST_TERMS]))


def clean_query(text: str) -> str:
    """Return the text as it is shown and looked for: no control characters, not too long."""
    normal = unicodedata.normalize("NFC", text[: LONGEST_QUERY * 2])
    printable = "".join(c if c.isprintable() else " " for c in normal)
    return printable.lstrip()[:LONGEST_QUERY]


def with_words_replaced(text: str, replacements: dict[str, str]) -> str:
    """Return what was typed with words replaced by others; all else of it stays."""
    cleaned = clean_query(text)
    pieces, done = [], 0
    for word in words_in(cleaned):
        if word.folded in replacements and word.start >= done:
            pieces += [cleaned[done : word.start], replacements[word.folded]]
            done = word.end
    return "".join([*pieces, cleaned[done:]])
