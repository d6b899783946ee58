"""Backslash escapes and entities, as they count in texts, addresses and titles."""

import re
from html.entities import html5

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
_ESCAPED = re.compile(rf"\\([{re.escape(PUNCTUATION)}])|({ENTITY})")


def decode_entity(entity: str) -> str | None:
    """Return the character that ``&…;`` stands for, or None for a name that HTML does not know."""
    inside = entity[1:-1]
    if not inside.startswith("#"):
        return html5.get(f"{inside};")
    code = int(inside[2:], 16) if inside[1] in "xX" else int(inside[1:])
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return chr(code)


def unescape(text: str) -> str:
    """Return text with its backslash escapes and entities read."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(lambda m: m[1] or decode_entity(m[2]) or m[2], text)
