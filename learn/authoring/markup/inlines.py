"""The inline stage: one pass from left to right over each text of the tree.

Python-Markdown applies one pattern after the other to the whole text, so that a pattern of a higher
rank wins over one that begins earlier. Here the patterns of its registry (any ``InlineProcessor``
of Python-Markdown's kind) are asked at each place where something may begin, and the first that
answers takes its stretch of text. Brackets and emphasis, which nest, follow CommonMark's rules.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import override
from xml.etree.ElementTree import Element

from markdown.core import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from learn.authoring.markup.attributes import match_attributes
from learn.authoring.markup.elements import Node, element, fill, plain_text
from learn.authoring.markup.emphasis import DELIMITERS, Token, read_run, resolve
from learn.authoring.markup.footnotes import refer
from learn.authoring.markup.provenance import provenance
from learn.authoring.markup.references import LONGEST_LABEL, match_inline_target, match_label
from learn.authoring.markup.state import RenderState, normal_label

_DEEPEST_BRACKETS = 100
"""Elements inside each other; the sanitiser's time grows with the square of this."""


class Pattern(InlineProcessor, ABC):
    """A pattern that says where it may begin, so that it need not be asked everywhere.

    ``begins`` is a regular expression that finds each possible beginning.
    """

    begins = ""

    @abstractmethod
    def take(self, m: re.Match[str], data: str) -> tuple[Node, int] | None:
        """Return what the text from ``m`` on becomes and where the rest begins, or None."""

    @override
    def handleMatch(  # type: ignore[override]  # two arguments as in InlineProcessor, whose own base in the library takes one
        self, m: re.Match[str], data: str
    ) -> tuple[Node | None, int | None, int | None]:
        """Return what ``take`` does, in the form that Python-Markdown asks for."""
        taken = self.take(m, data)
        return (None, None, None) if taken is None else (taken[0], m.start(), taken[1])


@dataclass(slots=True)
class Bracket:
    """A ``[`` or ``![`` that may turn out to open a link or a picture."""

    token: int
    """Its place among the tokens."""
    content: int
    """Where its text begins in the source."""
    is_image: bool
    is_active: bool = True
    holds_bracket: bool = False


class InlineReader:
    """Reads one text into nodes."""

    def __init__(self, text: str, stage: InlineStage) -> None:
        self.text = text
        self._stage = stage
        self._tokens: list[Token] = []
        self._brackets: list[Bracket] = []

    def read(self) -> list[Node]:
        """Return the text as strings and elements in their order."""
        position = 0
        while found := self._stage.beginning.search(self.text, position):
            start = found.start()
            if start > position:
                self._tokens.append(self.text[position:start])
            position = self._read_at(start)
        self._tokens.append(self.text[position:])
        return resolve(self._tokens)

    def _read_at(self, start: int) -> int:
        character = self.text[start]
        for pattern in self._stage.patterns:
            found = pattern.compiled_re.match(self.text, start)
            if not found:
                continue
            node, begin, end = pattern.handleMatch(found, self.text)
            if begin is not None and end is not None and node is not None and end > start:
                self._tokens.append(node)
                return end
        if character in DELIMITERS:
            run = read_run(self.text, start)
            self._tokens.append(run)
            return start + run.length
        if character in "[!":
            return self._open_bracket(start)
        if character == "]":
            return self._close_bracket(start)
        self._tokens.append(character)
        return start + 1

    def _open_bracket(self, start: int) -> int:
        mark = "![" if self.text.startswith("![", start) else self.text[start]
        end = start + len(mark)
        if mark != "!":
            if self._brackets:
                self._brackets[-1].holds_bracket = True
            self._brackets.append(Bracket(len(self._tokens), end, mark == "!["))
        self._tokens.append(mark)
        return end

    def _close_bracket(self, start: int) -> int:
        bracket = self._brackets.pop() if self._brackets else None
        if bracket and bracket.is_active and len(self._brackets) < _DEEPEST_BRACKETS:
            if (note := self._note(bracket, start)) is not None:
                del self._tokens[bracket.token :]
                self._tokens.append(note)
                return start + 1
            if target := self._target(bracket, start):
                address, title, end = target
                self._make(bracket, address, title)
                return end if bracket.is_image else self._take_facts(end)
        self._tokens.append("]")
        return start + 1

    def _note(self, bracket: Bracket, end: int) -> Element | None:
        label = self.text[bracket.content : end]
        if bracket.is_image or not label.startswith("^") or len(label) > LONGEST_LABEL:
            return None
        return refer(label[1:], self._stage.state)

    def _target(self, bracket: Bracket, end: int) -> tuple[str, str, int] | None:
        """Return address, title and end of what follows the ``]`` at ``end``, or of its label."""
        if target := match_inline_target(self.text, end + 1):
            return target
        label = match_label(self.text, end + 1)
        after = label[1] if label else end + 1
        if label and label[0].strip():
            wanted = label[0]
        elif bracket.holds_bracket or end - bracket.content > LONGEST_LABEL:
            return None
        else:
            wanted = self.text[bracket.content : end]
        known = self._stage.state.references.get(normal_label(wanted)) if wanted.strip() else None
        return (*known, after) if known else None

    def _take_facts(self, end: int) -> int:
        """Read ``{checked=… source=…}`` right after a link and return where the rest begins."""
        found = match_attributes(self.text, end)
        facts = provenance(found[0].options, self._stage.state.context) if found else None
        if found is None or facts is None:
            return end
        self._tokens += [" ", facts]
        return found[1]

    def _make(self, bracket: Bracket, address: str, title: str) -> None:
        content = resolve(self._tokens[bracket.token + 1 :])
        del self._tokens[bracket.token :]
        titled = {"title": title} if title else {}
        if bracket.is_image:
            alternative = plain_text(element("span", content))
            self._tokens.append(element("img", src=address, alt=alternative, **titled))
            return
        self._tokens.append(element("a", _without_links(content), href=address, **titled))
        for earlier in reversed(self._brackets):
            # Those before an inactive one were made inactive together with it.
            if not earlier.is_active:
                break
            if not earlier.is_image:
                earlier.is_active = False


def _without_links(content: Sequence[Node]) -> list[Node]:
    """Return a link's content with the bare links in it as text: links do not nest."""
    unlinked: list[Node] = []
    for node in content:
        if isinstance(node, Element) and node.tag == "a":
            unlinked.append(plain_text(node))
        else:
            unlinked.append(node)
    return unlinked


class InlineStage(Treeprocessor):
    """Replaces Python-Markdown's inline stage; it has the same name and place in the registry."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self.state = state
        self.patterns: list[InlineProcessor] = []
        self.beginning = re.compile("")

    def run(self, root: Element) -> None:
        """Read every text of the tree that is not marked as final."""
        if not self.patterns:
            self._collect()
        for target in list(root.iter()):
            if target.text and not isinstance(target.text, AtomicString):
                text, target.text = target.text, None
                children = list(target)
                for child in children:
                    target.remove(child)
                fill(target, InlineReader(text, self).read())
                target.extend(children)

    def _collect(self) -> None:
        patterns = self.md.inlinePatterns
        self.patterns = [pattern for pattern in patterns if isinstance(pattern, InlineProcessor)]
        begins = [getattr(pattern, "begins", "") or pattern.pattern for pattern in self.patterns]
        self.beginning = re.compile("|".join([*begins, rf"[\[\]!{DELIMITERS}]"]), re.DOTALL)
