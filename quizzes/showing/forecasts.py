"""How many questions come in the next days, as a drawing and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.remembering import ForecastDay

BAR, GAP, ROOM = 18, 8, 84
BASE, LABELS = 100, 18
LEAST_BAR = 2
FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the drawing. ``x`` and ``middle`` are where it stands, ``y`` is its top."""

    day: date
    name: str
    questions: int
    x: int
    middle: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing: its bars in a box of ``width`` by ``height``, and what it says in a sentence."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    base: int
    total: int
    summary: str


def chart_of(days: Sequence[ForecastDay]) -> Chart:
    """Return the drawing of a forecast whose first day is today."""
    most = max((day.count for day in days), default=0)
    bars = tuple(_bar(number, day, most) for number, day in enumerate(days))
    total = sum(day.count for day in days)
    return Chart(
        bars=bars,
        width=len(bars) * (BAR + GAP),
        height=BASE + LABELS,
        base=BASE,
        total=total,
        summary=_summary(bars, total, most),
    )


def _bar(number: int, day: ForecastDay, most: int) -> Bar:
    """Return the bar of one day; ``most`` is the count of the fullest."""
    height = max(LEAST_BAR, round(ROOM * day.count / most)) if day.count else 0
    x = number * (BAR + GAP) + GAP // 2
    return Bar(
        day=day.day,
        name=_("Today") if number == 0 else formats.date_format(day.day, "D j M"),
        questions=day.count,
        x=x,
        middle=x + BAR // 2,
        y=BASE - height,
        height=height,
    )


def _summary(bars: Sequence[Bar], total: int, most: int) -> str:
    """Return what the drawing shows, for those who do not see it."""
    if not total:
        return _("Nothing comes up.")
    fullest = next(bar for bar in bars if bar.questions == most)
    today = bars[0].questions
    text = ngettext(
        "%(total)s question in all, %(today)s of it today. Fullest day: %(day)s with %(most)s.",
        "%(total)s questions in all, %(today)s of them today. Fullest day: %(day)s with %(most)s.",
        total,
    )
    return text % {"total": total, "today": today, "most": most, "day": fullest.name}


def when(then: datetime, now: datetime) -> str:
    """Return in words when a question comes again: today, tomorrow, in so many days, or a date."""
    day = then.astimezone(UTC).date()
    days = (day - now.astimezone(UTC).date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days <= FORTNIGHT:
        return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    return _("on %(date)s") % {"date": formats.date_format(day, "DATE_FORMAT")}


def how_long(days: float) -> str:
    """Return a time in words, rounded down; empty for less than a day."""
    whole = int(days)
    return ngettext("%(n)s day", "%(n)s days", whole) % {"n": whole} if whole else ""


def how_often(reviews_a_day: float) -> str:
    """Return in words how many reviews a day, or a week where a day has less than one."""
    if reviews_a_day >= 0.95:
        number = round(reviews_a_day)
        return ngettext("about %(n)s review a day", "about %(n)s reviews a day", number) % {
            "n": number
        }
    number = max(1, round(7 * reviews_a_day))
    return ngettext("about %(n)s review a week", "about %(n)s reviews a week", number) % {
        "n": number
    }
