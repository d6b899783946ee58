"""PURE: which of many backups to keep: of the last days, weeks and months the newest each."""

from collections.abc import Iterable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 4, 6


def worth_keeping(times: Iterable[datetime]) -> set[datetime]:
    """Return the backups to keep: the newest of each of the last days, weeks and months with one.

    The newest of all is always among them.
    """
    newest_first = sorted(times, reverse=True)
    kept: set[datetime] = set()
    for unit, number in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        newest: dict[str, datetime] = {}
        for time in newest_first:
            newest.setdefault(time.strftime(unit), time)
        kept.update(list(newest.values())[:number])
    return kept
