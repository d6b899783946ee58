"""The words of a piece of Markdown as an item-writer counts them: without code and addresses."""

import re
from collections.abc import Collection
from functools import lru_cache

from learn.authoring.plain_text import plain_text

_FENCE = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.)[^\s<>]+>?", re.IGNORECASE)
_LINK_TARGET = re.compile(r"\]\((?:[^()\\\s]|\\.|\([^()]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "ly", "y")
_SHORTEST_STEM = 4
_LONGEST = 2_000
_SHORTEST_WORD = 4
# Words of four letters and more that say nothing about a subject.
_COMMON_WORDS = """
    about above after again against almost along already also although always among another anybody
    anyone anything around because been before begin being below best between both called cannot
    choose come could does doing done down during each either else enough even ever every example
    false following from gets give given goes have having help here however instead into itself just
    kind know least less like likely long made mainly make many mean means might more most much must
    need needs never nobody none nothing often once only other others ought over part please same
    says several shall should show since some somebody someone something statement statements still
    such sure take than that their them then there therefore these they thing things this those
    three through thus together true under until upon used uses using usually very want well were
    what whatever when where whether which while whose will with within without would your
    """
_COMMON = frozenset(_COMMON_WORDS.split())


@lru_cache(maxsize=8192)
def spoken(markdown: str) -> str:
    """Return what is said in words: no code, no addresses, no marks; only 2,000 signs are read."""
    text = _LINK_TARGET.sub("]()", _CODE.sub(" ", _FENCE.sub(" ", markdown[:_LONGEST])))
    return plain_text(_ADDRESS.sub(" ", text))


def holds_code(markdown: str) -> bool:
    """Say whether code stands in the text."""
    return bool(_CODE.search(markdown[:_LONGEST]) or _FENCE.search(markdown[:_LONGEST]))


@lru_cache(maxsize=8192)
def subject_words(markdown: str) -> frozenset[str]:
    """Return the stems of the words that say what a text is about."""
    words = (word.lower() for word in _WORD.findall(spoken(markdown)))
    kept = (word for word in words if len(word) >= _SHORTEST_WORD and word not in _COMMON)
    return frozenset(word_stem(word) for word in kept)


def words_with(markdown: str, stems: Collection[str]) -> list[str]:
    """Return the words of a text that have one of these stems, as written, each once."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(spoken(markdown)))
    return [word for word in words if word_stem(word) in stems]


@lru_cache(maxsize=8192)
def word_stem(word: str) -> str:
    """Return a word without its commonest English ending, so that `queues` equals `queue`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending).rstrip("e")
    return word.rstrip("e") if len(word) > _SHORTEST_STEM else word
