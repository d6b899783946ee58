"""QUESTIONS: the attributes of quizzes, questions and tables."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from learn.authoring.attributes import AttributeList, read_attributes
from learn.authoring.codes import nearest, problem_at, suggestion
from learn.authoring.document import Problem
from learn.authoring.lines import Kind, Line
from learn.authoring.prose import without_code
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView, Found

CLASSES = ("quiz", "question", "typed", "exact", "number", "sort", "compare", "decide")
"""Classes that mean something."""

_SIMILAR = 0.75
_SIMILAR_VALUE = 0.6
_DIGITS = re.compile(r"\d{1,4}", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_AFTER_LINK = re.compile(
    r"\]\((?:[^()\n]|\([^()\n]*\))*+\)(\{[^{}\n]*?\b(?:checked|source)=[^{}\n]*\})"
)
_SWITCH = ("on", "off")
_SAME_AS = {"true": "on", "yes": "on", "1": "on", "false": "off", "no": "off", "0": "off"}


@dataclass(frozen=True, slots=True)
class _Option:
    """What an option's value has to be; ``words`` are all that there are, if they are few."""

    fits: Callable[[str], object]
    expected: str
    example: str
    words: tuple[str, ...] = ()


def _number(least: int, most: int) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        return bool(_DIGITS.fullmatch(value)) and least <= int(value) <= most

    return fits


def _is_date(value: str) -> bool:
    """Say whether there is such a month, or such a day of it."""
    found = _DATE.fullmatch(value)
    try:
        return bool(found and date(int(found[1]), int(found[2]), int(found[3] or 1)))
    except ValueError:
        return False


_PERCENTAGE = _number(0, 100)
_SWITCHED = _Option(lambda value: value in _SWITCH, "`on` or `off`", "off", _SWITCH)
OPTIONS = {
    "tries": _Option(_number(1, 5), "a whole number from 1 to 5", "2"),
    "shuffle": _SWITCHED,
    "points": _Option(_number(1, 20), "a whole number from 1 to 20", "2"),
    "pick": _Option(_number(1, 1000), "a whole number of questions from 1", "5"),
    "pass": _Option(_PERCENTAGE, "a percentage from 0 to 100", "75"),
    "feedback": _Option(
        lambda value: value in ("end", "now"), "`end` or `now`", "end", ("end", "now")
    ),
    "tags": _Option(str.strip, "words", '"cost spot"'),
    "certainty": _SWITCHED,
    "checked": _Option(_is_date, "a year and month", "2026-11"),
    "source": _Option(
        re.compile(r"https?://\S+", re.IGNORECASE).fullmatch,
        "an address that begins with http",
        "https://example.org/guide",
    ),
    "drill": _SWITCHED,
}


def check(view: CourseView) -> Found:
    """Yield what is wrong with attributes: names of options, their values, misspelt classes."""
    for name, reading in view.readings.items():
        for problem in _of_file(reading):
            yield name, problem


def _of_file(reading: Reading) -> Iterator[Problem]:
    asked = {one.line for quiz in reading.quizzes for one in quiz.questions}
    for heading in reading.headings:
        yield from _classes(heading.listed, heading.listed_line)
        named = set(heading.attributes.classes) & set(CLASSES)
        if named or heading.line in asked or heading.line in reading.quiz_reading.lines:
            yield from _options(heading.listed, heading.listed_line)
    for table in reading.tables:
        yield from _classes(table.listed, table.caption_line)
        yield from _options(table.listed, table.caption_line)
    for line in reading.lines:
        yield from _after_links(line)
    for quiz in reading.quizzes:
        drawn = quiz.attributes.options.get("pick", "")
        if OPTIONS["pick"].fits(drawn) and int(drawn) > len(quiz.questions) > 0:
            heading = next(one for one in reading.headings if one.line == quiz.line)
            count = str(len(quiz.questions))
            code = "question-pick-too-many"
            yield problem_at(*heading.place_of("pick"), code, value=drawn, count=count)


def _after_links(line: Line) -> Iterator[Problem]:
    """Check what is said of links: when and where their facts were checked."""
    if line.kind is not Kind.TEXT or "](" not in line.text or "=" not in line.text:
        return
    for found in _AFTER_LINK.finditer(without_code(line.text)):
        listed = read_attributes(found[1], line=line.number, start=found.start(1))
        yield from listed.problems
        yield from _options(listed, line.number)


def _classes(listed: AttributeList, line: int) -> Iterator[Problem]:
    for name in listed.attributes.classes:
        near = nearest(name.lower(), CLASSES, cutoff=_SIMILAR)
        if near and name != near:
            column = listed.places[f".{name}"] + 1
            yield problem_at(line, column, "question-misspelt-class", name=name, wanted=near)


def _options(listed: AttributeList, line: int) -> Iterator[Problem]:
    for name, value in listed.attributes.options.items():
        column = listed.places[name] + 1
        option = OPTIONS.get(name)
        if option is None:
            yield problem_at(
                line,
                column,
                "question-unknown-option",
                name=name,
                suggestion=suggestion(name, OPTIONS),
                known=", ".join(f"`{known}`" for known in OPTIONS),
            )
        elif name == "pass" and not option.fits(value):
            yield problem_at(line, column, "question-pass-out-of-range", value=value)
        elif not option.fits(value):
            yield problem_at(
                line,
                column,
                "question-bad-value",
                name=name,
                value=value,
                expected=option.expected,
                example=option.example,
                suggestion=_value_suggestion(name, value, option.words),
            )


def _value_suggestion(name: str, value: str, words: tuple[str, ...]) -> str:
    meant = _SAME_AS.get(value.lower(), value.lower()) if words else ""
    near = meant if meant in words else nearest(meant, words, cutoff=_SIMILAR_VALUE)
    return f" Did you mean `{name}={near}`?" if near else ""
