"""When two typed texts are the same, and when one is a slip of the other. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

SHORTEST_WORD_WITH_SLIPS = 6
STOPS, QUOTES = ".。", "\"'"

# What keyboards and word processors put in place of plain characters.
PLAIN_CHARACTERS = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "\u2032": "'",
        "`": "'",
        "\u00b4": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2033": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u00ad": None,
        "\u200b": None,
    }
)


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` without case, accents, typographic signs and Unicode form."""
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN_CHARACTERS))
    caseless = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(sign for sign in caseless if not unicodedata.combining(sign)).split()


def folded(text: str, *, exact: bool = False) -> str:
    """Return what of ``text`` counts in a comparison.

    Case, accents, spaces and Unicode form do not, unless ``exact``: then only the Unicode form and
    the blanks around it do not.
    """
    if exact:
        return unicodedata.normalize("NFC", text).strip()
    return "".join(words_of(text))


def place_of(given: str, texts: Sequence[str], *, exact: bool = False) -> int | None:
    """Return the place among ``texts`` of the one that ``given`` is, or None.

    Where none is, a full stop at the end and quotation marks around count no more, unless
    ``exact``: who types a word as a sentence knows it.
    """
    for what in (folded, _bare)[: 1 if exact else 2]:
        said = what(given, exact=exact)
        place = next((n for n, text in enumerate(texts) if what(text, exact=exact) == said), None)
        if place is not None:
            return place
    return None


def _bare(text: str, *, exact: bool) -> str:
    """Return what counts of a text without its frame; a text that is nothing else keeps it."""
    said = _without_stop(folded(text, exact=exact))
    if len(said) > 2 and said[0] in QUOTES and said[-1] == said[0]:
        said = _without_stop(said[1:-1])
    return said


def _without_stop(said: str) -> str:
    return said[:-1] if len(said) > 1 and said[-1] in STOPS else said


def is_slip(given: str, wanted: str) -> bool:
    """Say whether ``given`` is ``wanted`` but for one slip of the fingers in one long word.

    A slip is one letter too many, too few, other or swapped with its neighbour (optimal string
    alignment distance 1) in a word of six letters or more without digits. The first letter must be
    right: 'asynchronous' is no slip of 'synchronous'.
    """
    given_words, wanted_words = words_of(given), words_of(wanted)
    if len(given_words) != len(wanted_words):
        return False
    unlike = [pair for pair in zip(given_words, wanted_words, strict=True) if pair[0] != pair[1]]
    if len(unlike) != 1:
        return False
    [(word, aim)] = unlike
    if sum(sign.isalpha() for sign in aim) < SHORTEST_WORD_WITH_SLIPS:
        return False
    has_digit = any(sign.isdigit() for sign in word + aim)
    return not has_digit and word[0] == aim[0] and OSA.distance(word, aim) == 1


def is_slip_of_any(given: str, wanted: Iterable[str]) -> bool:
    """Say whether ``given`` is a slip of one of the texts."""
    return any(is_slip(given, text) for text in wanted)
