"""What a file defines for all its text: addresses of links, footnotes and abbreviations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem
from learn.authoring.line_starts import REFERENCE
from learn.authoring.lines import Kind, Line

# The address of a reference may stand on the line below the label.
_LABEL_ALONE = re.compile(r"\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Definitions:
    """Addresses and footnotes by their normal label, and the lines that all definitions take.

    ``notes`` holds the place of each footnote and its label as written.
    """

    references: dict[str, str]
    notes: dict[str, tuple[int, int, str]]
    lines: frozenset[int]
    problems: tuple[Problem, ...]


def normal_label(label: str) -> str:
    """Return a label as it is compared: case and the amount of white space do not count."""
    return " ".join(label.split()).casefold()


def read_address(written: str) -> str:
    """Return an address without its pointed brackets, its escapes and entities read."""
    if written.startswith("<") and written.endswith(">"):
        written = written[1:-1]
    return unescape(_ESCAPE.sub(r"\1", written))


def find_definitions(lines: Sequence[Line]) -> Definitions:
    """Return what the lines define. Of two definitions of a name the first counts."""
    finder = _Finder()
    for at, line in enumerate(lines):
        finder.take(line, lines[at + 1] if at + 1 < len(lines) else None)
    return Definitions(
        finder.references, finder.notes, frozenset(finder.numbers), tuple(finder.problems)
    )


class _Finder:
    """Collects definitions line by line."""

    def __init__(self) -> None:
        self.references: dict[str, str] = {}
        self.notes: dict[str, tuple[int, int, str]] = {}
        self.numbers: set[int] = set()
        self.problems: list[Problem] = []

    def take(self, line: Line, following: Line | None) -> None:
        """Take what a line defines."""
        if line.containers and line.containers[0].kind == "note":
            self.numbers.add(line.number)
            if line.opens(0, "note"):
                self._take_note(line)
        elif line.kind is Kind.DEFINITION:
            self.numbers.add(line.number)
            if found := REFERENCE.match(line.content.lstrip(" \t")):
                self.references.setdefault(normal_label(found[1]), read_address(found[2]))
        elif line.kind is Kind.TEXT and following and following.kind is Kind.TEXT:
            found = _LABEL_ALONE.match(line.content.lstrip(" \t"))
            if found:
                self.numbers |= {line.number, following.number}
                address = following.content.split()[0]
                self.references.setdefault(normal_label(found[1]), read_address(address))

    def _take_note(self, line: Line) -> None:
        label = line.containers[0].name
        column = line.text.index("[") + 1
        first = self.notes.setdefault(normal_label(label), (line.number, column, label))
        if first[0] != line.number:
            self.problems.append(
                problem_at(
                    line.number,
                    column,
                    "structure-duplicate-footnote",
                    label=label,
                    first=str(first[0]),
                )
            )
