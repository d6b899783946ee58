"""Figures in a text: numbers with a unit, made comparable."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from quizzes.kinds.quantities import NotAQuantityError, parse_quantity

_UNITS: dict[str, dict[str, float]] = {
    "time": {
        "ns nanosecond": 1e-9,
        "us µs μs microsecond": 1e-6,
        "ms msec millisecond": 1e-3,
        "s sec second": 1,
        "min minute": 60,
        "h hr hour": 3600,
        "d day": 86_400,
        "week": 604_800,
        "fortnight": 1_209_600,
        "month": 2_629_800,
        "year": 31_557_600,
    },
    "data": {
        "B byte": 1,
        "kB KB kilobyte": 1e3,
        "MB megabyte": 1e6,
        "GB gigabyte": 1e9,
        "TB terabyte": 1e12,
        "PB petabyte": 1e15,
        "KiB kibibyte": 2**10,
        "MiB mebibyte": 2**20,
        "GiB gibibyte": 2**30,
        "TiB tebibyte": 2**40,
    },
    "share": {"%": 1, "percent": 1, "per cent": 1},
    "dollars": {"$ USD dollar": 1, "cent": 0.01},
    "euros": {"€ EUR euro": 1},
    "pounds": {"£ GBP": 1},
    "processors": {"vCPU vcpu": 1},
    "frequency": {"Hz hertz": 1, "kHz": 1e3, "MHz": 1e6, "GHz": 1e9},
    "length": {"mm": 1e-3, "cm": 1e-2, "m metre meter": 1, "km kilometre kilometer": 1e3},
    "mass": {"mg": 1e-6, "g gram": 1e-3, "kg kilogram": 1, "t tonne": 1e3},
    "volume": {"ml millilitre": 1e-3, "cl": 1e-2, "l litre liter": 1},
    "power": {"W watt": 1, "kW kilowatt": 1e3, "MW megawatt": 1e6},
    "energy": {"J joule": 1, "kJ": 1e3, "kWh": 3.6e6},
    "temperature": {"°C": 1},
    "voltage": {"mV": 1e-3, "V volt": 1, "kV": 1e3},
}
"""What is measured, and each unit's size in the first of its sort. A name adds ``s`` for many."""

_SHORTEST_WORD = 3
_LONGEST_SIGN = 2
_TOLERANCES = {"data": 0.1}
_TOLERANCE = 0.005
_NUMBER_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty"""
_WORD_VALUES = {
    **{word: float(value) for value, word in enumerate(_NUMBER_WORDS.split())},
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
    "hundred": 100.0,
    "thousand": 1000.0,
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
}


def _spellings() -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for sort, sizes in _UNITS.items():
        for names, size in sizes.items():
            for name in ["per cent"] if names == "per cent" else names.split():
                found[name] = (sort, size)
                if len(name) >= _SHORTEST_WORD and name not in ("per cent", "percent"):
                    found[f"{name}s"] = (sort, size)
    return found


_SIZES = _spellings()
_UNIT = "|".join(re.escape(name) for name in sorted(_SIZES, key=len, reverse=True) if name != "$")
_DIGITS = r"\d+(?:[.,\u00a0\u202f ](?=\d{3}(?!\d))\d{3})*(?:\.\d+)?"
_COUNT = rf"(?:{_DIGITS})|\b(?:{'|'.join(sorted(_WORD_VALUES, key=len, reverse=True))})\b"
_FIGURE = re.compile(
    rf"(?<![\w.,/-])(?:(?P<sign>[$€£])\s?(?P<price>{_DIGITS})"
    rf"|(?P<number>{_COUNT})(?:[ \u00a0\u202f-]?(?:to|or|and|–|-|\.\.)[ \u00a0\u202f]?"
    rf"(?P<last>{_COUNT}))?[ \u00a0\u202f-]?(?P<unit>{_UNIT})(?![\w/]|-\w))",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<![\w]){_DIGITS}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit. ``sort`` is what is measured, ``size`` is in that sort's own unit."""

    written: str
    value: float
    sort: str
    size: float

    def equals(self, other: "Figure") -> bool:
        """Say whether both mean the same; 10 GB and 10,240 MB do, as people write them."""
        margin = _TOLERANCES.get(self.sort, _TOLERANCE) * max(abs(self.size), abs(other.size))
        return self.sort == other.sort and abs(self.size - other.size) <= margin + 1e-12


@lru_cache(maxsize=4096)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text. '15 to 20 minutes' are two."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        unit = match["sign"] or match["unit"]
        known = _SIZES.get(unit) or (len(unit) > _LONGEST_SIGN and _SIZES.get(unit.lower()))
        if not known:
            continue
        for number in (match["price"], match["number"], match["last"]):
            if number:
                value = _value(number)
                written = match[0] if not match["last"] else f"{number} {unit}"
                found.append(Figure(written.strip(), value, known[0], value * known[1]))
    return tuple(found)


def _value(number: str) -> float:
    if number.lower() in _WORD_VALUES:
        return _WORD_VALUES[number.lower()]
    try:
        return parse_quantity(number).value
    except NotAQuantityError:
        return float("nan")


def numbers_in(text: str) -> set[float]:
    """Return every number of a text, with or without a unit, in digits or as a word to twenty."""
    words = (_WORD_VALUES.get(word) for word in re.findall(r"[a-z]+", text.lower()))
    return {_value(number) for number in _NUMBER.findall(text)} | {
        value for value in words if value is not None
    }


def disagree(left: Iterable[Figure], right: Iterable[Figure]) -> tuple[Figure, Figure] | None:
    """Return two figures of one sort that no figure of the other side equals, or None.

    Sides that share a figure of a sort agree in it: one may say more than the other.
    """
    for one in left:
        same = [other for other in right if other.sort == one.sort]
        mine = [other for other in left if other.sort == one.sort]
        if same and not any(a.equals(b) for a in mine for b in same):
            return one, same[0]
    return None
