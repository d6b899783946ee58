"""Ids that are made from words today, written out so that a new wording does not change them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from learn.authoring.attributes import AttributeList
from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.document import Question
from learn.authoring.fixing.edits import Edit
from learn.authoring.fixing.report import Candidate, Finding
from learn.authoring.headings import HeadingLine
from learn.authoring.names import COURSE_FILE
from learn.authoring.page_anchors import DATA_CLASSES
from learn.authoring.reading import Reading
from learn.authoring.rules.view import CourseView
from learn.authoring.slug import may_be_id

_WITHOUT_ID = "question-without-id"
_TWICE = "question-duplicate-id"
_QUESTION = gettext_noop("the question gets its id {#%(id)s}")
_HEADING = gettext_noop("the heading gets its id {#%(id)s}, which a link leads to")
_TABLE = gettext_noop("the table gets its id {#%(id)s}")
_SHARED = gettext_noop(
    "'%(id)s' is also the id of a question in %(file)s. Which of the two owns the answers given so"
    " far only you can tell; give the other one an id of its own."
)
_NO_HEADING = gettext_noop(
    "a `<quiz>` tag has no place for an id. Make the question a heading with the class `.question`"
    " to give it one."
)
_OTHER_LETTERS = gettext_noop(
    "answers are kept under '%(id)s', which cannot be written as an id: those have small letters a"
    " to z, digits and hyphens alone. Write an id of your own before people answer."
)


def find_pins(view: CourseView) -> Iterator[Candidate]:
    """Yield an id for each question, data table and linked heading that has none written."""
    linked = _linked(view)
    shared = _shared_keys(view)
    for name, reading in view.readings.items():
        if name != COURSE_FILE:
            yield from _question_pins(name, reading, shared)
        yield from _heading_pins(name, reading, linked.get(name, set()))
        yield from _table_pins(name, reading, linked.get(name, set()))


def find_unpinned(view: CourseView) -> Iterator[Finding]:
    """Yield the questions whose id a person has to write, and why."""
    shared = _shared_keys(view)
    for name, lesson in view.lessons.items():
        headings = {heading.line: heading for heading in lesson.reading.headings}
        for question in _questions(lesson.reading):
            place = (name, question.line, question.column)
            heading = headings.get(question.line)
            others = [
                place for place in shared.get(question.key, ()) if place != _place(name, question)
            ]
            if others:
                values = {"id": question.key, "file": others[0]}
                yield Finding(*place, _TWICE, _SHARED, values)
            elif question.key_is_explicit:
                continue
            elif heading is None:
                yield Finding(*place, _WITHOUT_ID, _NO_HEADING)
            elif not may_be_id(question.key):
                yield Finding(*place, _WITHOUT_ID, _OTHER_LETTERS, {"id": question.key})


def _questions(reading: Reading) -> list[Question]:
    return [question for quiz in reading.quizzes for question in quiz.questions]


def _place(name: str, question: Question) -> str:
    return f"{name}:{question.line}"


def _shared_keys(view: CourseView) -> dict[str, list[str]]:
    """Return the keys that several questions of the course have, with their places."""
    places: dict[str, list[str]] = {}
    for name, lesson in view.lessons.items():
        for question in _questions(lesson.reading):
            places.setdefault(question.key, []).append(_place(name, question))
    return {key: found for key, found in places.items() if len(found) > 1}


def _linked(view: CourseView) -> dict[str, set[str]]:
    """Return the ids of each file that links of the course lead to; of a cell, its table's."""
    linked: dict[str, set[str]] = {}
    for name, reading in view.readings.items():
        for link in reading.links.links:
            path = unquote(link.path)
            target = normpath(join(dirname(name), path)) if path else name
            if link.fragment:
                fragment = unquote(link.fragment)
                linked.setdefault(target, set()).update({fragment, fragment.split(".", 1)[0]})
    return linked


def _pin(listed: AttributeList, line: int, anchor: str) -> tuple[Edit, ...]:
    """Return the edit that writes an id into braces, new ones if there are none."""
    if listed.places:
        return (Edit(line, listed.offset + 1, "", f"#{anchor} "),)
    return (Edit(line, listed.offset, "", f" {{#{anchor}}}"),)


def _is_free(listed: AttributeList) -> bool:
    """Return whether an id may be added: none stands there, and nothing that cannot be read."""
    return "#" not in listed.places and not listed.problems


def _question_pins(
    name: str, reading: Reading, shared: Mapping[str, list[str]]
) -> Iterator[Candidate]:
    headings = {heading.line: heading for heading in reading.headings}
    for question in _questions(reading):
        heading, key = headings.get(question.line), question.key
        if question.key_is_explicit or heading is None or key in shared:
            continue
        if _is_free(heading.listed) and may_be_id(key):
            place = (name, heading.listed_line, heading.listed.offset + 1)
            finding = Finding(*place, _WITHOUT_ID, _QUESTION, {"id": key})
            yield Candidate(finding, _pin(heading.listed, heading.listed_line, key))


def _heading_pins(name: str, reading: Reading, linked: set[str]) -> Iterator[Candidate]:
    """Yield ids for the headings that are linked to, those of quizzes included."""
    known = {heading.line: heading for heading in reading.headings}
    anchors = {heading.line: heading.anchor for heading in reading.anchors.headings}
    quizzes = Counter(quiz.anchor for quiz in reading.quizzes)
    for quiz in reading.quizzes:
        if quizzes[quiz.anchor] == 1 and quiz.anchor not in reading.anchors.ids:
            anchors[quiz.line] = quiz.anchor
    for line, anchor in sorted(anchors.items()):
        heading = known.get(line)
        if heading is not None and anchor in linked and may_be_id(anchor):
            yield from _heading_pin(name, heading, anchor)


def _heading_pin(name: str, heading: HeadingLine, anchor: str) -> Iterator[Candidate]:
    if _is_free(heading.listed):
        place = (name, heading.listed_line, heading.listed.offset + 1)
        finding = Finding(*place, "", _HEADING, {"id": anchor})
        yield Candidate(finding, _pin(heading.listed, heading.listed_line, anchor))


def _table_pins(name: str, reading: Reading, linked: set[str]) -> Iterator[Candidate]:
    """Yield ids for tables whose cells are asked or that are linked to."""
    shown = {table.line: table for table in reading.anchors.tables}
    for one in reading.tables:
        table = shown.get(one.table.line)
        if table is None or not one.caption_line or not _is_free(one.listed):
            continue
        is_data = any(kind in DATA_CLASSES for kind in table.attributes.classes)
        if (is_data or table.anchor in linked) and may_be_id(table.anchor):
            place = (name, one.caption_line, one.listed.offset + 1)
            finding = Finding(*place, "", _TABLE, {"id": table.anchor})
            yield Candidate(finding, _pin(one.listed, one.caption_line, table.anchor))
