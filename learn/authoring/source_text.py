"""A file's text as clean lines: any system's line ends, no byte order mark, no broken signs."""

import re
from dataclasses import dataclass

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem

_LINE_END = re.compile(r"\r\n|\r|\n")
# The four of Unicode's private area mark the places of gaps and of quick questions.
_BROKEN = re.compile("[\x00\ud800-\udfff\ue000-\ue003]")
REPLACEMENT = "\ufffd"
# Left behind by terminals, or by a text of Windows-1252 that was taken for Latin-1. No feed (XML)
# can carry them. U+0085 is left alone: it is a line end of some systems.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


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
    quick questions are replaced and reported once a line. Control characters become spaces.
    """
    lines = split_lines(text.removeprefix("\ufeff"))
    problems = []
    for number, line in enumerate(lines, start=1):
        if line.isprintable():
            continue
        for signs, code, instead in (
            (_BROKEN, "structure-broken-character", REPLACEMENT),
            (_CONTROL, "structure-control-character", " "),
        ):
            if found := signs.search(line):
                character = f"U+{ord(found[0]):04X}"
                column = found.start() + 1
                problems.append(problem_at(number, column, code, character=character))
                lines[number - 1] = signs.sub(instead, lines[number - 1])
    return SourceText(tuple(lines), tuple(problems))
