"""STRUCTURE: callouts (`> [!NOTE]`) of a sort that there is."""

import re
from collections.abc import Iterator

from learn.authoring.codes import nearest, problem_at
from learn.authoring.document import Problem
from learn.authoring.lines import Kind, Line
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView, Found

SORTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
"""The callouts that code hosts show."""

_MARK = re.compile(r"[ \t]*\[!([A-Za-z][\w-]{0,30})\]")
_SIMILAR = 0.6
# Other tools know more of them; each with ours that means nearly the same.
_THEIRS = {
    "abstract": "NOTE",
    "attention": "WARNING",
    "bug": "WARNING",
    "check": "TIP",
    "cite": "NOTE",
    "danger": "CAUTION",
    "done": "TIP",
    "error": "CAUTION",
    "example": "NOTE",
    "fail": "CAUTION",
    "failure": "CAUTION",
    "faq": "IMPORTANT",
    "help": "TIP",
    "hint": "TIP",
    "info": "NOTE",
    "missing": "CAUTION",
    "question": "IMPORTANT",
    "quote": "NOTE",
    "success": "TIP",
    "summary": "NOTE",
    "tldr": "NOTE",
    "todo": "NOTE",
}


def check(view: CourseView) -> Found:
    """Yield the callouts that would be shown as ordinary quotes."""
    for name, reading in view.readings.items():
        for problem in _of_file(reading):
            yield name, problem


def _of_file(reading: Reading) -> Iterator[Problem]:
    for line in reading.lines:
        if line.kind is Kind.TEXT and "[!" in line.text and _opens_quote(line):
            found = _MARK.match(line.content)
            if found and found[1].upper() not in SORTS:
                word = found[1]
                wanted = _THEIRS.get(word.lower()) or nearest(word.upper(), SORTS, _SIMILAR)
                column = line.start + found.start(1) + 1
                near = f" Did you mean `[!{wanted}]`?" if wanted else ""
                values = {"word": word, "suggestion": near, "wanted": wanted or "NOTE"}
                yield problem_at(line.number, column, "structure-unknown-callout", **values)


def _opens_quote(line: Line) -> bool:
    return bool(line.containers) and line.opens(len(line.containers) - 1, "quote")
