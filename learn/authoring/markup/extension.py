"""The extension of Python-Markdown that makes it render as code hosts do, and as courses need."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import override
from xml.etree.ElementTree import ElementTree

from markdown.blockparser import BlockParser
from markdown.core import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.util import Registry

from learn.authoring.markup.abbreviations import Abbreviations
from learn.authoring.markup.barelinks import BareLink, BareMail
from learn.authoring.markup.blocks import BlockStart, Reader
from learn.authoring.markup.containers import start_item, start_quote
from learn.authoring.markup.definitions import start_abbreviation, start_definition, start_note
from learn.authoring.markup.elements import element
from learn.authoring.markup.finishing import Finish, written_ids
from learn.authoring.markup.footnotes import FootnoteSection
from learn.authoring.markup.inlines import InlineStage
from learn.authoring.markup.leaves import (
    start_fence,
    start_heading,
    start_html,
    start_indented_code,
    start_question_place,
    start_rule,
    start_underlined_heading,
)
from learn.authoring.markup.lines import normalise
from learn.authoring.markup.links import Addresses
from learn.authoring.markup.patterns import (
    CodeSpan,
    Entity,
    Escape,
    Formula,
    LineEnd,
    PointedLink,
    RawTag,
)
from learn.authoring.markup.sanitise import sanitiser
from learn.authoring.markup.serialise import serialise
from learn.authoring.markup.state import RenderState
from learn.authoring.markup.tables import start_caption, start_table
from learn.authoring.slug import Anchors

STARTS: tuple[BlockStart, ...] = (
    start_question_place,
    start_quote,
    start_heading,
    start_fence,
    start_html,
    start_underlined_heading,
    start_rule,
    start_item,
    start_note,
    start_abbreviation,
    start_caption,
    start_definition,
    start_table,
    start_indented_code,
)
"""The order in which the kinds of blocks are tried."""


class DocumentParser(BlockParser):
    """Takes the place of Python-Markdown's block parser."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self._state = state

    @override
    def parseDocument(self, lines: Iterable[str]) -> ElementTree:
        """Return the tree of a document, its texts still to be read by the inline stage."""
        *complete, last = lines
        document = Reader(self._state, STARTS).read([*complete, last] if last else complete)
        # Read second, so that what the text defines itself comes first.
        self._read_definitions(self._state.context.definitions)
        self.root = element(self.md.doc_tag, document.build(self._state))
        self._state.anchors = Anchors(written_ids(self.root))
        return ElementTree(self.root)

    def _read_definitions(self, definitions: str) -> None:
        if "[^" in definitions:
            # Footnotes count who refers to them, so each text needs its own.
            Reader(self._state, STARTS).read(normalise(definitions).split("\n"))
            return
        known = _read_once(definitions)
        self._state.references = known.references | self._state.references
        self._state.abbreviations = known.abbreviations | self._state.abbreviations


@lru_cache(maxsize=8)
def _read_once(definitions: str) -> RenderState:
    """Return what definitions say. A lesson's hundred fragments share the same ones."""
    state = RenderState()
    Reader(state, STARTS).read(normalise(definitions).split("\n"))
    return state


class Sanitiser(Postprocessor):
    """Cleans the HTML."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self._sanitised = sanitiser(state.context)

    def run(self, text: str) -> str:
        """Return safe HTML."""
        return self._sanitised(text)


class CourseMarkdown(Extension):
    """Replaces the block stage and repairs the inline stage; the state is the caller's."""

    def __init__(self, state: RenderState) -> None:
        super().__init__()
        self._state = state

    @override
    def extendMarkdown(self, md: Markdown) -> None:
        """Register all parts."""
        md.preprocessors = Registry()
        md.parser = DocumentParser(md, self._state)
        self._register_patterns(md)
        self._register_stages(md)

    def _register_patterns(self, md: Markdown) -> None:
        md.inlinePatterns = Registry()
        md.inlinePatterns.register(CodeSpan(), "backtick", 190)
        md.inlinePatterns.register(Escape(), "escape", 180)
        md.inlinePatterns.register(LineEnd(), "linebreak", 170)
        md.inlinePatterns.register(PointedLink(), "autolink", 120)
        md.inlinePatterns.register(RawTag(), "html", 90)
        md.inlinePatterns.register(Entity(), "entity", 80)
        md.inlinePatterns.register(Formula(), "formula", 70)
        md.inlinePatterns.register(BareLink(), "bare_link", 60)
        md.inlinePatterns.register(BareMail(), "bare_mail", 50)

    def _register_stages(self, md: Markdown) -> None:
        md.treeprocessors = Registry()
        md.treeprocessors.register(InlineStage(md, self._state), "inline", 20)
        md.treeprocessors.register(FootnoteSection(md, self._state), "footnotes", 19)
        md.treeprocessors.register(Addresses(md, self._state), "addresses", 15)
        md.treeprocessors.register(Finish(md, self._state), "finish", 10)
        md.treeprocessors.register(Abbreviations(md, self._state), "abbr", 7)
        md.postprocessors = Registry()
        md.postprocessors.register(Sanitiser(md, self._state), "sanitise", 30)


def course_markdown(state: RenderState) -> Markdown:
    """Return Python-Markdown set up to fill ``state`` with the text it is asked to convert.

    It may convert one after another if ``state.begin`` is called before each.
    """
    md = Markdown(extensions=[CourseMarkdown(state)])
    # Set here, since the constructor chooses a serialiser after it has run the extensions.
    md.serializer = serialise
    return md
