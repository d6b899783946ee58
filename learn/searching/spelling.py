"""READ: the known word that a mistyped one was meant to be."""

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from learn.models import SearchWord
from learn.searching.query import Query, Term

SHORTEST_MENDED = 4
SHORTEST_WITH_TWO_SLIPS = 8


def corrections(query: Query) -> dict[str, str]:
    """Return, for each word of the query that stands nowhere, the closest one that does."""
    words = [word for term in query.wanted for word in term.words]
    known = SearchWord.objects.are_known(
        [*words, *(form for term in query.wanted for form in term.forms)]
    )
    found = {}
    for term in query.wanted:
        for word in term.words:
            if _is_known(term, word, known):
                continue
            if closest := closest_word(word):
                found[word] = closest
    return found


def _is_known(term: Term, word: str, known: set[str]) -> bool:
    """Say whether the word stands in the index, as it is, in its other number or as a beginning."""
    if word in known or known & set(term.forms):
        return True
    is_last = term.is_open and word == term.words[-1]
    return is_last and SearchWord.objects.begins(word)


def closest_word(word: str) -> str | None:
    """Return the known word with the fewest slips of the finger between it and ``word``.

    A slip is a letter too many, too few, wrong, or changed places with its neighbour (the optimal
    string alignment distance): one in a word of 4 letters, two from 8 on. None if there is none.
    """
    if len(word) < SHORTEST_MENDED or word.isdigit():
        return None
    slips = 2 if len(word) >= SHORTEST_WITH_TWO_SLIPS else 1
    # Nearly everybody gets the first letter right, or changes the first two.
    for initials in ({word[0], word[1]}, set[str]()):
        candidates = SearchWord.objects.of_length(
            len(word) - slips, len(word) + slips, initials=initials
        )
        close = extract(
            word, candidates, scorer=OSA.distance, processor=None, score_cutoff=slips, limit=20
        )
        if close:
            return min(close, key=lambda found: (found[1], found[0][0] != word[0], found[0]))[0]
    return None
