"""What one text being rendered has said so far: definitions, notes, ids and the outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Protocol
from xml.etree.ElementTree import Element

from learn.authoring.markup.context import OutlineEntry, RenderContext
from learn.authoring.markup.references import read_references
from learn.authoring.slug import Anchors

_SPACES = re.compile(r"\s+")


def normal_label(label: str) -> str:
    """Return a label as it is compared: case and the amount of white space do not count."""
    return _SPACES.sub(" ", label.strip()).casefold()


class Buildable(Protocol):
    """A block that knows what it becomes."""

    def build(self, state: RenderState) -> list[Element]:
        """Return its elements."""
        ...


@dataclass(slots=True)
class Note:
    """A footnote: its label, the blocks it consists of, and what refers to it."""

    label: str
    blocks: Sequence[Buildable]
    number: int = 0
    anchor: str = ""
    references: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RenderState:
    """The state of one rendering. The first definition of a name counts, as on code hosts."""

    context: RenderContext = field(default_factory=RenderContext)
    prefix: str = ""
    inline: bool = False
    language: str = ""
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    cited: list[Note] = field(default_factory=list)
    anchors: Anchors = field(default_factory=Anchors)
    outline: list[OutlineEntry] = field(default_factory=list)

    def begin(self, *, prefix: str, inline: bool, language: str) -> None:
        """Forget all but the context, for another text."""
        fresh = RenderState(context=self.context, prefix=prefix, inline=inline, language=language)
        for one in fields(self):
            setattr(self, one.name, getattr(fresh, one.name))

    def take_references(self, text: str) -> str:
        """Keep the link definitions that a paragraph begins with, and return the rest of it."""
        definitions, rest = read_references(text)
        for label, address, title in definitions:
            self.references.setdefault(normal_label(label), (address, title))
        return rest

    def find_note(self, label: str) -> Note | None:
        """Return the footnote of this label."""
        return self.notes.get(normal_label(label))
