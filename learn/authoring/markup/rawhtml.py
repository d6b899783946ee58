"""Raw HTML that authors write, before it is sanitised.

Some tags make an HTML parser take everything that follows as their content: one `<title>` in a
sentence would eat the lesson. Code hosts show such tags as text; so do we, and where the closing
tag is there too, the element goes with all its content.
"""

import re

_SWALLOWING = (
    "frameset|iframe|noembed|noframes|noscript|object|plaintext|script|select|style|svg|template"
    "|textarea|title|xmp"
)
_OPENING = re.compile(rf"<(?P<name>{_SWALLOWING})(?![\w-])", re.IGNORECASE)
_TAG_START = re.compile(rf"<(?=/?(?:{_SWALLOWING})(?![\w-]))", re.IGNORECASE)


def swallows(tag: str) -> bool:
    """Return whether a raw tag is one that would swallow what follows it."""
    return bool(_TAG_START.match(tag))


def closing_end(html: str, tag: str, start: int) -> int:
    """Return where the closing tag that belongs to ``tag`` ends after ``start``, or -1."""
    opening = _OPENING.match(tag)
    if not opening:
        return -1
    closing = re.compile(rf"</{opening['name']}[ \t\n]*>", re.IGNORECASE).search(html, start)
    return closing.end() if closing else -1


def disarm(html: str) -> str:
    """Return HTML in which no tag swallows what follows it.

    ``<script>…</script>`` and its like are dropped; one without its closing tag becomes text.
    """
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()
    while opening := _OPENING.search(html, position):
        name = opening["name"].lower()
        end = -1 if name in unclosed else closing_end(html, opening[0], opening.end())
        if end < 0:
            # Searching for the same missing tag again and again would cost the square of the text.
            unclosed.add(name)
            end = opening.end()
            kept.append(html[position:end])
        else:
            kept.append(html[position : opening.start()])
        position = end
    kept.append(html[position:])
    return _TAG_START.sub("&lt;", "".join(kept))
