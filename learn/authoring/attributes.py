"""Attribute lists: what stands in braces after a heading or a caption, and where each part is."""

import re
from dataclasses import dataclass, field

from learn.authoring.codes import problem_at
from learn.authoring.document import Attributes, Problem
from learn.authoring.slug import LONGEST_ID, RESERVED_PREFIX, may_be_id

_ITEM = r"""(?:\#[\w.:-]++|\.[\w-]++|[\w-]++=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'{}]++))"""
_LIST = re.compile(rf"(?<!\\)\{{[ \t]*+({_ITEM}(?:[ \t]++{_ITEM})*+)[ \t]*+\}}", re.ASCII)
_EACH = re.compile(_ITEM, re.ASCII)
# Braces that begin like attributes but are none: worth a message, unlike a set such as {a, b}.
_MEANT = re.compile(
    r"(?<!\\)\{[ \t]*(?=#[\w-]|\.[a-z]|[\w-]+=)[^{}]*\}?$", re.ASCII | re.IGNORECASE
)
_NOT_IN_ID = re.compile(r"[^a-z0-9-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class AttributeList:
    """A line's text without its attribute list, and the list.

    ``places`` says at which offset of the line an item stands: ``#`` for the id, ``.quiz`` for a
    class, ``pass`` for an option's name. ``offset`` is where the braces begin, or the text's end.
    """

    text: str
    attributes: Attributes
    offset: int
    places: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_attributes(text: str, *, line: int, start: int = 0) -> AttributeList:
    """Return what ``text`` says and the attribute list at its end.

    ``start`` is the offset of ``text`` in its line; places and problems count from there. Braces
    that were meant as attributes and cannot be read are reported and stay in the text.
    """
    text = text.rstrip(" \t")
    if not text.endswith("}"):
        return _without_list(text, line, start)
    for found in _LIST.finditer(text):
        if found.end() == len(text):
            return _with_list(text, found, line, start)
    return _without_list(text, line, start)


def _without_list(text: str, line: int, start: int) -> AttributeList:
    problems: tuple[Problem, ...] = ()
    brace = text.rfind("{")
    if brace >= 0 and _MEANT.match(text, brace):
        offset = _first_unread(text, brace)
        rest = text[offset:].strip()
        problems = (problem_at(line, start + offset + 1, "structure-bad-attributes", rest=rest),)
    return AttributeList(text, Attributes(), start + len(text), problems=problems)


def _first_unread(text: str, brace: int) -> int:
    """Return where the items of a list stop being readable; its beginning if it is only open."""
    position = brace + 1
    while True:
        while text.startswith((" ", "\t"), position):
            position += 1
        item = _EACH.match(text, position)
        if not item or (item.end() < len(text) and text[item.end()] not in " \t}"):
            return position if position < len(text) else brace
        position = item.end()


def _with_list(text: str, found: re.Match[str], line: int, start: int) -> AttributeList:
    anchor, classes, options = "", [], {}
    places: dict[str, int] = {}
    problems = []
    for item in _EACH.finditer(text, found.start(1), found.end(1)):
        written, offset = item[0], start + item.start()
        if written.startswith("#"):
            anchor = written[1:] if may_be_id(written[1:]) else ""
            if not anchor:
                problems.append(_bad_anchor(written[1:], line, offset + 1))
            places["#"] = offset
        elif written.startswith("."):
            classes.append(written[1:])
            places.setdefault(written, offset)
        else:
            key, _, value = written.partition("=")
            options[key] = value[1:-1] if value[0] in "\"'" else value
            places[key] = offset
    attributes = Attributes(anchor, tuple(classes), options)
    rest = text[: found.start()].rstrip(" \t")
    return AttributeList(rest, attributes, start + found.start(), places, tuple(problems))


def _bad_anchor(anchor: str, line: int, column: int) -> Problem:
    wanted = _NOT_IN_ID.sub("-", anchor.lower()).strip("-")[:LONGEST_ID]
    if not wanted or wanted.startswith(RESERVED_PREFIX):
        wanted = f"section-{wanted}".rstrip("-")
    return problem_at(line, column, "structure-bad-anchor", anchor=anchor, wanted=wanted)
