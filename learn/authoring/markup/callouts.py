"""Callouts: quotes that begin with ``[!NOTE]`` and its like, as code hosts show them."""

import re
from xml.etree.ElementTree import Element

from learn.authoring.markup.context import RenderContext
from learn.authoring.markup.elements import element

KINDS = ("note", "tip", "important", "warning", "caution")
_MARK = re.compile(rf"\[!({'|'.join(KINDS)})\][ \t]*", re.IGNORECASE)


def callout_kind(first_line: str) -> str:
    """Return which callout a quote with this first line is, or '' for an ordinary quote."""
    found = _MARK.fullmatch(first_line)
    return found[1].lower() if found else ""


def callout_title(kind: str, context: RenderContext) -> Element:
    """Return the title paragraph of a callout."""
    return element("p", [context.label(kind)], class_="callout-title", **context.own_words)
