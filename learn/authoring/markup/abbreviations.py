"""Abbreviations: each use of a defined one says what it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown.core import Markdown
from markdown.treeprocessors import Treeprocessor

from learn.authoring.markup.elements import RAW, Node, element, fill
from learn.authoring.markup.state import RenderState

_WORD = re.compile(r"\w+")
_LEFT_ALONE = frozenset({"abbr", "code", "pre", "math", "time", RAW})


class Abbreviations(Treeprocessor):
    """Wraps abbreviations in ``abbr``, except within code and formulas."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: Element) -> None:
        """Mark all abbreviations of the tree."""
        finder = _Finder(self.state.abbreviations)
        waiting = [root] if self.state.abbreviations else []
        while waiting:
            node = waiting.pop()
            children = list(node)
            waiting.extend(child for child in children if child.tag not in _LEFT_ALONE)
            if any(finder.finds(text) for text in _texts(node)):
                _refill(node, finder)


def _texts(node: Element) -> list[str]:
    return [node.text or "", *(child.tail or "" for child in node)]


def _refill(node: Element, finder: _Finder) -> None:
    content: list[Node] = finder.split(node.text or "")
    for child in list(node):
        tail, child.tail = child.tail or "", None
        node.remove(child)
        content += [child, *finder.split(tail)]
    node.text = None
    fill(node, content)


class _Finder:
    """Finds abbreviations by their first word, so that many of them cost no more than a few."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = meanings
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(meanings, key=len, reverse=True):
            if word := _WORD.match(name):
                self._by_word.setdefault(word[0], []).append(name)

    def finds(self, text: str) -> bool:
        """Return whether any abbreviation may stand in the text."""
        return any(word[0] in self._by_word for word in _WORD.finditer(text))

    def split(self, text: str) -> list[Node]:
        """Return the text with its abbreviations as elements."""
        content: list[Node] = []
        done = 0
        for word in _WORD.finditer(text):
            name = self._at(text, word) if word.start() >= done else None
            if name is None:
                continue
            content.append(text[done : word.start()])
            content.append(element("abbr", [name], title=self._meanings[name]))
            done = word.start() + len(name)
        return [*content, text[done:]]

    def _at(self, text: str, word: re.Match[str]) -> str | None:
        for name in self._by_word.get(word[0], ()):
            end = word.start() + len(name)
            ends_word = not (name[-1:].isalnum() and text[end : end + 1].isalnum())
            if text.startswith(name, word.start()) and ends_word:
                return name
        return None
