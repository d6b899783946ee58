"""Attribute lists: what stands in braces after a heading or a caption."""

import re

from learn.authoring.document import Attributes
from learn.authoring.slug import may_be_id

_ITEM = r"""(?:\#[\w.:-]++|\.[\w-]++|[\w-]++=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'{}]++))"""
_LIST = re.compile(rf"(?<!\\)\{{[ \t]*+({_ITEM}(?:[ \t]++{_ITEM})*+)[ \t]*+\}}")
_EACH = re.compile(_ITEM)


def split_attributes(text: str) -> tuple[str, Attributes]:
    """Return the text without the attribute list at its end, and what the list said.

    Without a well-formed list at the end the text comes back as it is, with empty attributes.
    """
    text = text.rstrip(" \t")
    if not text.endswith("}"):
        return text, Attributes()
    for found in _LIST.finditer(text):
        if found.end() == len(text):
            return text[: found.start()].rstrip(" \t"), read_attributes(found[1])
    return text, Attributes()


def match_attributes(text: str, start: int) -> tuple[Attributes, int] | None:
    """Return the attribute list that begins exactly at ``start`` and where it ends, or None."""
    found = _LIST.match(text, start)
    return (read_attributes(found[1]), found.end()) if found else None


def read_attributes(items: str) -> Attributes:
    """Return what the inside of the braces says. The last of two ids or values counts."""
    anchor, classes, options = "", [], {}
    for item in _EACH.findall(items):
        if item.startswith("#"):
            anchor = item[1:] if may_be_id(item[1:]) else ""
        elif item.startswith("."):
            classes.append(item[1:])
        else:
            key, _, value = item.partition("=")
            options[key] = value[1:-1] if value[0] in "\"'" else value
    return Attributes(anchor, tuple(classes), options)
