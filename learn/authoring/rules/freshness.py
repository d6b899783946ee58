"""FACTS: when each fact was checked, and whether that is too long ago for this course."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem
from learn.authoring.lines import Kind
from learn.authoring.prose import without_code
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView, Found

_MONTHS_A_YEAR = 12
_CHECKED = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-\d{2})?", re.ASCII)
_LINK_CHECKED = re.compile(r"\]\([^()\n]*\)\{[^{}\n]*?\bchecked=(?P<date>[^\s{}]+)[^{}\n]*\}")


@dataclass(frozen=True, slots=True)
class _Checked:
    """A date as written and where it stands."""

    value: str
    line: int
    column: int


def check(view: CourseView) -> Found:
    """Yield the facts that were checked too long ago, or are said to be checked in the future.

    Nothing is stale in a course that does not say how long a fact counts as fresh. Without the day
    of the check (``view.today`` is None) nothing is said.
    """
    if view.today is None:
        return
    months = view.course.document.facts.freshness_months if view.course else None
    for name, reading in view.readings.items():
        for one in _dates(reading):
            for problem in _of_date(one, view.today, months):
                yield name, problem


def _dates(reading: Reading) -> Iterator[_Checked]:
    """Yield the dates on tables, on headings (of questions and quizzes) and after links."""
    lists = [(one.listed, one.caption_line) for one in reading.tables]
    lists += [(one.listed, one.listed_line) for one in reading.headings]
    for listed, line in lists:
        if value := listed.attributes.options.get("checked"):
            yield _Checked(value, line, listed.places["checked"] + 1)
    for line_ in reading.lines:
        if line_.kind is Kind.TEXT and "checked=" in line_.text:
            text = without_code(line_.text)
            for found in _LINK_CHECKED.finditer(text):
                column = text.index("checked=", found.start()) + 1
                yield _Checked(found["date"].strip("\"'"), line_.number, column)


def _of_date(one: _Checked, today: date, months: int | None) -> Iterator[Problem]:
    read = _CHECKED.fullmatch(one.value)
    if not read:
        return
    age = _month_number(today.year, today.month) - _month_number(
        int(read["year"]), int(read["month"])
    )
    this_month = f"checked={today:%Y-%m}"
    if age < 0:
        values = {"checked": one.value, "stub": this_month}
        yield problem_at(one.line, one.column, "fact-checked-in-future", **values)
    elif months is not None and age > months:
        values = {
            "checked": one.value,
            "age": str(age),
            "months": str(months),
            "stub": this_month,
        }
        yield problem_at(one.line, one.column, "fact-stale", **values)


def _month_number(year: int, month: int) -> int:
    return year * _MONTHS_A_YEAR + month
