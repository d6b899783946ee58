"""Link addresses and titles as they are written, in links and in definitions of links."""

import re

from learn.authoring.markup.escapes import PUNCTUATION, unescape

LONGEST_LABEL = 999
_DEEPEST_PARENTHESES = 32
_ESCAPE = rf"\\[{re.escape(PUNCTUATION)}]"
_LABEL = re.compile(rf"\[((?:[^\\\[\]]|\\.){{0,{LONGEST_LABEL}}}+)\]", re.DOTALL)
_POINTED = re.compile(rf"<((?:[^<>\n\\]|{_ESCAPE}|\\)*+)>")
_TITLE = re.compile(
    r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)", re.DOTALL
)
_SPACES = re.compile(r"[ \t]*+(?:\n[ \t]*+)?")
_LINE_END = re.compile(r"[ \t]*+(?:\n|$)")

type Definition = tuple[str, str, str]
"""Label, address and title."""


def skip_spaces(text: str, start: int) -> int:
    """Return the place after white space with at most one line end in it."""
    found = _SPACES.match(text, start)
    return found.end() if found else start


def match_label(text: str, start: int) -> tuple[str, int] | None:
    """Return what stands in the brackets that open at ``start`` and where they end, or None."""
    found = _LABEL.match(text, start)
    return (found[1], found.end()) if found else None


def match_destination(text: str, start: int) -> tuple[str, int] | None:
    """Return the address written at ``start``, its escapes read, and where it ends, or None."""
    if text.startswith("<", start):
        found = _POINTED.match(text, start)
        return (unescape(found[1]), found.end()) if found else None
    end = _bare_destination_end(text, start)
    return None if end is None else (unescape(text[start:end]), end)


def _bare_destination_end(text: str, start: int) -> int | None:
    depth = 0
    position = start
    while position < len(text):
        character = text[position]
        if character == "\\" and text[position + 1 : position + 2] in PUNCTUATION:
            position += 1
        elif character == "(":
            depth += 1
            if depth > _DEEPEST_PARENTHESES:
                return None
        elif character == ")":
            if not depth:
                break
            depth -= 1
        elif character <= " " or character == "\x7f":
            break
        position += 1
    return None if depth else min(position, len(text))


def match_title(text: str, start: int) -> tuple[str, int] | None:
    """Return the quoted title at ``start``, its escapes read, and where it ends, or None."""
    found = _TITLE.match(text, start)
    if not found or "\n\n" in found[0]:
        return None
    return unescape(found[1] or found[2] or found[3] or ""), found.end()


def match_inline_target(text: str, start: int) -> tuple[str, str, int] | None:
    """Return address, title and end of the ``(address "title")`` at ``start``, or None."""
    if not text.startswith("(", start):
        return None
    destination = match_destination(text, skip_spaces(text, start + 1))
    if destination is None:
        return None
    address, position = destination
    title = ""
    after_space = skip_spaces(text, position)
    if after_space > position and (quoted := match_title(text, after_space)):
        title, after_space = quoted
        after_space = skip_spaces(text, after_space)
    return (address, title, after_space + 1) if text.startswith(")", after_space) else None


def read_references(text: str) -> tuple[list[Definition], str]:
    """Return the link definitions that ``text`` begins with, and the text after them."""
    definitions: list[Definition] = []
    position = 0
    while found := _match_definition(text, position):
        definition, position = found
        definitions.append(definition)
    return definitions, text[position:]


def _match_definition(text: str, start: int) -> tuple[Definition, int] | None:
    label = match_label(text, start)
    if not label or not label[0].strip() or not text.startswith(":", label[1]):
        return None
    begin = skip_spaces(text, label[1] + 1)
    destination = match_destination(text, begin)
    if not destination or destination[1] == begin:
        return None
    address, position = destination
    title_start = skip_spaces(text, position)
    quoted = match_title(text, title_start) if title_start > position else None
    if quoted and (end := _LINE_END.match(text, quoted[1])):
        return (label[0], address, quoted[0]), end.end()
    end = _LINE_END.match(text, position)
    return ((label[0], address, ""), end.end()) if end else None
