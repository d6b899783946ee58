"""A file's text as clean lines: any system's line ends, no byte order mark, no broken signs."""

import re
from dataclasses import dataclass

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem

_LINE_END = re.compile(r"\r\n|\r|\n")
# The four of Unicode's private area mark the places of gaps and of quick questions.
_BROKEN = re.compile("[\x00\ud800-\udfff\ue000-\ue003]")
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The lines of a file without their ends, and what was wrong with its characters."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


def split_lines(text: str) -> list[str]:
    """Return the lines of ``text`` as an editor numbers them."""
    return _LINE_END.split(text)


def read_source(text: str) -> SourceText:
    """Return the lines of ``text``.

    What cannot be stored (a NUL, half a surrogate pair) and the marks that are put in for gaps and
    quick questions are replaced and reported once a line.
    """
    lines = split_lines(text.removeprefix("\ufeff"))
    problems = []
    for number, line in enumerate(lines, start=1):
        if found := _BROKEN.search(line):
            character = f"U+{ord(found[0]):04X}"
            problems.append(
                problem_at(
                    number, found.start() + 1, "structure-broken-character", character=character
                )
            )
            lines[number - 1] = _BROKEN.sub(REPLACEMENT, line)
    return SourceText(tuple(lines), tuple(problems))
