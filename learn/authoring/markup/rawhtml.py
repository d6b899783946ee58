"""Raw HTML that authors write, before it is sanitised.

Some tags make an HTML parser take everything that follows as their content: one `<title>` in a
sentence would eat the lesson. Code hosts show such tags as text; so do we, and where the closing
tag is there too, the element goes with all its content.
"""

import re

_SWALLOWING = (
    "frameset|iframe|noembed|noframes|noscript|object|plaintext|script|select|style|svg|template"
    "|textarea|title|xmp"
    # Outside a drawing the sanitiser drops these with all that stands in them.
    "|animate|animatemotion|animatetransform|circle|clippath|defs|desc|ellipse|filter|foreignobject"
    "|g|image|line|lineargradient|marker|mask|metadata|mpath|path|pattern|polygon|polyline"
    "|radialgradient|rect|set|stop|switch|symbol|text|textpath|tspan|use|view"
)
_OPENING = re.compile(rf"<(?P<name>{_SWALLOWING})(?![\w-])", re.IGNORECASE)
_TAG_START = re.compile(rf"<(?=/?(?:{_SWALLOWING})(?![\w-]))", re.IGNORECASE)
# A parser takes what looks like a tag up to its end, over line ends and, in a quote, over `>`.
_TAG_LOOK = re.compile(r"<(?=[A-Za-z/!?])")
_WHOLE_TAG = re.compile(
    r"""<!--.*?-->|<\?.*?>|<![^>]*+>|</?[A-Za-z](?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""", re.DOTALL
)


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
    return _without_open_ends(_TAG_START.sub("&lt;", "".join(kept)))


def _without_open_ends(html: str) -> str:
    """Return HTML in which a tag that does not end, which would eat what follows, is text."""
    last_end = html.rfind(">")
    kept: list[str] = []
    position = 0
    for look in _TAG_LOOK.finditer(html):
        start = look.start()
        if start < position:
            continue
        whole = _WHOLE_TAG.match(html, start) if start < last_end else None
        kept.append(html[position:start] + (whole[0] if whole else "&lt;"))
        position = whole.end() if whole else start + 1
    return "".join(kept) + html[position:]
