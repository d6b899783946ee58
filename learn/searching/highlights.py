"""PURE: the passage of a text that answers a query, in pieces: what was looked for, and the rest.

Pieces are plain text. A template escapes them like any other, so no markup can come out of a text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from learn.searching.query import Query, Term
from learn.searching.words import Word, words_in

PASSAGE_WORDS = 34
LEAD_WORDS = 6
MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; ``is_hit`` says that it was looked for."""

    text: str
    is_hit: bool = False


def highlighted(text: str, query: Query) -> tuple[Piece, ...]:
    """Return the whole of a short text, such as a heading, with its hits."""
    return tuple(_pieces(text, 0, len(text), _hits(list(words_in(text)), query)))


def passage(text: str, query: Query) -> tuple[Piece, ...]:
    """Return the part of ``text`` that holds the most of what was looked for.

    It is about 34 words long, and an ellipsis stands where something was left out. A text without
    a hit gives its beginning.
    """
    words = []
    for word in words_in(text):
        words.append(word)
        if len(words) == MOST_WORDS:
            break
    if not words:
        return ()
    hits = _hits(words, query)
    first = _best_start(words, hits)
    last = min(first + PASSAGE_WORDS, len(words)) - 1
    start = words[first].start if first else 0
    end = words[last].end if last < len(words) - 1 else len(text)
    pieces = list(_pieces(text, start, end, hits))
    if first:
        pieces.insert(0, Piece("… "))
    if end < len(text):
        pieces.append(Piece(" …"))
    return tuple(pieces)


def _hits(words: Sequence[Word], query: Query) -> list[tuple[Word, Term]]:
    """Return the words that were looked for, each with its term; of phrases, all words in a row."""
    hits: list[tuple[Word, Term]] = []
    known: dict[str, Term | None] = {}
    singles = [term for term in query.wanted if len(term.words) == 1]
    phrases = [term for term in query.wanted if len(term.words) > 1]
    folded = [word.folded for word in words]
    for place, word in enumerate(words):
        if word.folded not in known:
            covering = (term for term in singles if term.covers(word.folded))
            known[word.folded] = next(covering, None)
        single = known[word.folded]
        if single is not None:
            hits.append((word, single))
            continue
        phrase = next((term for term in phrases if _is_in(term, folded, place)), None)
        if phrase is not None:
            hits.append((word, phrase))
    return hits


def _is_in(term: Term, folded: Sequence[str], place: int) -> bool:
    """Say whether the word at ``place`` is part of the phrase where the phrase stands."""
    size = len(term.words)
    for offset in range(size):
        start = place - offset
        run = tuple(folded[start : start + size]) if start >= 0 else ()
        if len(run) != size or run[:-1] != term.words[:-1]:
            continue
        if run[-1] == term.words[-1] or (term.is_open and run[-1].startswith(term.words[-1])):
            return True
    return False


def _best_start(words: Sequence[Word], hits: Sequence[tuple[Word, Term]]) -> int:
    """Return the word that the passage begins with: different terms count most, then hits."""
    if not hits or len(words) <= PASSAGE_WORDS:
        return 0
    place_of = {word.start: place for place, word in enumerate(words)}
    places = [(place_of[word.start], term) for word, term in hits]
    best, best_worth = places[0][0], (0, 0)
    window_end = 0
    for at, (place, _term) in enumerate(places):
        window_end = max(window_end, at)
        while (
            window_end < len(places) and places[window_end][0] < place + PASSAGE_WORDS - LEAD_WORDS
        ):
            window_end += 1
        within = places[at : min(window_end, at + PASSAGE_WORDS)]
        worth = (len({term for _place, term in within}), len(within))
        if worth > best_worth:
            best, best_worth = place, worth
    return max(0, min(best - LEAD_WORDS, len(words) - PASSAGE_WORDS))


def _pieces(text: str, start: int, end: int, hits: Sequence[tuple[Word, Term]]) -> Iterator[Piece]:
    """Yield ``text[start:end]`` in pieces."""
    done = start
    for word, _term in hits:
        if word.start < done or word.end > end:
            continue
        if word.start > done:
            yield Piece(text[done : word.start])
        yield Piece(text[word.start : word.end], is_hit=True)
        done = word.end
    if done < end:
        yield Piece(text[done:end])
