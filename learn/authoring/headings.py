"""The headings of a file, of both styles, and the sections they open."""

from collections.abc import Sequence
from dataclasses import dataclass

from learn.authoring.attributes import AttributeList, read_attributes
from learn.authoring.document import Attributes, Problem
from learn.authoring.lines import Kind, Line


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading as written. ``last_line`` differs from ``line`` where the text is underlined."""

    level: int
    text: str
    listed: AttributeList
    line: int
    last_line: int
    column: int

    @property
    def attributes(self) -> Attributes:
        """What stands in braces at its end."""
        return self.listed.attributes

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the braces."""
        return self.listed.problems

    @property
    def listed_line(self) -> int:
        """The line with the braces: the last one of the text."""
        return max(self.line, self.last_line - 1)

    def place_of(self, item: str) -> tuple[int, int]:
        """Return line and column of ``#``, a ``.class`` or an option's name, else of the text."""
        offset = self.listed.places.get(item)
        return (self.line, self.column) if offset is None else (self.listed_line, offset + 1)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines up to the next one that is not below it; numbers, both included."""

    heading: HeadingLine
    first: int
    last: int


def find_headings(lines: Sequence[Line]) -> list[HeadingLine]:
    """Return the headings outside quotes, lists and ``<quiz>`` tags, in order."""
    found = []
    in_tag = False
    for at, line in enumerate(lines):
        if line.kind is Kind.QUIZ_TAG:
            in_tag = not line.content.lstrip().startswith("</")
        elif line.containers or in_tag:
            continue
        elif line.kind is Kind.HEADING:
            found.append(_atx(line))
        elif line.kind is Kind.UNDERLINE:
            found.append(_underlined(lines, at))
    return found


def _atx(line: Line) -> HeadingLine:
    indent = len(line.text) - len(line.text.lstrip(" \t"))
    after_marks = line.text[indent:].lstrip("#")
    level = len(line.text) - indent - len(after_marks)
    start = len(line.text) - len(after_marks.lstrip(" \t"))
    text = _without_closing_marks(line.text[start:])
    listed = read_attributes(text, line=line.number, start=start)
    return HeadingLine(level, listed.text, listed, line.number, line.number, start + 1)


def _without_closing_marks(text: str) -> str:
    text = text.rstrip(" \t")
    shorter = text.rstrip("#")
    return shorter if not shorter or shorter[-1] in " \t" else text


def _underlined(lines: Sequence[Line], at: int) -> HeadingLine:
    """Return the heading whose underline is ``lines[at]``."""
    first = at - 1
    while first > 0 and lines[first - 1].kind is Kind.TEXT and not lines[first - 1].containers:
        first -= 1
    last = lines[at - 1]
    indent = len(last.text) - len(last.text.lstrip(" \t"))
    listed = read_attributes(last.text[indent:], line=last.number, start=indent)
    above = [line.text.strip(" \t") for line in lines[first : at - 1]]
    level = 1 if "=" in lines[at].text else 2
    top = lines[first]
    column = len(top.text) - len(top.text.lstrip(" \t")) + 1
    text = " ".join([*above, listed.text]).strip(" \t")
    return HeadingLine(level, text, listed, top.number, lines[at].number, column)


def find_sections(headings: Sequence[HeadingLine], last: int) -> list[Section]:
    """Return the section of each heading; ``last`` is the number of the file's last line."""
    sections: list[Section] = []
    ends = [last] * 7  # the last line of a section of each level that begins above
    for heading in reversed(headings):
        sections.append(Section(heading, heading.line, ends[heading.level]))
        ends[heading.level :] = [heading.line - 1] * (7 - heading.level)
    return sections[::-1]
