"""Texts of `content new` that nobody has filled in yet."""

import re
from collections.abc import Iterator

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem
from learn.authoring.lines import Kind
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView, Found

_ELLIPSIS = "…"
_NOT_SHOWN = (Kind.CODE, Kind.FENCE, Kind.COMMENT)
_MARK = re.compile(r"\s*(?:[-*+] (?:\[[ xX]\] )?|\d+[.)] |#{1,6} |> ?|[a-z]+: )?", re.ASCII)
_PART = re.compile(r"[^|\[\]{}]+")

# Whole phrases: an author's own text may well end with an ellipsis.
_OF_QUESTIONS = frozenset(
    {
        "Which …?", "Which of these …?", "What is … called?", "How long …?", "In which order …?",
        "What belongs to what …?", "Which is which …?", "How does it go …?",
        "a mistake that people make …", "what is right …", "another mistake …",
        "something that is right …", "something else that is right …",
        "the answer …", "another way to write it …",
        "what comes first …", "what comes next …", "what comes last …",
        "This …", "What belongs to it …", "the first …", "its partner …", "the second …",
        "another partner …", "the third …", "a third partner …",
        "One …", "The other …", "the first aspect …", "true of one …", "true of the other …",
        "the second aspect …", "also of one …", "also of the other …",
        "this …", "or this …", "that …",
    }
)  # fmt: skip
_OF_LESSONS = frozenset(
    {
        "A case that needs what this lesson teaches …",
        "The idea …",
        "What it is, where it ends, and an example …",
    }
)


def check(view: CourseView) -> Found:
    """Yield the lines on which a text to fill in still stands."""
    for name, reading in view.readings.items():
        for problem in _of_file(reading):
            yield name, problem


def _of_file(reading: Reading) -> Iterator[Problem]:
    hidden = {line.number for line in reading.lines if line.kind in _NOT_SHOWN}
    for number, line in enumerate(reading.source.lines, start=1):
        if _ELLIPSIS not in line or number in hidden:
            continue
        in_front = number <= reading.front.line_count
        for code, known in (
            ("question-unfinished", _OF_QUESTIONS),
            ("structure-unfinished", {_ELLIPSIS} if in_front else _OF_LESSONS),
        ):
            if places := _places(line, known):
                text = line[slice(*places[0])]
                # Where nothing is left to fill in, the sign stays and is found again.
                rest = _without(line, places)
                stub = rest if rest.strip() else _ELLIPSIS
                yield problem_at(number, places[0][0] + 1, code, text=text, stub=stub)


def _places(line: str, known: frozenset[str] | set[str]) -> list[tuple[int, int]]:
    """Return where in a line one of the known phrases stands alone, from where to where."""
    mark = _MARK.match(line)
    found = []
    for part in _PART.finditer(line, mark.end() if mark else 0):
        text = part[0].strip(" \"'")
        if text in known:
            start = part.start() + part[0].index(text)
            found.append((start, start + len(text)))
    return found


def _without(line: str, places: list[tuple[int, int]]) -> str:
    """Return a line without these parts."""
    for start, end in reversed(places):
        line = line[:start] + line[end:]
    return line
