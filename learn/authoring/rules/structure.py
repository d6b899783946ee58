"""STRUCTURE: headings, ids, footnotes, diagrams and code blocks of each file."""

import re
from collections.abc import Iterator

from learn.authoring.codes import Suggester, problem_at
from learn.authoring.definitions import normal_label
from learn.authoring.document import Problem
from learn.authoring.facts import COURSE_KEYS, LESSON_KEYS
from learn.authoring.lines import Kind, Line
from learn.authoring.merging import BEFORE, MINE, THEIRS
from learn.authoring.names import COURSE_FILE, title_from_name
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView, Found

_ALTERNATIVE = re.compile(r"""\balt=(?:"[^"]*"|'[^']*'|\S+)""")
_DRAWN = re.compile("[\u2190-\u21ff\u2500-\u257f\u25b2-\u25ff]")
_ARROW = re.compile(r"[-=~]{1,}>|<[-=~]{1,}|\+-{2,}|-{2,}\+|^\s*[|v^](?:\s+[|v^])*\s*$")
_KEY = re.compile(r"([a-z]+):(?:\s|$)", re.ASCII)
_NOTHING = (Kind.BLANK, Kind.COMMENT)
_LONGEST_HINT = 60
_MERGE_MARKS = (MINE, BEFORE, THEIRS)


def check(view: CourseView) -> Found:
    """Yield what is wrong with the structure of each file."""
    for name, reading in view.readings.items():
        for rule in (
            _empty,
            _late_front_matter,
            _merge_marks,
            _levels,
            _titles,
            _anchors,
            _footnotes,
            _code_blocks,
        ):
            for problem in rule(reading):
                yield name, problem


def _empty(reading: Reading) -> Iterator[Problem]:
    title = reading.title
    own = range(title.line, title.last_line + 1) if title else ()
    shown = (
        line
        for line in reading.lines
        if line.kind not in _NOTHING
        if line.number not in own and line.number not in reading.definitions.lines
    )
    if reading.name != COURSE_FILE and next(shown, None) is None:
        name = title_from_name(reading.name)
        yield problem_at(1, 1, "structure-empty-file", title=name)


def _late_front_matter(reading: Reading) -> Iterator[Problem]:
    """Find front matter that something stands before, so that it is printed as text."""
    rules = [line.number for line in reading.lines if line.text.rstrip() == "---"]
    if reading.front.line_count or not rules or rules[0] == len(reading.source.lines):
        return
    key = _KEY.match(reading.source.lines[rules[0]])
    if key and key[1] in {*LESSON_KEYS, *COURSE_KEYS} and len(rules) > 1:
        yield problem_at(rules[0], 1, "structure-late-front-matter", key=key[1])


def _merge_marks(reading: Reading) -> Iterator[Problem]:
    """Find what is left of a merge, in code and front matter too; `=======` alone is a heading."""
    for number, line in enumerate(reading.source.lines, start=1):
        if line.startswith(_MERGE_MARKS) and line[len(MINE) :][:1] in ("", " "):
            yield problem_at(number, 1, "structure-merge-marker", mark=line.rstrip())


def _levels(reading: Reading) -> Iterator[Problem]:
    """A heading may go one level deeper than the one before; the page's title is level 1."""
    above = 1
    for heading in reading.headings:
        if heading.level > above + 1:
            wanted = above + 1
            yield problem_at(
                heading.line,
                1,
                "structure-skipped-level",
                depth=str(heading.level),
                above=str(above),
                wanted=str(wanted),
                stub=f"{'#' * wanted} {heading.text}",
            )
        above = heading.level


def _titles(reading: Reading) -> Iterator[Problem]:
    titles = [one for one in reading.headings if one.level == 1]
    title = reading.title
    known = title.text if title and title.level == 1 else ""
    if not known and "title" in reading.front.entries:
        known = reading.front.entries["title"].value.raw
    for heading in titles:
        if heading is not title and known:
            code = "structure-second-title"
            yield problem_at(heading.line, heading.column, code, title=known, text=heading.text)


def _anchors(reading: Reading) -> Iterator[Problem]:
    """Two ids that the author wrote must differ. Questions have ids of their own."""
    asked = {one.line for quiz in reading.quizzes for one in quiz.questions}
    places = [
        *(
            (*one.place_of("#"), one.attributes.anchor)
            for one in reading.headings
            if one.line not in asked
        ),
        *(
            (one.caption_line, one.listed.places["#"] + 1, one.listed.attributes.anchor)
            for one in reading.tables
            if one.listed.attributes.anchor
        ),
    ]
    seen: dict[str, int] = {}
    for line, column, anchor in sorted(places):
        first = seen.setdefault(anchor, line)
        if anchor and first != line:
            code = "structure-duplicate-anchor"
            yield problem_at(line, column, code, anchor=anchor, first=str(first))


def _footnotes(reading: Reading) -> Iterator[Problem]:
    notes = reading.definitions.notes
    labels = Suggester(label for _, _, label in notes.values())
    used = set()
    for mark in reading.links.marks:
        if mark.kind != "note":
            continue
        used.add(normal_label(mark.label))
        if normal_label(mark.label) not in notes:
            near = labels.suggestion(mark.label)
            code = "structure-undefined-footnote"
            yield problem_at(mark.line, mark.column, code, label=mark.label, suggestion=near)
    for normal, (line, column, label) in notes.items():
        if normal not in used:
            yield problem_at(line, column, "structure-unused-footnote", label=label)


def _code_blocks(reading: Reading) -> Iterator[Problem]:
    """Find blocks that are never closed, and drawings in `text` blocks without an alternative."""
    opened: Line | None = None
    content: list[str] = []
    for line in reading.lines:
        if opened and line.kind is Kind.CODE:
            content.append(line.content)
            continue
        if opened:
            yield from _drawing(opened, content)
            if line.kind is not Kind.FENCE or line.fence:
                yield _never_closed(opened)
        opened = line if line.fence else None
        content = []
    if opened:
        yield from _drawing(opened, content)
        yield _never_closed(opened)


def _never_closed(opened: Line) -> Problem:
    marks = opened.fence.marks if opened.fence else ""
    return problem_at(opened.number, _fence_column(opened), "structure-open-fence", fence=marks)


def _fence_column(line: Line) -> int:
    return len(line.text) - len(line.content.lstrip(" \t")) + 1


def _drawing(opened: Line, content: list[str]) -> Iterator[Problem]:
    info = opened.fence.info if opened.fence else ""
    if info.split(maxsplit=1)[:1] != ["text"] or _ALTERNATIVE.search(info):
        return
    drawn = [line for line in content if _DRAWN.search(line) or _ARROW.search(line)]
    if len(drawn) > 1 or any(_DRAWN.search(line) for line in drawn):
        hint = " ".join(" ".join(content).split())[:_LONGEST_HINT].replace('"', "'")
        code = "structure-diagram-without-alternative"
        yield problem_at(opened.number, _fence_column(opened), code, hint=hint)
