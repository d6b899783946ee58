"""What may begin anywhere in a text and does not nest: code, escapes, raw tags, breaks."""

from __future__ import annotations

import re
from bisect import bisect_right

from learn.authoring.latex import OPENING, Dollars
from learn.authoring.markup.elements import Node, element, line_break, raw
from learn.authoring.markup.escapes import ENTITY, PUNCTUATION, decode_entity
from learn.authoring.markup.formulas import formula
from learn.authoring.markup.inlines import Pattern
from learn.authoring.markup.rawhtml import closing_end, swallows

type Taken = tuple[Node, int] | None
"""What a stretch of text becomes and where it ends, or None if it is something else."""

_TICKS = re.compile(r"`+")
_BOUNDARY_SPACE = re.compile(r"[ \t]*\n[ \t]*")


class CodeSpan(Pattern):
    """Code between equal runs of backticks."""

    begins = "`"

    def __init__(self) -> None:
        super().__init__(r"`+")
        self._text = ""
        self._runs: dict[int, list[int]] = {}

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return ``code``, or the backticks themselves if no equal run follows."""
        end = self._closing_run(m, data)
        if end is None:
            return m[0], m.end()
        content = data[m.end() : end].replace("\n", " ")
        if content.strip(" ") and content.startswith(" ") and content.endswith(" "):
            content = content[1:-1]
        return element("code", [content]), end + len(m[0])

    def _closing_run(self, opening: re.Match[str], data: str) -> int | None:
        if self._text is not data:
            self._text, self._runs = data, {}
            for run in _TICKS.finditer(data):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        starts = self._runs.get(len(opening[0]), [])
        index = bisect_right(starts, opening.start())
        return starts[index] if index < len(starts) else None


class Escape(Pattern):
    """A backslash before punctuation or a line end."""

    begins = r"\\"

    def __init__(self) -> None:
        super().__init__(rf"\\(?:([{re.escape(PUNCTUATION)}])|\n[ \t]*)")

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return the character, or a line break."""
        del data
        return m[1] or line_break(), m.end()


class LineEnd(Pattern):
    """The end of a line; two spaces before it make it a break."""

    # Only the first of several spaces can begin it, or a long row of them would cost its square.
    begins = r"(?<![ \t])[ \t]*+\n"

    def __init__(self) -> None:
        super().__init__(r"([ \t]*)\n[ \t]*")

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return a line break or a plain line end."""
        del data
        return line_break() if m[1].endswith("  ") else "\n", m.end()


class Entity(Pattern):
    """A character by its name or number."""

    begins = "&"

    def __init__(self) -> None:
        super().__init__(ENTITY)

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return the character."""
        del data
        character = decode_entity(m[0])
        return None if character is None else (character, m.end())


class PointedLink(Pattern):
    """An address or a mail address in angle brackets."""

    begins = "<"

    def __init__(self) -> None:
        mail = r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?"
        super().__init__(rf"(?a:<(?:([a-zA-Z][a-zA-Z0-9+.-]{{1,31}}:[^\s<>\x00-\x20]*)|({mail}))>)")

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return the link."""
        del data
        address = m[1] or f"mailto:{m[2]}"
        return element("a", [m[1] or m[2]], href=address), m.end()


_SPACE = r"[ \t]*+(?:\n[ \t]*+)?+"
_ATTRIBUTE = (
    rf"(?:(?:[ \t]++(?:\n[ \t]*+)?+|\n[ \t]*+)[a-zA-Z_:][\w.:-]*+"
    rf"(?:{_SPACE}={_SPACE}(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)"
)
_TAG = (
    rf"(?a:<[a-zA-Z][a-zA-Z0-9-]*+{_ATTRIBUTE}*+{_SPACE}/?>|</[a-zA-Z][a-zA-Z0-9-]*+{_SPACE}>"
    r"|<(?:!--|\?|!\[CDATA\[|![a-zA-Z]))"
)
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}


class RawTag(Pattern):
    """A raw HTML tag, comment or instruction."""

    begins = "<"

    def __init__(self) -> None:
        super().__init__(_TAG)
        self._text = ""
        self._missing: set[str] = set()

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return the tag as HTML; a tag that would swallow what follows becomes text."""
        if self._text is not data:
            # What is missing once is not looked for again in the same text.
            self._text, self._missing = data, set()
        if m[0][1] in "!?":
            return self._until(_ENDS.get(m[0], ">"), m, data)
        if not swallows(m[0]):
            return raw(m[0]), m.end()
        return self._with_content(m, data)

    def _with_content(self, m: re.Match[str], data: str) -> Taken:
        """Drop an element that would swallow what follows, or show its tag if it never ends."""
        name = m[0].strip("<>").split()[0].lower()
        end = -1 if name in self._missing else closing_end(data, m[0], m.end())
        if end < 0:
            self._missing.add(name)
            return m[0], m.end()
        return "", end

    def _until(self, closing: str, m: re.Match[str], data: str) -> Taken:
        """Return all up to ``closing``."""
        if m[0] == "<!--" and (short := re.compile(r"-?>").match(data, m.end())):
            return raw(data[m.start() : short.end()]), short.end()
        end = -1 if closing in self._missing else data.find(closing, m.end())
        if end < 0:
            self._missing.add(closing)
            return None
        return raw(data[m.start() : end + len(closing)]), end + len(closing)


class Formula(Pattern):
    """LaTeX between dollar signs, by the rules that leave prices alone."""

    begins = r"\$"

    def __init__(self) -> None:
        super().__init__(OPENING)
        self._text = ""
        self._dollars = Dollars("")

    def take(self, m: re.Match[str], data: str) -> Taken:
        """Return the formula, on its own for ``$$``."""
        if self._text is not data:
            self._text, self._dollars = data, Dollars(data)
        found = self._dollars.at(m.start(), m[0])
        return (formula(found.latex, display=found.is_display), found.end) if found else None
