"""Numbers with units as people write them. Pure."""

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint

CURRENCIES = "$€£¥"
BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]+")
MINUS = str.maketrans({"−": "-", "–": "-"})
NUMBER = re.compile(
    r"""(?P<sign>[-+]?)
        (?P<digits>\d[\d.,]*(?:[\s\u00a0\u2007\u2009\u202f'’]\d{3}(?!\d)[\d.,]*)*|[.,]\d+)
        (?:(?:e|\s*[×x*]\s*10\^)\s*(?P<power>[-+]?\d{1,3})(?!\d))?""",
    re.VERBOSE | re.IGNORECASE,
)
# The registry reads whole expressions; a learner's text may only be a name or a quotient of names.
UNIT = re.compile(r"[A-Za-zµμΩ°%]{1,20}(?:[/*·][A-Za-zµμΩ°]{1,20}){0,2}")


class NotAQuantityError(ValueError):
    """The text is not a number with, perhaps, a unit."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit as written; the unit may be empty."""

    value: float
    unit: str


def _pint() -> Any:
    """Return the library of units, loaded at the first use: that takes a third of all loading."""
    return import_module("pint")


@cache
def units() -> "pint.UnitRegistry[float]":
    """Return the registry of units, made at the first use since that takes a moment."""
    registry: pint.UnitRegistry[float] = _pint().UnitRegistry(cache_folder=None)
    return registry


def parse_quantity(text: str) -> Quantity:
    """Read ``1,024``, ``1 024``, ``1.024e3``, ``0,5``, ``$2.40`` or ``15 min``.

    A comma or dot before exactly three digits groups thousands if it stands more than once or is a
    comma; otherwise it is the decimal sign. Raises ``NotAQuantityError``.
    """
    stripped = text.strip().translate(MINUS)
    currency = next((sign for sign in CURRENCIES if stripped.lstrip("+-").startswith(sign)), "")
    stripped = stripped.replace(currency, "", 1).strip() if currency else stripped
    found = NUMBER.match(stripped)
    if found is None:
        raise NotAQuantityError(text)
    value = float(f"{found['sign']}{_plain_digits(found['digits'])}e{found['power'] or 0}")
    unit = stripped[found.end() :].strip() or currency
    if not math.isfinite(value) or (unit and unit[0].isdigit()):
        raise NotAQuantityError(text)
    return Quantity(value, unit)


def _plain_digits(digits: str) -> str:
    """Return digits with a dot as the decimal sign and no grouping."""
    digits = BLANKS.sub("", digits).rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    whole, sign, rest = digits[:last], digits[last], digits[last + 1 :]
    bare = re.sub(r"[.,]", "", whole)
    groups_only = len(rest) == 3 and sign == "," and "." not in whole and bare.strip("0") != ""
    repeats = sign in whole
    if groups_only or (repeats and len(rest) == 3):
        return bare + rest
    if repeats:
        raise NotAQuantityError(digits)
    return f"{bare or '0'}.{rest}"


def is_known_unit(unit: str) -> bool:
    """Say whether ``unit`` can be converted."""
    if not UNIT.fullmatch(unit):
        return False
    try:
        units().Unit(unit)
    except (_pint().PintError, AttributeError, ValueError, TypeError, SyntaxError):
        return False
    return True


def value_in(quantity: Quantity, unit: str) -> float | None:
    """Return the quantity's number in ``unit``; None if it is of another sort.

    Without a unit of its own it is taken to be in ``unit``.
    """
    if not quantity.unit or quantity.unit.casefold() == unit.casefold():
        return quantity.value
    if not unit or not is_known_unit(quantity.unit) or not is_known_unit(unit):
        return None
    try:
        return float(units().Quantity(quantity.value, quantity.unit).to(unit).magnitude)
    except (_pint().PintError, ValueError, OverflowError):
        return None
