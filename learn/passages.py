"""The passages of a rendered lesson: what a reader can point at. No database."""

import re
from dataclasses import dataclass
from html import unescape

from learn.lenient_html import LenientHTMLParser

LONGEST_EXCERPT = 160
PASSAGES = {"p", "li", "pre", "caption", "figcaption", "dt", "dd", "blockquote"}
HEADINGS = {"h2", "h3", "h4"}
# What the site adds to the author's words, by its element.
LEFT_OUT = {"sup": "footnote-ref", "span": "provenance"}
WORD = re.compile(r"[^\W_]+")
# What Markdown has between words and a page does not: addresses, marks of notes, attributes.
UNSEEN = re.compile(r"\]\([^()\n]*\)|\[\^[^\]\n]*\]|\{[^{}\n]*\}")
TERM = re.compile(r'<abbr title="([^"]*)">(.*?)</abbr>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or its like: the section it is in, and how it begins."""

    anchor: str
    excerpt: str


class _Reader(LenientHTMLParser):
    """Collects passages as they end; of nested ones the innermost has the words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Passage] = []
        self._anchor = ""
        self._open: list[list[str]] = []
        self._left_out = ""
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HEADINGS:
            self._anchor = dict(attrs).get("id") or self._anchor
        if tag in PASSAGES:
            self._open.append([])
            self._is_title = ("class", "callout-title") in attrs
        if ("class", LEFT_OUT.get(tag)) in attrs:
            self._left_out = tag

    def handle_data(self, data: str) -> None:
        if self._open and not self._left_out:
            self._open[-1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._left_out:
            self._left_out = ""
        if tag not in PASSAGES or not self._open:
            return
        text = " ".join("".join(self._open.pop()).split())
        if text and not self._is_title:
            self.found.append(Passage(self._anchor, excerpt_of(text)))
        self._is_title = False


def excerpt_of(text: str) -> str:
    """Return how a text begins, cut between words."""
    if len(text) <= LONGEST_EXCERPT:
        return text
    return text[: LONGEST_EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def passages_of(markup: str) -> list[Passage]:
    """Return the passages of HTML that the renderer made, in order; those alike stand once."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return list(dict.fromkeys(reader.found))


@dataclass(frozen=True, slots=True)
class Term:
    """An abbreviation, and what it stands for."""

    name: str
    meaning: str


def terms_of(markup: str) -> list[Term]:
    """Return the terms that HTML which the renderer made explains, by name, each once."""
    found = {
        Term(unescape(TAG.sub("", name)), unescape(meaning))
        for meaning, name in TERM.findall(markup)
    }
    return sorted(found, key=lambda term: (term.name.casefold(), term.name, term.meaning))


def line_of(source: str, excerpt: str) -> int | None:
    """Return the line of Markdown, from 1, where a passage begins; None if it is not there.

    Markup is passed over: the words must follow each other.
    """
    words = WORD.findall(excerpt)[:6]
    if not words:
        return None
    seen = UNSEEN.sub(" ", source)
    found = re.search(r"[\W_]+".join(map(re.escape, words)), seen)
    return seen.count("\n", 0, found.start()) + 1 if found else None
