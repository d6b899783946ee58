"""A calendar of practice as a picture: weeks side by side, a square for each day. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 13
SQUARE, GAP, TOP, SIDE = 12, 3, 16, 30
# From how many answers on a day is drawn in which strength.
STRENGTHS = (1, 5, 12, 25)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A square: its day, the answers given, how strong it is drawn (0 to 4), and its place."""

    day: date
    answers: int
    strength: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The squares in the order of their days; ``months`` are the days above which to name one."""

    days: tuple[CalendarDay, ...]
    months: tuple[CalendarDay, ...]
    width: int
    height: int

    @property
    def practised(self) -> tuple[CalendarDay, ...]:
        """Return the days on which something was answered."""
        return tuple(day for day in self.days if day.answers)


def first_day(today: date) -> date:
    """Return the Monday on which the calendar begins."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def calendar_of(answers: Mapping[date, int], *, today: date) -> Calendar:
    """Return the last weeks up to ``today``, given how many answers there were on each day."""
    start = first_day(today)
    count = (today - start).days + 1
    days = tuple(_square(start + timedelta(days=n), n, answers) for n in range(count))
    months = tuple(square for square in days if square.day.day <= 7 and square.y == TOP)
    return Calendar(
        days=days,
        months=months,
        width=SIDE + WEEKS * (SQUARE + GAP),
        height=TOP + 7 * (SQUARE + GAP),
    )


def _square(day: date, number: int, answers: Mapping[date, int]) -> CalendarDay:
    given = answers.get(day, 0)
    return CalendarDay(
        day=day,
        answers=given,
        strength=sum(given >= least for least in STRENGTHS),
        x=SIDE + number // 7 * (SQUARE + GAP),
        y=TOP + number % 7 * (SQUARE + GAP),
    )
