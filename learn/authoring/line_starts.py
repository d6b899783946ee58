"""What a block of Markdown begins with, as patterns over the rest of a line."""

import re
from dataclasses import dataclass

CODE_INDENT = 4
"""From this many columns on, a line is code rather than any marker."""

ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
ITEM = re.compile(r"([-+*]|(\d{1,9})[.)])(?=[ \t]|$)", re.ASCII)
NOTE = re.compile(r"\[\^([^\[\]\s]{1,200})\]:[ \t]*")
MEANING = re.compile(r":(?=[ \t])")
ABBREVIATION = re.compile(r"\*\[([^\[\]\\]{1,200})\]:[ \t]*(.*)$")
REFERENCE = re.compile(
    r"\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(<[^<>]*>|[^\s<]\S*)"
    r"""(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$"""
)
QUIZ_TAG = re.compile(r"<(/?)quiz(?:[ \t][^<>]*)?>[ \t]*$", re.IGNORECASE)

_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header"
    "|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param"
    "|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_HTML = tuple(
    (re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE) if end else None)
    for start, end in (
        (
            r"<(?:script|pre|style|textarea)(?:[ \t>]|$)",
            r"</(?:script|pre|style|textarea)>",
        ),
        (r"<!--", r"-->"),
        (r"<\?", r"\?>"),
        (r"<![a-z]", r">"),
        (r"<!\[CDATA\[", r"\]\]>"),
        (rf"</?(?:{_BLOCK_TAGS})(?:[ \t]|/?>|$)", None),
    )
)
_LONE_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:[ \t][^<>]*)?/?>[ \t]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fence:
    """An open code block: its marks, what stands after them, and how far it is set in."""

    marks: str
    info: str
    indent: int

    def is_closed_by(self, rest: str) -> bool:
        """Return whether a line's rest is the closing fence."""
        end = rest.rstrip(" \t")
        return end.startswith(self.marks) and not end.strip(self.marks[0])


@dataclass(frozen=True, slots=True)
class RawHtml:
    """An open block of HTML that ends in the line that holds ``end``, or before a blank line."""

    end: re.Pattern[str] | None
    is_comment: bool


def match_fence(rest: str, indent: int) -> Fence | None:
    """Return the code block that opens with ``rest``, or None."""
    found = _FENCE.match(rest)
    if not found:
        return None
    info = found[2] if found[1] else found[4]
    return Fence(found[1] or found[3], info.strip(), indent)


def match_html(rest: str, *, interrupts: bool) -> RawHtml | None:
    """Return the HTML block that opens with ``rest``; a lone tag may not interrupt a paragraph."""
    if not rest.startswith("<"):
        return None
    for start, end in _HTML:
        if start.match(rest):
            return RawHtml(end, rest.startswith("<!--"))
    if interrupts or not _LONE_TAG.match(rest):
        return None
    return RawHtml(None, False)


def match_item(ahead: str, *, interrupts: bool) -> str:
    """Return the marker of the list item that begins with ``ahead``, or an empty text.

    Only an item with text may interrupt a paragraph, and of numbered ones only the first.
    """
    item = ITEM.match(ahead)
    if not item or RULE.match(ahead) or (interrupts and UNDERLINE.match(ahead)):
        return ""
    is_first = item[2] in (None, "1") and ahead[item.end() :].strip()
    return item[1] if is_first or not interrupts else ""
