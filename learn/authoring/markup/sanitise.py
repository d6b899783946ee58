"""The last step: only HTML that cannot run, load from elsewhere or pose as the page is left.

The rules are an allow-list for nh3 (ammonia). Nothing is exempt from them, neither raw HTML nor
what the renderer itself has written, so a mistake elsewhere in this package is no hole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import nh3
from pygments.token import STANDARD_TYPES

from learn.authoring.markup.context import RenderContext
from learn.authoring.markup.links import (
    EXTERNAL_REL,
    SCHEMES,
    is_external,
    resolve_link,
    resolve_media,
)
from learn.authoring.slug import RESERVED_PREFIX

_TEXT_TAGS = (
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl"
    " dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt"
    " ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr"
    " u ul var wbr"
)
_MATH_TAGS = (
    "math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub"
    " msubsup msup mtable mtd mtext mtr munder munderover"
)
_DROPPED_WITH_CONTENT = (
    "embed iframe noembed noframes noscript object script select style svg template textarea title"
    " xmp"
)
_MATH_ATTRIBUTES = (
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form"
    " height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize"
    " minsize movablelimits notation rowlines rowspacing rspace scriptlevel separator stretchy"
    " symmetric voffset width"
)
_ATTRIBUTES = {
    "*": "class id title lang dir",
    "a": "href aria-label",
    "aside": "role",
    "bdo": "dir",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "details": "open",
    "div": "role tabindex aria-label aria-labelledby",
    "figure": "role aria-label",
    "img": "src alt width height loading decoding",
    "input": "checked aria-label",
    "ol": "start reversed",
    "section": "aria-label",
    "td": "colspan rowspan data-label",
    "th": "colspan rowspan scope data-label",
    "time": "datetime",
    **dict.fromkeys(_MATH_TAGS.split(), _MATH_ATTRIBUTES),
}
_OUR_CLASSES = (
    "callout callout-title callout-note callout-tip callout-important callout-warning"
    " callout-caution table table-scroll table-small compare decide sort align-left align-center"
    " align-right highlight diagram picture footnotes footnote-ref footnote-back provenance"
    " task-list task-item"
)
_CLASSES = frozenset(_OUR_CLASSES.split()) | frozenset(filter(None, STANDARD_TYPES.values()))
_LANGUAGE_CLASS = re.compile(r"language-[\w+#.-]+")
_ID = re.compile(r"[\w-][\w.-]*")
_WITHOUT_ID = ("img", "input")
"""A browser would make an id of these a property of the document or of a form."""
_ROLES = {"aside": {"note"}, "div": {"region"}, "figure": {"img"}}
_CHOICES = {
    "tabindex": {"0"},
    "loading": {"lazy"},
    "decoding": {"async"},
    "dir": {"ltr", "rtl", "auto"},
    "scope": {"col", "row", "colgroup", "rowgroup"},
}
_LINK = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>')
# Whatever an `input` was, it becomes a checkbox out of use; without a type it would take text.
# nh3 can set attributes too, but in an order that changes from run to run.
_SETTLING_ROUNDS = 4
_INPUT = re.compile(r'<input((?: [a-z-]+="[^"]*")*)>')
_HREF = re.compile(r' href="([^"]*)"')

type _Filter = Callable[[str, str, str], str | None]


def sanitiser(context: RenderContext) -> Callable[[str], str]:
    """Return what makes HTML safe in a page of the site. Doing it twice changes nothing more.

    To draw up its rules takes longer than to clean a paragraph, so one serves many texts.
    """
    return partial(_sanitised, _cleaner(context))


def _sanitised(cleaner: nh3.Cleaner, html: str) -> str:
    cleaned = cleaner.clean(html)
    # What a table pushes out of itself may be read otherwise the next time, until it settles.
    for _round in range(_SETTLING_ROUNDS if "<table" in cleaned else 0):
        again = cleaner.clean(cleaned)
        if again == cleaned:
            break
        cleaned = again
    return _INPUT.sub(r'<input type="checkbox" disabled=""\1>', _LINK.sub(_mark_external, cleaned))


def _cleaner(context: RenderContext) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={*_TEXT_TAGS.split(), *_MATH_TAGS.split()},
        clean_content_tags=set(_DROPPED_WITH_CONTENT.split()),
        attributes={tag: set(names.split()) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=partial(_keep, context),
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _keep(context: RenderContext, tag: str, name: str, value: str) -> str | None:
    """Return what is left of an attribute, or None if it goes."""
    if name == "class":
        return " ".join(filter(_is_class, value.split())) or None
    if name == "id":
        return value if _may_stay_id(tag, value) else None
    if name == "href":
        return resolve_link(value, context)
    if name == "src":
        return resolve_media(value, context)
    if name == "cite":
        return value if is_external(value) else None
    allowed = _ROLES.get(tag, set()) if name == "role" else _CHOICES.get(name)
    return value if allowed is None or value in allowed else None


def _may_stay_id(tag: str, value: str) -> bool:
    """Return whether an id is one that the renderer makes or an author may give."""
    is_ours = _ID.fullmatch(value) and value == value.lower()
    return bool(is_ours) and tag not in _WITHOUT_ID and not value.startswith(RESERVED_PREFIX)


def _is_class(name: str) -> bool:
    return name in _CLASSES or bool(_LANGUAGE_CLASS.fullmatch(name))


def _mark_external(link: re.Match[str]) -> str:
    """Add ``rel`` to a link to another site. The serialiser of nh3 quotes all values alike."""
    href = _HREF.search(link[1])
    if not href or not is_external(href[1]):
        return link[0]
    return f'<a{link[1]} rel="{EXTERNAL_REL}">'
