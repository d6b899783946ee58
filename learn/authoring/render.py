"""Markdown to safe HTML: the public face of the renderer. Pure: the same text, the same HTML.

Texts that people send in are rendered through ``learn.rendering``, which can be stopped; here
nobody looks at the clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from learn.authoring.fragments import Fragment, RenderContext, Rendered
from learn.authoring.markup.extension import course_markdown
from learn.authoring.markup.lines import normalise
from learn.authoring.markup.state import RenderState


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
