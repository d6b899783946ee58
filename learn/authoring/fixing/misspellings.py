"""Keys, options, classes and ids with one slip in them, where only one thing can be meant."""

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.document import Problem
from learn.authoring.facts import COURSE_KEYS, LESSON_KEYS
from learn.authoring.fixing.edits import Edit
from learn.authoring.fixing.report import Candidate, Finding
from learn.authoring.headings import HeadingLine
from learn.authoring.names import COURSE_FILE
from learn.authoring.reading import Reading
from learn.authoring.rules import options
from learn.authoring.rules.view import CourseView
from learn.authoring.slug import may_be_id

_BECOMES = gettext_noop("`%(old)s` becomes `%(new)s`")


def one_slip_away(word: str, known: Iterable[str]) -> str:
    """Return the only known word that differs in case or in one letter, or an empty text.

    A slip is a letter too many, too few, wrong, or changed over with the next (Damerau 1964).
    """
    word = word[:100].casefold()
    near = {one for one in known if OSA.distance(word, one, score_cutoff=1) <= 1}
    if word in near:
        return word
    return near.pop() if len(near) == 1 else ""


def find_misspelt_keys(view: CourseView) -> Iterator[Candidate]:
    """Yield the keys of front matter that are a slip away from one that is not there yet."""
    for name, reading in view.readings.items():
        entries = reading.front.entries
        keys = COURSE_KEYS if name == COURSE_FILE else LESSON_KEYS
        for problem in _problems(reading, "structure-unknown-key"):
            old = problem.values["key"]
            new = one_slip_away(old, keys)
            if new and new not in entries and old in entries:
                line = reading.source.lines[problem.line - 1]
                is_quoted = line[problem.column - 1 : problem.column] in ("'", '"')
                yield _candidate(name, problem, problem.column - 1 + is_quoted, old, new)


def find_misspelt_words(view: CourseView) -> Iterator[Candidate]:
    """Yield the classes and options that are a slip away from one that means something."""
    for name, problem in options.check(view):
        old = problem.values.get("name", "")
        if problem.code == "question-misspelt-class":
            new = one_slip_away(old, options.CLASSES)
            if new == problem.values["wanted"]:
                yield _candidate(name, problem, problem.column, old, new)
        elif problem.code == "question-unknown-option":
            new = one_slip_away(old, options.OPTIONS)
            if new and not _stands_beside(view.readings[name], problem, new):
                yield _candidate(name, problem, problem.column - 1, old, new)


def find_bad_anchors(view: CourseView) -> Iterator[Candidate]:
    """Yield ids with letters that none may have, where nothing depends on the id made instead.

    A question's is left to its author: answers are kept under the id made from its wording.
    """
    linked = {link.fragment for one in view.readings.values() for link in one.links.links}
    for name, reading in view.readings.items():
        taken = _all_ids(reading)
        made = _made_ids(reading)
        for problem in _problems(reading, "structure-bad-anchor"):
            old, new = problem.values["anchor"], problem.values["wanted"]
            if problem.line not in made or made[problem.line] in linked or new in taken:
                continue
            if may_be_id(new):
                taken.add(new)
                yield _candidate(name, problem, problem.column, old, new)


def _problems(reading: Reading, code: str) -> list[Problem]:
    return [problem for problem in reading.problems if problem.code == code]


def _candidate(name: str, problem: Problem, offset: int, old: str, new: str) -> Candidate:
    values = {"old": old, "new": new}
    finding = Finding(name, problem.line, offset + 1, problem.code, _BECOMES, values)
    return Candidate(finding, (Edit(problem.line, offset, old, new),))


def _stands_beside(reading: Reading, problem: Problem, name: str) -> bool:
    """Return whether an option stands in the same line already."""
    listed = [one.listed for one in reading.headings if one.listed_line == problem.line]
    listed += [one.listed for one in reading.tables if one.caption_line == problem.line]
    return any(name in one.attributes.options for one in listed)


def _asked(reading: Reading) -> set[int]:
    return {question.line for quiz in reading.quizzes for question in quiz.questions}


def _all_ids(reading: Reading) -> set[str]:
    keys = {question.key for quiz in reading.quizzes for question in quiz.questions}
    quizzes = {quiz.anchor for quiz in reading.quizzes}
    return keys | quizzes | reading.anchors.ids | reading.links.html_ids


def _made_ids(reading: Reading) -> dict[int, str]:
    """Return the ids made from words of headings and captions, by the line of their braces."""
    shown = {heading.line: heading.anchor for heading in reading.anchors.headings}
    tables = {table.line: table.anchor for table in reading.anchors.tables}
    headings: list[HeadingLine] = [one for one in reading.headings if one.line in shown]
    made = {one.listed_line: shown[one.line] for one in headings}
    made |= {
        one.caption_line: tables[one.table.line]
        for one in reading.tables
        if one.caption_line and one.table.line in tables
    }
    return {line: anchor for line, anchor in made.items() if line not in _asked(reading)}
