"""LaTeX in a text: where formulas stand, and what MathML they become. Pure.

The renderer shows them by this, and the checker says by it which cannot be shown.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from importlib import import_module
from xml.etree.ElementTree import Element

LONGEST = 2_000
"""Longer formulas are shown as they were written."""

OPENING = r"(?<![\w$\\])(?:\$\$(?=[^$])|\$(?=`)|\$(?=[^\s$`]))"
_CLOSING = {"$": r"(?<![\s\\$])\$(?![\w$])", "$$": r"(?<!\\)\$\$", "`$": r"`\$(?![\w$])"}
_AMOUNT = re.compile(r"\d[\d.,]*\s+[^\W\d_]{2,}")
_NEXT = re.compile(rf"(?P<ticks>`+)|(?P<opening>{OPENING})|\\.", re.DOTALL)
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3}
_COMMAND = re.compile(r"\\[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written between its dollar signs, and where the text goes on."""

    latex: str
    is_display: bool
    end: int


class Dollars:
    """The formulas of one text, by the rules that leave prices alone."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}

    def at(self, start: int, opening: str) -> Formula | None:
        """Return the formula that the dollar signs ``opening`` at ``start`` begin, if they do."""
        if opening == "$" and self._text.startswith("`", start + 1):
            opening = "$`"
        begin = start + len(opening)
        end = self._closing(opening[::-1], begin)
        latex = self._text[begin:end] if end is not None and end - begin <= LONGEST else ""
        if end is None or not latex.strip() or (opening == "$" and _is_price(latex)):
            return None
        return Formula(latex, opening == "$$", end + len(opening))

    def _closing(self, closing: str, start: int) -> int | None:
        if closing not in self._places:
            found = re.finditer(_CLOSING[closing], self._text)
            self._places[closing] = [one.start() for one in found]
        places = self._places[closing]
        index = bisect_right(places, start)
        return places[index] if index < len(places) else None


def _is_price(latex: str) -> bool:
    """Return whether what stands between two dollar signs is an amount and words, or has a third.

    So ``between $5 and 10$`` and ``$8, later US$9`` stay text.
    """
    return bool(_AMOUNT.match(latex)) or "$" in latex.replace("\\$", "")


def find_formulas(text: str) -> Iterator[tuple[int, str]]:
    """Yield the formulas of a text, each with the place of its first dollar sign; none in code."""
    dollars, position = Dollars(text), 0
    ticks: dict[str, list[int]] = {}
    for run in re.finditer("`+", text):
        ticks.setdefault(run[0], []).append(run.start())
    while found := _NEXT.search(text, position):
        position = found.end()
        if mark := found["ticks"]:
            places = ticks[mark]
            at = bisect_right(places, found.start())
            position = places[at] + len(mark) if at < len(places) else position
        elif found["opening"] and (formula := dollars.at(found.start(), found["opening"])):
            yield found.start(), formula.latex
            position = formula.end


def mathml(latex: str, *, display: bool) -> Element | None:
    """Return a formula as ``math``, or None if it cannot be read."""
    # Loaded for the first formula: most courses have none, and it takes 50 ms.
    converter = import_module("latex2mathml.converter")
    try:
        math: Element = converter.convert_to_element(
            latex, display="block" if display else "inline"
        )
    except Exception:  # the converter raises whatever it stumbles over, IndexError and the like too
        return None
    math.attrib.pop("xmlns", None)
    for part in math.iter():
        # The converter writes character references; our serialiser would escape them again.
        part.text = unescape(part.text) if part.text else None
    return math


@lru_cache(maxsize=10_000)
def unread_part(latex: str) -> str:
    """Return what of a formula is shown as it is written: all of it, a command, or nothing."""
    source = latex.strip()
    math = mathml(source, display=False) if len(source) <= LONGEST else None
    if math is None or any(len(part) != _PARTS.get(part.tag, len(part)) for part in math.iter()):
        return source
    shown = (part.text or "" for part in math.iter("mi"))
    return next((text for text in shown if _COMMAND.fullmatch(text)), "")
