"""Blocks that hold text only: headings, rules, code and raw HTML."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from learn.authoring.markup.attributes import split_attributes
from learn.authoring.markup.blocks import Block, Match, Paragraph, Reader
from learn.authoring.markup.elements import element, markdown_element, raw
from learn.authoring.markup.highlighting import code_block
from learn.authoring.markup.lines import Cursor
from learn.authoring.markup.rawhtml import disarm
from learn.authoring.markup.state import RenderState

INDENTED = 4
"""From this many columns on, a line is code rather than any marker."""

_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
_PLACE = re.compile("\ue002[\\w-]+\ue003$")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")


class Heading(Block):
    """A heading of either style, with the attributes at its end taken off."""

    def __init__(self, line: int, level: int, text: str) -> None:
        super().__init__(line)
        self.level = level
        self.text, self.attributes = split_attributes(text.strip(" \t"))

    def build(self, state: RenderState) -> list[Element]:
        """Return the heading. An id made from its text waits until the inline stage has read it."""
        del state
        made = markdown_element(f"h{self.level}", self.text)
        if self.attributes.anchor:
            made.set("id", self.attributes.anchor)
        return [made]


class Rule(Block):
    """A thematic break."""

    def build(self, state: RenderState) -> list[Element]:
        """Return ``hr``."""
        del state
        return [element("hr")]


class QuestionPlace(Block):
    """The line that keeps the place of a quick question; whoever shows the page puts it there."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(line)
        self.text = text

    def build(self, state: RenderState) -> list[Element]:
        """Return a paragraph with exactly this text, whatever words are in it."""
        del state
        return [raw(f"<p>{self.text}</p>\n")]


class IndentedCode(Block):
    """Code by indentation."""

    holds_lines = True

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES for indented and blank lines."""
        del reader
        if cursor.indent < INDENTED and not cursor.is_blank:
            return Match.NO
        cursor.skip(INDENTED)
        return Match.YES

    def build(self, state: RenderState) -> list[Element]:
        """Return the code without the blank lines after it."""
        del state
        lines = list(self.lines)
        while not lines[-1].strip(" \t"):
            lines.pop()
        return [code_block("\n".join(lines) + "\n", "")]


class Fence(Block):
    """Code between fences."""

    holds_lines = True

    def __init__(self, line: int, indent: int, marks: str, info: str) -> None:
        super().__init__(line)
        self.indent = indent
        self.info = info
        self._end = re.compile(rf"{re.escape(marks[0])}{{{len(marks)},}}[ \t]*$")

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return LAST for the closing fence, else YES."""
        del reader
        if cursor.indent < INDENTED and self._end.match(cursor.ahead):
            return Match.LAST
        cursor.skip(min(self.indent, cursor.indent))
        return Match.YES

    def build(self, state: RenderState) -> list[Element]:
        """Return code, a diagram or a formula, as the words after the fence say."""
        del state
        return [code_block("".join(f"{line}\n" for line in self.lines), self.info)]


_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header"
    "|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param"
    "|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_HTML_BLOCKS = (
    (r"<(?:script|pre|style|textarea)(?:[ \t>]|$)", r"</(?:script|pre|style|textarea)>"),
    (r"<!--", r"-->"),
    (r"<\?", r"\?>"),
    (r"<![a-z]", r">"),
    (r"<!\[CDATA\[", r"\]\]>"),
    (rf"</?(?:{_BLOCK_TAGS})(?:[ \t]|/?>|$)", None),
)
_HTML_STARTS = tuple(
    (re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE) if end else None)
    for start, end in _HTML_BLOCKS
)
_ATTRIBUTE = (
    r"""(?:[ \t]++[a-z_:][\w.:-]*+(?:[ \t]*+=[ \t]*+(?:[^ \t"'=<>`]++|'[^']*+'|"[^"]*+"))?+)"""
)
_LONE_TAG = re.compile(
    rf"(?:<[a-z][a-z0-9-]*+{_ATTRIBUTE}*+[ \t]*+/?>|</[a-z][a-z0-9-]*+[ \t]*+>)[ \t]*+$",
    re.IGNORECASE | re.ASCII,
)


class HtmlBlock(Block):
    """Raw HTML up to the line that ends it, or to a blank line where ``end`` is None."""

    holds_lines = True

    def __init__(self, line: int, end: re.Pattern[str] | None) -> None:
        super().__init__(line)
        self._end = end

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return NO at a blank line if that ends the block; other ends are seen in ``add_line``."""
        del reader
        return Match.NO if self._end is None and cursor.is_blank else Match.YES

    def add_line(self, cursor: Cursor, reader: Reader) -> None:
        """Take a line, and close if it holds the end."""
        self.lines.append(cursor.rest)
        if self._end is not None and self._end.search(cursor.rest):
            reader.finish_tip()

    def build(self, state: RenderState) -> list[Element]:
        """Return the HTML, with tags that would swallow what follows shown as text."""
        del state
        return [raw(disarm("\n".join(self.lines)) + "\n")]


def start_heading(reader: Reader, cursor: Cursor) -> bool:
    """Open a ``#`` heading."""
    found = _ATX.match(cursor.ahead)
    if not found or cursor.indent >= INDENTED:
        return False
    text = _without_closing_marks(cursor.ahead[found.end() :])
    cursor.finish()
    reader.push(Heading(reader.number, len(found[1]), text))
    return True


def _without_closing_marks(text: str) -> str:
    text = text.rstrip(" \t")
    shorter = text.rstrip("#")
    return shorter if not shorter or shorter[-1] in " \t" else text


def start_underlined_heading(reader: Reader, cursor: Cursor) -> bool:
    """Turn the paragraph above a line of ``=`` or ``-`` into a heading."""
    paragraph = reader.container
    found = _UNDERLINE.match(cursor.ahead)
    if not isinstance(paragraph, Paragraph) or not found or cursor.indent >= INDENTED:
        return False
    paragraph.close(reader)
    if not paragraph.lines:
        return False
    reader.withdraw(paragraph)
    cursor.finish()
    heading = reader.push(
        Heading(paragraph.first_line, 1 if found[1][0] == "=" else 2, paragraph.text)
    )
    heading.last_line = reader.number
    return True


def start_rule(reader: Reader, cursor: Cursor) -> bool:
    """Open a thematic break."""
    if cursor.indent >= INDENTED or not _RULE.match(cursor.ahead):
        return False
    cursor.finish()
    reader.push(Rule(reader.number))
    return True


def start_question_place(reader: Reader, cursor: Cursor) -> bool:
    """Keep the place of a quick question; it ends whatever stands directly above."""
    if cursor.indent or not _PLACE.match(cursor.ahead):
        return False
    reader.push(QuestionPlace(reader.number, cursor.ahead))
    cursor.finish()
    return True


def start_fence(reader: Reader, cursor: Cursor) -> bool:
    """Open fenced code."""
    found = _FENCE.match(cursor.ahead)
    indent = cursor.indent
    if not found or indent >= INDENTED:
        return False
    cursor.finish()
    fence = Fence(reader.number, indent, found[1] or found[3], (found[2] or found[4] or "").strip())
    reader.push(fence)
    return True


def start_html(reader: Reader, cursor: Cursor) -> bool:
    """Open raw HTML."""
    ahead = cursor.ahead
    if not ahead.startswith("<") or cursor.indent >= INDENTED:
        return False
    for start, end in _HTML_STARTS:
        if start.match(ahead):
            reader.push(HtmlBlock(reader.number, end))
            return True
    interrupts = isinstance(reader.container, Paragraph) or reader.is_lazy
    if interrupts or not _LONE_TAG.match(ahead):
        return False
    reader.push(HtmlBlock(reader.number, None))
    return True


def start_indented_code(reader: Reader, cursor: Cursor) -> bool:
    """Open code by indentation, which cannot interrupt a paragraph."""
    if cursor.indent < INDENTED or cursor.is_blank or isinstance(reader.tip, Paragraph):
        return False
    cursor.skip(INDENTED)
    reader.push(IndentedCode(reader.number))
    return True
