"""What is rendered and what comes of it, apart from the renderer, which most processes never need.

All of it can be written down as plain values and read again, since another process renders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from learn.authoring.markup.context import DEFAULT_LABELS, OutlineEntry, RenderContext

__all__ = [
    "DEFAULT_LABELS",
    "Fragment",
    "OutlineEntry",
    "RenderContext",
    "Rendered",
    "context_from_json",
    "context_to_json",
    "fragment_from_json",
    "fragment_to_json",
    "rendered_from_json",
    "rendered_to_json",
]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of Markdown.

    ``inline`` asks for the content of the paragraph alone, if the piece is exactly one paragraph.
    ``prefix`` is put before the ids that are made from its text and its footnotes, so that several
    fragments can stand on one page; ids that the author wrote stay as they are.
    ``language`` is what the text is written in, where its page may be in another: its blocks then
    say so themselves, since nobody knows on which pages they will stand.
    """

    text: str
    inline: bool = False
    prefix: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a fragment and its headings."""

    html: str
    outline: tuple[OutlineEntry, ...] = ()


def context_to_json(context: RenderContext) -> dict[str, Any]:
    """Return the context as plain values, uncopied: a course has very many addresses."""
    return {one.name: getattr(context, one.name) for one in fields(context)}


def context_from_json(values: Mapping[str, Any]) -> RenderContext:
    """Return the context that ``context_to_json`` wrote."""
    return RenderContext(**values)


def fragment_to_json(fragment: Fragment) -> dict[str, Any]:
    """Return the fragment as plain values."""
    return asdict(fragment)


def fragment_from_json(values: Mapping[str, Any]) -> Fragment:
    """Return the fragment that ``fragment_to_json`` wrote."""
    return Fragment(**values)


def rendered_to_json(rendered: Rendered) -> dict[str, Any]:
    """Return the result as plain values."""
    return asdict(rendered)


def rendered_from_json(values: Mapping[str, Any]) -> Rendered:
    """Return the result that ``rendered_to_json`` wrote."""
    return Rendered(values["html"], tuple(OutlineEntry(**entry) for entry in values["outline"]))
