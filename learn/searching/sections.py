"""PURE: the rendered blocks of a lesson as plain texts: its sections and what it defines."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from learn.lenient_html import LenientHTMLParser

# Elements that run on in their line; any other one parts two words.
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn"),
        *("em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span"),
        *("strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
LEFT_OUT = frozenset({"footnote-ref", "footnote-back", "provenance"})
VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link"),
        *("meta", "source", "track", "wbr"),
    )
)
SECTION_LEVELS = {"h2": 2, "h3": 3}
PATH = " › "
# What somebody says, in quotation marks and with the end of a sentence: discussed, not defined.
OPENING, CLOSING = "\"'‘‚“„«‹「『»›", "\"'’‘”“»›」』«‹"
STATEMENT = re.compile(rf"[{OPENING}].*[.!?…؟۔。！？][{CLOSING}]*")
# Most parts of questions: read without a parser, which takes twenty times as long.
WITHOUT_MARKUP = re.compile(r"(?:<p>)?([^<]*)(?:</p>)?\s*")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a lesson: where it begins, its headings from the outside in, and its text."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that a lesson explains, and the section where it does."""

    term: str
    meaning: str
    anchor: str


@dataclass(slots=True)
class _Part:
    """A section while it is read."""

    anchor: str
    level: int
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def tidy(text: str) -> str:
    """Return a text on one line, in the normal form that words are read from."""
    printable = text.replace("\x00", " ")
    return " ".join(unicodedata.normalize("NFC", printable).split())


def text_of(html: str) -> str:
    """Return the words of a piece of rendered HTML."""
    plain = WITHOUT_MARKUP.fullmatch(html)
    if plain:
        return tidy(unescape(plain[1]))
    reader = _LessonReader()
    reader.feed(html)
    reader.close()
    return tidy("".join(reader.parts[0].text))


def read_lesson(blocks: Iterable[Mapping[str, Any]]) -> tuple[list[Section], list[Definition]]:
    """Return the sections of a lesson, the text before the first heading first, and its terms.

    ``blocks`` are those of ``Revision``. Footnotes, which name sources, and questions stay out.

    A list that puts statements right has the form of one that defines terms, and is none: each of
    its statements is a section too, at the end, with what is said of it.
    """
    reader = _LessonReader()
    for block in blocks:
        if block["kind"] == "prose":
            reader.feed(block["html"])
    reader.close()
    sections = _sections(reader.parts)
    return [*sections, *_discussed(reader.statements, sections)], reader.definitions


def _sections(parts: Sequence[_Part]) -> list[Section]:
    """Return the parts as sections; a part of level 3 names the one of level 2 it stands in."""
    sections = []
    outer = ""
    for part in parts:
        own = tidy("".join(part.heading))
        if part.level == 2:
            outer = own
        heading = f"{outer}{PATH}{own}" if part.level == 3 and outer else own
        sections.append(Section(part.anchor, heading, tidy("".join(part.text))))
    return sections


def _discussed(statements: Iterable[Definition], sections: Iterable[Section]) -> Iterator[Section]:
    """Yield statements as sections below the one that they stand in."""
    headings = {section.anchor: section.heading for section in sections}
    for one in statements:
        heading = PATH.join(filter(None, [headings[one.anchor], one.term]))
        yield Section(one.anchor, heading, one.meaning)


class _LessonReader(LenientHTMLParser):
    """Reads the HTML that our own renderer wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts = [_Part("", 0)]
        self.definitions: list[Definition] = []
        self.statements: list[Definition] = []
        self._in_heading = False
        self._skipped = 0
        self._abbreviation: tuple[str, list[str]] | None = None
        self._terms: list[list[str]] = []
        self._meaning: list[str] | None = None
        self._known: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice headings, definitions and what is to be left out."""
        attributes = dict(attrs)
        if self._skipped:
            self._skipped += tag not in VOID
            return
        if LEFT_OUT & set((attributes.get("class") or "").split()):
            self._skipped = 1
            return
        if tag not in INLINE:
            self._add(" ")
        if tag in SECTION_LEVELS and attributes.get("id"):
            self.parts.append(_Part(attributes["id"] or "", SECTION_LEVELS[tag]))
            self._in_heading = True
        elif tag == "abbr" and attributes.get("title"):
            self._abbreviation = (attributes["title"] or "", [])
        elif tag == "dt":
            if self._meaning is not None or not self._terms:
                self._end_definition()
            self._terms.append([])
        elif tag == "dd" and self._meaning is None:
            self._meaning = []

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened."""
        if self._skipped:
            self._skipped -= tag not in VOID
            return
        if tag in SECTION_LEVELS:
            self._in_heading = False
        elif tag == "abbr" and self._abbreviation is not None:
            meaning, term = self._abbreviation
            self._abbreviation = None
            self._define("".join(term), meaning)
        elif tag == "dl":
            self._end_definition()
        if tag not in INLINE:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        """Give the text to whatever is open."""
        if not self._skipped:
            self._add(data)

    def _add(self, text: str) -> None:
        """Add text to the section and to the definition that is being read."""
        part = self.parts[-1]
        (part.heading if self._in_heading else part.text).append(text)
        if self._abbreviation is not None:
            self._abbreviation[1].append(text)
        if self._meaning is not None:
            self._meaning.append(text)
        elif self._terms:
            self._terms[-1].append(text)

    def _end_definition(self) -> None:
        """Keep the terms that were read with their meaning."""
        meaning = "".join(self._meaning or [])
        terms, self._terms, self._meaning = self._terms, [], None
        for term in terms:
            self._define("".join(term), meaning)

    def _define(self, term: str, meaning: str) -> None:
        """Keep a term once, or a statement that is discussed like one."""
        known = (tidy(term), tidy(meaning))
        if all(known) and known not in self._known:
            self._known.add(known)
            kept = self.statements if STATEMENT.fullmatch(known[0]) else self.definitions
            kept.append(Definition(*known, self.parts[-1].anchor))
