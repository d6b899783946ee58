"""When and where a fact was checked: ``{checked=2026-11 source=https://…}`` as words and a link."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from learn.authoring.markup.context import RenderContext
from learn.authoring.markup.elements import Node, element

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def provenance(options: Mapping[str, str], context: RenderContext) -> Element | None:
    """Return ``Checked <time> · Source``, as much of it as the options say, or None for nothing."""
    content: list[Node] = []
    checked, source = options.get("checked", ""), options.get("source", "")
    if _DATE.fullmatch(checked):
        content += [f"{context.label('checked')} ", element("time", [checked], datetime=checked)]
    if _ADDRESS.fullmatch(source):
        content += [" · "] if content else []
        content.append(element("a", [context.label("source")], href=source))
    if not content:
        return None
    return element("span", content, class_="provenance", **context.own_words)
