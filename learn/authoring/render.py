"""Markdown to safe HTML: the public face of the renderer. Pure: the same text, the same HTML.

Texts that people send in are rendered through ``learn.rendering``, which can be stopped; here
nobody looks at the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from learn.authoring.markup.context import DEFAULT_LABELS, OutlineEntry, RenderContext
from learn.authoring.markup.extension import course_markdown
from learn.authoring.markup.lines import normalise
from learn.authoring.markup.state import RenderState

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
    "render_fragment",
    "render_fragments",
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


def render_fragment(fragment: Fragment, context: RenderContext) -> Rendered:
    """Return the fragment as safe HTML with its outline.

    Raises RecursionError or MemoryError for texts far beyond what the caps of ``learn.rendering``
    let through; nothing else.
    """
    return render_fragments([fragment], context)[0]


def render_fragments(fragments: Iterable[Fragment], context: RenderContext) -> list[Rendered]:
    """Return each fragment rendered, in their order. Errors are those of ``render_fragment``."""
    state = RenderState(context=context)
    # Setting it up takes longer than most fragments, so one serves all.
    markdown = course_markdown(state)
    rendered = []
    for fragment in fragments:
        state.begin(prefix=fragment.prefix, inline=fragment.inline, language=fragment.language)
        html = markdown.reset().convert(normalise(fragment.text))
        rendered.append(Rendered(html, tuple(state.outline)))
    return rendered


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
