"""The block stage: lines become a tree of blocks, in CommonMark's way of open containers.

Python-Markdown splits a text at its blank lines and asks each processor about each piece, which is
why it differs from code hosts in lists, quotes and fences. Here each line is led through the blocks
that are open: it continues some, closes others, and may open new ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from itertools import takewhile
from xml.etree.ElementTree import Element

from learn.authoring.markup.elements import markdown_element
from learn.authoring.markup.lines import Cursor
from learn.authoring.markup.state import RenderState

MAX_DEPTH = 100
"""How many blocks may be open inside each other; a marker beyond that is ordinary text."""


_MOST_TERMS = 5
"""How many lines above a definition without a blank line between may be its terms."""


class Match(Enum):
    """What a line means to an open block."""

    NO = auto()
    YES = auto()
    LAST = auto()


class Block:
    """A block while it is read. Lines are numbered from 0, so that blank lines between show."""

    holds_blocks = False
    holds_lines = False
    may_be_interrupted = False
    """Whether other blocks may begin although this one could take the line."""

    holds_terms = False
    """Whether this is a definition list, in which a new term may follow a definition."""

    def __init__(self, line: int) -> None:
        self.first_line = line
        self.last_line = line
        self.children: list[Block] = []
        self.lines: list[str] = []

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return whether the line belongs to this block, and read past its own marker."""
        del cursor, reader
        return Match.NO

    def can_hold(self, child: Block) -> bool:
        """Return whether ``child`` may stand directly in this block."""
        del child
        return self.holds_blocks

    def add_line(self, cursor: Cursor, reader: Reader) -> None:
        """Take the rest of a line."""
        del reader
        self.lines.append(cursor.rest)

    def close(self, reader: Reader) -> None:
        """Do what is due once the last line is read."""

    def build(self, state: RenderState) -> list[Element]:
        """Return what the block becomes; nothing for a mere definition."""
        return build_children(self.children, state)

    def follows_gap(self, earlier: Block) -> bool:
        """Return whether a blank line stands between ``earlier`` and this block."""
        return self.first_line > earlier.last_line + 1


type BlockStart = Callable[[Reader, Cursor], bool]
"""Open a block at the cursor and return True, or leave everything alone and return False."""


class Document(Block):
    """The outermost block."""

    holds_blocks = True


class Paragraph(Block):
    """Lines of text. Definitions of links at its beginning are taken out when it closes."""

    holds_lines = True
    may_be_interrupted = True

    def continues(self, cursor: Cursor, reader: Reader) -> Match:
        """Return YES until a blank line."""
        del reader
        return Match.NO if cursor.is_blank else Match.YES

    def add_line(self, cursor: Cursor, reader: Reader) -> None:
        """Take a line without the white space before it."""
        del reader
        self.lines.append(cursor.ahead)

    @property
    def text(self) -> str:
        """The Markdown of the paragraph."""
        return "\n".join(self.lines).rstrip(" \t")

    def close(self, reader: Reader) -> None:
        """Take link definitions out."""
        if self.lines and self.lines[0].startswith("["):
            text = reader.state.take_references("\n".join(self.lines))
            self.lines = text.split("\n") if text.strip(" \t\n") else []

    def build(self, state: RenderState) -> list[Element]:
        """Return a ``p``, or nothing if only definitions stood here."""
        del state
        return [markdown_element("p", self.text)] if self.lines else []


class Reader:
    """Reads lines into blocks. ``starts`` are tried in their order wherever a block may begin."""

    def __init__(self, state: RenderState, starts: Sequence[BlockStart]) -> None:
        self.state = state
        self.number = 0
        self._starts = starts
        self._lines: Sequence[str] = ()
        self._chain: list[Block] = []
        self._matched = 0

    def read(self, lines: Sequence[str]) -> Document:
        """Return the document that the lines are."""
        document = Document(0)
        self._lines = lines
        self._chain = [document]
        for number, line in enumerate(lines):
            self.number = number
            self._read_line(Cursor(line))
        while self._chain:
            self._close_tip()
        return document

    @property
    def container(self) -> Block:
        """The innermost block that the line belongs to so far."""
        return self._chain[self._matched - 1]

    @property
    def tip(self) -> Block:
        """The innermost open block, whether the line belongs to it or not."""
        return self._chain[-1]

    @property
    def is_lazy(self) -> bool:
        """Whether the line could still continue a paragraph of a container that it left."""
        return self._matched < len(self._chain) and isinstance(self.tip, Paragraph)

    @property
    def is_full(self) -> bool:
        """Whether no more blocks may be opened inside each other."""
        return self._matched >= MAX_DEPTH

    def push[OpenedBlock: Block](self, block: OpenedBlock) -> OpenedBlock:
        """Open a block in the innermost container that may hold it."""
        self.close_unmatched()
        while not self.tip.can_hold(block):
            self._close_tip()
        self.tip.children.append(block)
        self.reopen(block)
        return block

    def reopen(self, block: Block) -> None:
        """Make a block that the tip holds the tip."""
        self._chain.append(block)
        self._matched = len(self._chain)

    def withdraw(self, block: Block) -> None:
        """Take the last block of the container out again, because it became part of another."""
        self.close_unmatched()
        if self.tip is block:
            self._chain.pop()
        self.tip.children.remove(block)
        self._matched = len(self._chain)

    def close_unmatched(self) -> None:
        """Close the blocks that the line does not belong to."""
        while len(self._chain) > self._matched:
            self._close_tip()

    def finish_tip(self) -> None:
        """Close the tip because the line was its last."""
        self.tip.last_line = self.number
        self._close_tip()

    def _close_tip(self) -> None:
        block = self._chain.pop()
        block.close(self)
        self._matched = min(self._matched, len(self._chain))
        if self._chain:
            self.tip.last_line = max(self.tip.last_line, block.last_line)

    def _read_line(self, cursor: Cursor) -> None:
        self._matched = 1
        for block in self._chain[1:]:
            match = block.continues(cursor, self)
            if match is Match.NO:
                break
            self._matched += 1
            if match is Match.LAST:
                self.close_unmatched()
                self.finish_tip()
                return
        while self._may_start(cursor) and any(start(self, cursor) for start in self._starts):
            pass
        self._place(cursor)

    def _may_start(self, cursor: Cursor) -> bool:
        container = self.container
        return not cursor.is_finished and (container.holds_blocks or container.may_be_interrupted)

    def _place(self, cursor: Cursor) -> None:
        if cursor.is_finished:
            return
        blank = cursor.is_blank
        if not (self.is_lazy and not blank and not self._begins_term()):
            self.close_unmatched()
            if not self.tip.holds_lines and not blank:
                self.push(Paragraph(self.number))
        if not blank:
            self.tip.last_line = self.number
        if self.tip.holds_lines:
            self.tip.add_line(cursor, self)

    def _begins_term(self) -> bool:
        """Return whether a line that looks lazy is a term, since its definition comes soon."""
        if not self.container.holds_terms:
            return False
        following = self._lines[self.number + 1 : self.number + 1 + _MOST_TERMS]
        before_blank = takewhile(str.strip, following)
        return any(line.lstrip(" ").startswith(": ") for line in before_blank)


def build_children(blocks: Sequence[Block], state: RenderState) -> list[Element]:
    """Return what sibling blocks become, one after the other."""
    built: list[Element] = []
    for block in blocks:
        built.extend(block.build(state))
    return built
