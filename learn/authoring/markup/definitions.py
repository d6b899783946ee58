"""Blocks that define something: terms, footnotes and abbreviations."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from learn.authoring.markup.blocks import Block, Match, Paragraph, Reader, build_children
from learn.authoring.markup.elements import BARE, element, markdown_element
from learn.authoring.markup.leaves import INDENTED
from learn.authoring.markup.lines import Cursor
from learn.authoring.markup.state import Note, RenderState, normal_label

_NOTE = re.compile(r"\[\^([^\[\]\s]{1,200})\]:[ \t]*")
_ABBREVIATION = re.compile(r"\*\[([^\[\]\\]{1,200})\]:[ \t]*(.*)$")
_COLON = re.compile(r":(?=[ \t])")
_LEAST_CONTINUATION = 2
_MOST_ABBREVIATIONS = 1_000


class Term(Block):
    """A line that is defined by what follows."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(line)
        self.text = text

    def build(self, state: RenderState) -> list[Element]:
        """Return ``dt``."""
        del state
        return [markdown_element("dt", self.text)]


class Definition(Block):
    """What a term means; more of it is set in by two columns or more."""

    holds_blocks = True

    def __init__(self, line: int, indent: int) -> None:
        super().__init__(line)
        self.indent = indent

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES for blank and indented lines."""
        del reader
        if not cursor.is_blank and cursor.indent < _LEAST_CONTINUATION:
            return Match.NO
        cursor.skip(min(self.indent, cursor.indent))
        return Match.YES

    def build(self, state: RenderState) -> list[Element]:
        """Return ``dd``; one paragraph alone is bare text."""
        content = build_children(self.children, state)
        if len(content) == 1 and content[0].tag == "p":
            content[0].tag = BARE
        return [element("dd", content)]


class DefinitionList(Block):
    """Terms and definitions."""

    holds_blocks = True
    holds_terms = True

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES: the definitions decide."""
        del cursor, reader
        return Match.YES

    def can_hold(self, child: Block) -> bool:
        """Return whether it is a term or a definition."""
        return isinstance(child, Term | Definition)

    def build(self, state: RenderState) -> list[Element]:
        """Return ``dl``."""
        return [element("dl", build_children(self.children, state))]


class NoteDefinition(Block):
    """The text of a footnote. It is shown where the notes are, if anything refers to it."""

    holds_blocks = True

    def __init__(self, line: int, label: str) -> None:
        super().__init__(line)
        self.label = label

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES for blank and indented lines."""
        del reader
        if cursor.is_blank:
            return Match.YES
        if cursor.indent < INDENTED:
            return Match.NO
        cursor.skip(INDENTED)
        return Match.YES

    def close(self, reader: Reader) -> None:
        """Keep the note for the references to it."""
        notes = reader.state.notes
        notes.setdefault(normal_label(self.label), Note(self.label, self.children))

    def build(self, state: RenderState) -> list[Element]:
        """Return nothing here."""
        del state
        return []


class AbbreviationDefinition(Block):
    """A line that says what an abbreviation stands for."""

    def build(self, state: RenderState) -> list[Element]:
        """Return nothing here."""
        del state
        return []


def start_definition(reader: Reader, cursor: Cursor) -> bool:
    """Open a definition, and turn the lines of the paragraph above into its terms."""
    indent = cursor.indent
    if indent >= INDENTED or not _COLON.match(cursor.ahead) or reader.is_full:
        return False
    paragraph = _terms_above(reader)
    if not paragraph and not reader.container.holds_terms:
        return False
    if paragraph:
        _open_terms(reader, paragraph)
    cursor.skip_indent()
    cursor.take(1)
    width = min(cursor.indent, INDENTED)
    cursor.skip(width)
    reader.push(Definition(reader.number, indent + 1 + width))
    return True


def _terms_above(reader: Reader) -> Paragraph | None:
    above = reader.container
    if isinstance(above, Paragraph):
        return above
    last = above.children[-1] if above.holds_blocks and above.children else None
    if not isinstance(last, Paragraph) or not last.lines:
        return None
    return last if reader.number <= last.last_line + 2 else None


def _open_terms(reader: Reader, paragraph: Paragraph) -> None:
    reader.withdraw(paragraph)
    siblings = reader.tip.children
    if siblings and isinstance(siblings[-1], DefinitionList):
        reader.reopen(siblings[-1])
    else:
        reader.push(DefinitionList(paragraph.first_line))
    reader.tip.children += [Term(paragraph.first_line, line.strip()) for line in paragraph.lines]


def start_note(reader: Reader, cursor: Cursor) -> bool:
    """Open the text of a footnote."""
    found = _NOTE.match(cursor.ahead)
    if not found or cursor.indent >= INDENTED or reader.is_full:
        return False
    cursor.skip_indent()
    cursor.take(found.end())
    reader.push(NoteDefinition(reader.number, found[1]))
    return True


def start_abbreviation(reader: Reader, cursor: Cursor) -> bool:
    """Read the definition of an abbreviation."""
    found = _ABBREVIATION.match(cursor.ahead)
    if not found or cursor.indent >= INDENTED:
        return False
    known = reader.state.abbreviations
    name, meaning = found[1].strip(), found[2].strip()
    if name and meaning and len(known) < _MOST_ABBREVIATIONS:
        known.setdefault(name, meaning)
    cursor.finish()
    reader.push(AbbreviationDefinition(reader.number))
    return True
