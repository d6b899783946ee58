"""Problems as text for a terminal, as JSON, or as annotations for a code host. Pure."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import combining, east_asian_width

from learn.authoring.codes import mend_of, message_of, stub_of
from learn.authoring.document import Problem
from learn.authoring.source_text import split_lines

type Problems = Mapping[str, Sequence[Problem]]
"""The problems of each file, by a name that the author knows it by."""

_MOST_ALIKE = 5
_SHOWN_ALIKE = 2
_WIDEST = 100
_BEFORE_PLACE = 60
_CONTROLS = dict.fromkeys((*range(9), *range(10, 32), 127, *range(128, 160)), "�")


def format_text(problems: Problems, sources: Mapping[str, str]) -> str:
    """Return each problem with its place, the line itself, and how to mend it.

    ``sources`` are the texts of the files; a file without one is reported without its line. Of many
    warnings alike in a file the first few are shown, and the lines of the others.
    """
    blocks = []
    for name, found in problems.items():
        lines = split_lines(sources.get(name, ""))
        shown, more = _without_repetition(found)
        blocks += ["\n".join(_block(name, problem, lines)) for problem in shown]
        blocks += [_more_alike(name, code, others) for code, others in more.items()]
    return "\n\n".join(blocks)


def _without_repetition(
    found: Sequence[Problem],
) -> tuple[list[Problem], dict[str, list[Problem]]]:
    """Return the problems to show in full, and by their codes the others."""
    counts = Counter(problem.code for problem in found if problem.level == "warning")
    shown: list[Problem] = []
    seen: Counter[str] = Counter()
    more: dict[str, list[Problem]] = {}
    for problem in found:
        seen[problem.code] += problem.level == "warning"
        is_one_of_many = problem.level == "warning" and counts[problem.code] > _MOST_ALIKE
        if is_one_of_many and seen[problem.code] > _SHOWN_ALIKE:
            more.setdefault(problem.code, []).append(problem)
        else:
            shown.append(problem)
    return shown, more


def _more_alike(name: str, code: str, others: Sequence[Problem]) -> str:
    lines = ", ".join(str(number) for number in dict.fromkeys(one.line for one in others))
    return f"{name} warning {code} {len(others)} more like this, on lines {lines}"


def _block(name: str, problem: Problem, lines: Sequence[str]) -> Iterator[str]:
    place = f"{name}:{problem.line}:{problem.column}"
    yield f"{place} {problem.level} {problem.code} {message_of(problem)}"
    if problem.line <= len(lines) and lines[problem.line - 1].strip():
        yield from _pointed_line(lines[problem.line - 1].removeprefix("\ufeff"), problem.column)
    yield f"  mend: {mend_of(problem)}"
    if stub := stub_of(problem):
        yield from (f"  + {line}" for line in stub.split("\n"))


def _pointed_line(line: str, column: int) -> Iterator[str]:
    """Yield a line, or the part of it around the column, and a caret below the place."""
    start = max(0, column - 1 - _BEFORE_PLACE) if len(line) > _WIDEST else 0
    end = start + _WIDEST
    before = ("…" if start else "") + line[start : column - 1]
    rest = line[column - 1 : end] + ("…" if end < len(line) else "")
    yield f"  | {(before + rest).translate(_CONTROLS)}"
    yield f"  | {''.join(_blank_like(character) for character in before)}^"


def _blank_like(character: str) -> str:
    """Return white space as wide as a character is in a terminal."""
    if character == "\t":
        return character
    if combining(character):
        return ""
    return "  " if east_asian_width(character) in "WF" else " "


def format_json(problems: Problems) -> str:
    """Return one array of ``{file, line, column, level, code, message, mend, stub}``."""
    rows = [
        {
            "file": name,
            "line": problem.line,
            "column": problem.column,
            "level": problem.level,
            "code": problem.code,
            "message": message_of(problem),
            "mend": mend_of(problem),
            "stub": stub_of(problem),
        }
        for name, found in problems.items()
        for problem in found
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def format_github(problems: Problems) -> str:
    """Return a line for each problem that GitHub shows at its place in a change."""
    return "\n".join(
        f"::{problem.level} file={_property(name)},line={problem.line},col={problem.column},"
        f"title={_property(problem.code)}::{_data(f'{message_of(problem)} {mend_of(problem)}')}"
        for name, found in problems.items()
        for problem in found
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def count_levels(problems: Problems) -> tuple[int, int]:
    """Return the number of errors and of warnings."""
    levels = [problem.level for found in problems.values() for problem in found]
    return levels.count("error"), levels.count("warning")


def summary(problems: Problems, files: int) -> str:
    """Return the last line of a report: '3 errors, 2 warnings in 12 files'."""
    errors, warnings = count_levels(problems)
    return (
        f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')} in {_counted(files, 'file')}"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
