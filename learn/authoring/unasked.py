"""What looks like a question and is asked by nothing: learners would read its key as plain text."""

import re
from collections.abc import Collection, Iterator, Sequence

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem
from learn.authoring.headings import Section
from learn.authoring.lines import Kind, Line
from learn.authoring.pieces import match_box

# A list of choices that no longer is one: set in too far, or without a space after the dash.
_LIKE_A_CHOICE = re.compile(r"[ \t]*[-*+]?[ \t]*\[[ \txX]\][ \t]*\S")


def find_unasked(
    lines: Sequence[Line], taken: Collection[int], checks: Sequence[Section]
) -> list[Problem]:
    """Report lists of choices with explanations that are in no quiz.

    ``taken`` are the lines of quizzes. In a section of ``checks``, which are called as a knowledge
    check is, all that looks like a choice counts.
    """
    left = [line for line in lines if line.number not in taken]
    found = {line.number: line for line in _explained_lists(left)}
    for section in checks:
        inside = (line for line in left if section.first < line.number <= section.last)
        first = next((line for line in inside if _is_like_a_choice(line)), None)
        if first is not None:
            found.setdefault(first.number, first)
    return [problem_at(number, 1, "question-not-asked") for number in sorted(found)]


def _is_like_a_choice(line: Line) -> bool:
    return line.kind in (Kind.TEXT, Kind.CODE) and bool(_LIKE_A_CHOICE.match(line.text))


def _explained_lists(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the first line of each list with right and wrong boxes and a quote in one of them.

    A list of tasks, ticked or not, explains none of them so.
    """
    first, marks, is_explained = None, set[str](), False
    for line in lines:
        if not line.containers and line.kind is not Kind.BLANK:
            first, marks, is_explained = None, set(), False
            continue
        box = match_box(line) if line.opens(0, "item") else None
        if box is not None:
            first = first or line
            marks.add(box.mark)
        is_explained |= [one.kind for one in line.containers[:2]] == ["item", "quote"]
        if first is not None and is_explained and {"x", " "} <= marks:
            yield first
            first, marks, is_explained = None, set(), False
