"""PURE: a text as the words that search compares: no case, no accents, the same on every engine."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

# Scripts without blanks between words: each character counts as a word, a run of them as a phrase.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0002fa1f"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
LONGEST_WORD = 60


class Word(NamedTuple):
    """A word as it is compared, and where it stands in the text it came from.

    Words may share a place: one character, such as the Japanese ``ヿ``, can be written for two.
    """

    folded: str
    start: int
    end: int


@lru_cache(maxsize=16_384)
def fold(word: str) -> tuple[str, ...]:
    """Return a written word as it is compared, without case and accents.

    It is one word but where the writing stands for several, as ``ヿ`` for ``コト``, and none if
    nothing of it is a letter or a digit.
    """
    plain = unicodedata.normalize("NFKD", word.casefold()).casefold()
    bare = "".join(character for character in plain if character.isalnum())
    return tuple(found[:LONGEST_WORD] for found in _WORD.findall(bare))


def words_in(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` in order; ``text`` should be in the normal form NFC."""
    for found in _WORD.finditer(text):
        start, end = found.span()
        for folded in fold(found[0]):
            yield Word(folded, start, end)


def folded_text(text: str) -> str:
    """Return the words of ``text`` as an engine gets them: folded, with one blank between them."""
    return " ".join(chain.from_iterable(map(fold, _WORD.findall(text))))


@lru_cache(maxsize=1_024)
def number_forms(word: str) -> tuple[str, ...]:
    """Return an English word with its singulars and plurals, itself first.

    It is Harman's S-stemmer ("How effective is suffixing?", JASIS 42, 1991) run in both directions,
    so that 'queue' finds 'queues' and 'retries' finds 'retry'. Words of other languages and
    numbers come back with forms that nobody wrote, which finds nothing more.
    """
    if len(word) < 3 or not word.isascii() or not word[-1].isalpha():
        return (word,)
    forms = [word]
    if word.endswith("ies") and len(word) > 4:
        forms.append(f"{word[:-3]}y")
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        forms.append(word[:-1])
        if word.endswith(("ses", "xes", "zes", "ches", "shes")):
            forms.append(word[:-2])
    elif word.endswith("y"):
        forms += [f"{word[:-1]}ies", f"{word}s"]
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        forms.append(f"{word}es")
    else:
        forms.append(f"{word}s")
    return tuple(forms)
