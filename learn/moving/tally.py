"""PURE: what two databases hold, made comparable: how many rows, and a checksum of their values.

Both sides are written down in one way, whatever their database makes of a value. The checksum of a
table is the sum of its rows' digests, so the order in which a database gives them does not matter.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

DIGEST_BITS = 256
SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a table has and the sum of their digests."""

    rows: int = 0
    total: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return the tally of both sets of rows together."""
        return Tally(self.rows + other.rows, (self.total + other.total) % 2**DIGEST_BITS)

    @property
    def checksum(self) -> str:
        """The sum as a person compares it."""
        return f"{self.total:064x}"[:SHOWN_DIGITS]


def tally_of(rows: Iterable[Sequence[Any]]) -> Tally:
    """Return the tally of rows, each a sequence of the values of its columns."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(written(row).encode()).digest())
    return Tally(count, total % 2**DIGEST_BITS)


def written(row: Sequence[Any]) -> str:
    """Return a row in the one way in which both sides are written down."""
    return json.dumps([_plain(value) for value in row], sort_keys=True, default=_named)


def _plain(value: Any) -> Any:
    """Return a value without what databases keep differently: 5.0 and 5 are the same number.

    PostgreSQL's JSON has one kind of number, and gives the keys of an object in its own order.
    """
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _named(value: Any) -> Any:
    """Return what JSON has no form for: times in UTC, bytes by their digest, others as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return str(value)
