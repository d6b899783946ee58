"""READ: tables that stand in one lesson and are shown in others, always as they are now.

In Markdown it is a link without a text on a line of its own, ``[](03-choosing.md#at-a-glance)``.
What it leads to is put in its place when a page is shown, so no copy can grow old.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from learn.languages import own_words, spoken
from learn.models import Lesson

PLACE = re.compile(r'<p><a href="([^"#]+)#([^"]+)"></a></p>')
NOTE_MARK = re.compile(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
OWN_LINK = re.compile(r'href="#')
ID = re.compile(r' (?:id|aria-labelledby)="[^"]*"')
CAPTION_END = "</figcaption>"


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A table of the lesson ``home`` that is shown elsewhere; ``key`` is its anchor."""

    home: Lesson
    key: str


def with_borrowed_tables(
    lesson: Lesson, blocks: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[Borrowed]]:
    """Return the blocks with tables of other lessons in their places, and which those are.

    A place whose table is not there (any more) becomes an ordinary link. One query, and none for a
    lesson that borrows nothing; ``lesson.course`` must be loaded.
    """
    places = [found for block in blocks for found in PLACE.findall(block.get("html", ""))]
    if not places:
        return list(blocks), []
    homes = _homes(lesson, [address for address, _anchor in places])
    own = "".join(block.get("html", "") for block in blocks)
    shown: list[Borrowed] = []

    def fill(place: re.Match[str]) -> str:
        address, key = place[1], unquote(place[2])
        home = homes.get(address)
        figure = table_in(home, key) if home else None
        if home is None or figure is None:
            title = home.live.title if home and home.live else _("See the table")
            return format_html('<p><a href="{}#{}">{}</a></p>', address, place[2], title)
        is_named = f'id="{escape(key)}"' in own or any(one.key == key for one in shown)
        if not is_named:
            shown.append(Borrowed(home, key))
        return as_guest(figure, home, key, keeps_ids=not is_named)

    filled = [
        {**block, "html": PLACE.sub(fill, block["html"])} if "html" in block else block
        for block in blocks
    ]
    return filled, shown


def _homes(lesson: Lesson, addresses: Sequence[str]) -> Mapping[str, Lesson]:
    """Return the published lessons of the course by address, among ``addresses``."""
    slugs = {unquote(address).rstrip("/").rpartition("/")[2] for address in addresses}
    found = Lesson.objects.published().filter(course=lesson.course, slug__in=slugs)
    homes = {}
    for home in found.select_related("live"):
        home.course = lesson.course
        homes[home.get_absolute_url()] = home
    return homes


def table_in(lesson: Lesson, key: str) -> str | None:
    """Return the HTML of the table with the anchor ``key`` in the lesson, or None."""
    opening = re.compile(rf'<figure class="table[^"]*" id="{re.escape(escape(key))}">')
    for block in lesson.live.blocks if lesson.live else []:
        html = block.get("html", "")
        if found := opening.search(html):
            end = html.find("</figure>", found.end())
            return html[found.start() : end] + "</figure>" if end > 0 else None
    return None


def as_guest(figure: str, home: Lesson, key: str, *, keeps_ids: bool) -> str:
    """Return a table for another lesson's page: without footnotes, and saying where it is from.

    Without ``keeps_ids`` nothing on the page can link to it.
    """
    address = home.get_absolute_url()
    text = OWN_LINK.sub(f'href="{address}#', NOTE_MARK.sub("", figure))
    if not keeps_ids:
        text = ID.sub("", text)
    title = home.live.title if home.live else ""
    source = format_html(
        ' <span class="provenance"{}>{} <a href="{}#{}"{}>{}</a></span>',
        own_words(home.course),
        _("From the lesson"),
        address,
        key,
        spoken(home.course),
        title,
    )
    return text.replace(CAPTION_END, f"{source}{CAPTION_END}", 1)
