"""When and where a fact was checked: ``{checked=2026-11 source=https://…}`` as words and a link."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from learn.authoring.markup.context import RenderContext
from learn.authoring.markup.elements import Node, element

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS_A_YEAR = 12
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def provenance(options: Mapping[str, str], context: RenderContext) -> Element | None:
    """Return ``Checked <time> · Source``, as much of it as the options say, or None for nothing."""
    content: list[Node] = []
    checked, source = options.get("checked", ""), options.get("source", "")
    if date := _DATE.fullmatch(checked):
        said = _in_words(date, context)
        content += [f"{context.label('checked')} ", element("time", [said], datetime=checked)]
    if _ADDRESS.fullmatch(source):
        content += [" · "] if content else []
        content.append(element("a", [context.label("source")], href=source))
    if not content:
        return None
    return element("span", content, class_="provenance", **context.own_words)


def _in_words(date: re.Match[str], context: RenderContext) -> str:
    """Return a date as it is read: ``5 November 2026``, as exactly as it is known.

    One with a month that is none stays as it is written.
    """
    year, month, day = date.groups()
    if month is None or not 1 <= int(month) <= _MONTHS_A_YEAR:
        return date[0]
    named = {"year": year, "month": context.label(f"month_{int(month)}")}
    if day is None:
        return context.label("month_and_year").format(**named)
    return context.label("whole_date").format(day=int(day), **named)
