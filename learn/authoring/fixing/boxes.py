"""Boxes and bars that are written a little differently from what everybody reads."""

import re
from collections.abc import Iterator

from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.fixing.edits import Edit
from learn.authoring.fixing.report import Candidate, Finding
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView

_SPACE = gettext_noop("a space comes between the list's mark and the box")
_BOX = gettext_noop("`%(old)s` becomes `%(new)s`")
_BAR = gettext_noop("the bar in `%(code)s` gets its backslash")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LONE_BAR = re.compile(r"(?<!\\)\|")


def find_glued_boxes(view: CourseView) -> Iterator[Candidate]:
    """Yield the lines `-[ ] choice`, which are no choices for want of a space."""
    for name, reading in view.readings.items():
        for problem in reading.problems:
            if problem.code == "question-glued-box":
                finding = Finding(name, problem.line, problem.column, problem.code, _SPACE)
                edit = Edit(problem.line, problem.column, "", " ")
                yield Candidate(finding, (edit,), choice=problem.line)


def find_odd_boxes(view: CourseView) -> Iterator[Candidate]:
    """Yield the boxes that are read here and that code hosts show as text."""
    for name, reading in view.readings.items():
        for problem in reading.problems:
            if problem.code != "question-odd-box":
                continue
            old, new = problem.values["box"], f"[{problem.values['mark']}]"
            offset = problem.column - 1
            rest = _line(reading, problem.line)[offset + len(old) :]
            space = " " if rest and rest[0] not in " \t" else ""
            values = {"old": old, "new": new}
            finding = Finding(name, problem.line, problem.column, problem.code, _BOX, values)
            yield Candidate(finding, (Edit(problem.line, offset, old, f"{new}{space}"),))


def find_bars_in_code(view: CourseView) -> Iterator[Candidate]:
    """Yield the rows of tables in which a bar in code ends a cell."""
    for name, reading in view.readings.items():
        for problem in reading.problems:
            if problem.code != "structure-bar-in-code":
                continue
            text = _line(reading, problem.line)
            edits = tuple(
                Edit(problem.line, code.start(2) + bar.start(), "", "\\")
                for code in _CODE.finditer(text)
                for bar in _LONE_BAR.finditer(code[2])
            )
            values = {"code": problem.values["code"]}
            finding = Finding(name, problem.line, problem.column, problem.code, _BAR, values)
            yield Candidate(finding, edits)


def _line(reading: Reading, number: int) -> str:
    return reading.source.lines[number - 1]
