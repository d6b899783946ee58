"""PURE: which of the due questions make up a session, and in which order."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

SESSION_SIZE = 20


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """A question that is due. ``row`` names the table row that a cell belongs to, else None."""

    question: int
    lesson: int
    recall: float
    is_confidently_wrong: bool = False
    row: Hashable = None


def session_of(due: Iterable[DueQuestion], *, size: int = SESSION_SIZE) -> list[DueQuestion]:
    """Return the next session: what is needed most, mixed so that look-alikes are apart.

    Certain mistakes come first, then what is closest to being forgotten; neighbours are of
    different lessons where that can be. Cells of one row tell about each other, so a session has
    one of them, unless nothing else is due.
    """
    needed = sorted(due, key=lambda each: (each.recall, each.question))
    needed.sort(key=lambda each: not each.is_confidently_wrong)
    chosen = _one_of_each_row(needed)
    if len(chosen) == 1:
        chosen = needed
    chosen = chosen[:size]
    urgent = _mixed([each for each in chosen if each.is_confidently_wrong], after=None)
    last = urgent[-1].lesson if urgent else None
    return urgent + _mixed([each for each in chosen if not each.is_confidently_wrong], after=last)


def _one_of_each_row(needed: Sequence[DueQuestion]) -> list[DueQuestion]:
    """Return ``needed`` with the first of each row alone."""
    rows: set[Hashable] = set()
    chosen = []
    for each in needed:
        if each.row is None or each.row not in rows:
            chosen.append(each)
        rows.add(each.row)
    return chosen


def _mixed(waiting: list[DueQuestion], *, after: int | None) -> list[DueQuestion]:
    """Return ``waiting`` in an order without neighbours of one lesson, as far as there is one."""
    rest, mixed, last = list(waiting), [], after
    while rest:
        following = _following(rest, last)
        rest.remove(following)
        mixed.append(following)
        last = following.lesson
    return mixed


def _following(rest: list[DueQuestion], last: int | None) -> DueQuestion:
    """Return the first that leaves the others mixable; else one of the most frequent lesson."""
    others = [each for each in rest if each.lesson != last] or rest
    left = Counter(each.lesson for each in rest)
    for each in others:
        if _can_be_mixed(left - Counter([each.lesson]), last=each.lesson):
            return each
    most = max(left[each.lesson] for each in others)
    return next(each for each in others if left[each.lesson] == most)


def _can_be_mixed(left: Counter[int], *, last: int) -> bool:
    """Say whether so many of each lesson fit behind ``last`` without two alike side by side."""
    total = left.total()
    return left[last] <= total // 2 and max(left.values(), default=0) <= (total + 1) // 2
