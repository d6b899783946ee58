"""A file read once: its document, and all that the checker needs to know besides."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from learn.authoring.codes import problem_at
from learn.authoring.definitions import Definitions, find_definitions
from learn.authoring.document import (
    QUICK_CLOSE,
    QUICK_OPEN,
    CourseDocument,
    Document,
    Problem,
    Question,
    Quiz,
)
from learn.authoring.facts import course_facts, lesson_facts
from learn.authoring.front_matter import FrontMatter, read_front_matter
from learn.authoring.headings import HeadingLine, find_headings
from learn.authoring.lines import Kind, Line, scan
from learn.authoring.links import LinkReading, find_links
from learn.authoring.names import COURSE_FILE, title_from_name
from learn.authoring.page_anchors import PageAnchors, page_anchors
from learn.authoring.plain_text import normal_text, plain_text
from learn.authoring.prose import find_prose
from learn.authoring.quizzes import QuizReading, find_quizzes
from learn.authoring.source_text import SourceText, read_source
from learn.authoring.tables import TableReading, find_tables

_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file, before it is known what the file is for.

    ``headings`` and ``tables`` are all of the file, ``title`` is the heading that became the title.
    """

    name: str
    source: SourceText
    front: FrontMatter
    lines: tuple[Line, ...]
    definitions: Definitions
    headings: tuple[HeadingLine, ...]
    tables: tuple[TableReading, ...]
    links: LinkReading
    quiz_reading: QuizReading
    title: HeadingLine | None
    anchors: PageAnchors
    problems: tuple[Problem, ...]

    @property
    def quizzes(self) -> tuple[Quiz, ...]:
        """The quizzes of the file."""
        return self.quiz_reading.quizzes


@dataclass(frozen=True, slots=True)
class LessonReading:
    """A lesson and what was read of its file."""

    document: Document
    reading: Reading


@dataclass(frozen=True, slots=True)
class CourseReading:
    """``course.md`` and what was read of it."""

    document: CourseDocument
    reading: Reading


def read_lesson(text: str, *, name: str) -> LessonReading:
    """Return the lesson in ``text``; ``name`` is its path in the course's folder."""
    source = read_source(text)
    front = read_front_matter(source.lines)
    facts, problems = lesson_facts(front)
    reading = _read(source, front, name=name, title=facts.title, problems=problems)
    title = facts.title or (plain_text(reading.title.text) if reading.title else "")
    quizzes = _asked(reading.quizzes)
    document = Document(
        title=title or title_from_name(name),
        facts=facts,
        body=_body(reading, quizzes),
        definitions=_definition_text(reading),
        headings=reading.anchors.headings,
        tables=reading.anchors.tables,
        links=reading.links.links,
        quizzes=quizzes,
        words=_count_words(reading),
        problems=reading.problems,
    )
    return LessonReading(document, reading)


def read_course(text: str) -> CourseReading:
    """Return what ``course.md`` says."""
    source = read_source(text)
    front = read_front_matter(source.lines)
    facts, problems = course_facts(front)
    reading = _read(source, front, name=COURSE_FILE, title=facts.title, problems=problems)
    if not facts.title and reading.title:
        facts = replace(facts, title=plain_text(reading.title.text))
    asked = [one for quiz in reading.quizzes for one in quiz.questions]
    misplaced = [problem_at(one.line, one.column, "question-in-course-file") for one in asked]
    document = CourseDocument(
        facts=facts,
        body=_body(reading),
        links=reading.links.links,
        problems=_in_order([*reading.problems, *misplaced]),
    )
    return CourseReading(document, reading)


def _read(
    source: SourceText, front: FrontMatter, *, name: str, title: str, problems: list[Problem]
) -> Reading:
    """Read what lessons and courses have in common."""
    lines = scan(source.lines[front.line_count :], first=front.line_count + 1)
    definitions = find_definitions(lines)
    headings = find_headings(lines)
    quizzes = find_quizzes(lines, headings, definitions.lines, name=name)
    tables, table_problems = find_tables(lines)
    rows = {number for one in tables for number in one.lines}
    links = find_links(find_prose(lines, rows), definitions.references)
    in_text = [one for one in headings if one.line not in quizzes.lines]
    heading = _title_heading(in_text, lines, title)
    found = [
        *source.problems,
        *problems,
        *definitions.problems,
        *quizzes.problems,
        *table_problems,
        *(problem for one in headings for problem in one.problems),
        *(problem for one in tables for problem in one.problems),
    ]
    return Reading(
        name=name,
        source=source,
        front=front,
        lines=tuple(lines),
        definitions=definitions,
        headings=tuple(headings),
        tables=tuple(tables),
        links=links,
        quiz_reading=quizzes,
        title=heading,
        anchors=page_anchors(
            lines,
            [one for one in in_text if one is not heading],
            tables,
            frozenset(definitions.references),
            quizzes.lines,
        ),
        problems=_in_order(found),
    )


def _in_order(problems: Collection[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: (one.line, one.column, one.code)))


def _title_heading(
    headings: Sequence[HeadingLine], lines: Sequence[Line], title: str
) -> HeadingLine | None:
    """Return the heading that is the title: the first of level 1 unless it says something else.

    A file may begin at another level: a heading above all other text that is alone at its level and
    above all others is its title too.
    """
    first = next((one for one in headings if one.level == 1), None)
    if first is not None:
        says_else = title and normal_text(title) != normal_text(first.text)
        return None if says_else else first
    if title or not headings:
        return None
    top = headings[0]
    above = [line for line in lines if line.number < top.line]
    stands_first = all(line.kind in (Kind.BLANK, Kind.COMMENT) for line in above)
    alone = all(one.level > top.level for one in headings[1:])
    return top if stands_first and alone else None


def _asked(quizzes: tuple[Quiz, ...]) -> tuple[Quiz, ...]:
    """Return the quizzes without the questions that nobody could answer.

    The checker reports them, as errors where the course is ours: that holds the file back. What was
    written for another tool is published without them.
    """
    kept = tuple(
        replace(quiz, questions=tuple(one for one in quiz.questions if _can_be_asked(one)))
        for quiz in quizzes
    )
    return tuple(
        quiz
        for quiz, all_of_it in zip(kept, quizzes, strict=True)
        if quiz.questions or not all_of_it.questions
    )


def _can_be_asked(question: Question) -> bool:
    if not plain_text(question.stem):
        return False
    is_choice = question.kind in ("choose-one", "choose-all")
    return not is_choice or any(choice.is_right for choice in question.choices)


def _body(reading: Reading, quizzes: tuple[Quiz, ...] = ()) -> str:
    """Return the text with front matter, title and questions blanked, line by line.

    Marks keep the places of those of ``quizzes`` that stand between paragraphs.
    """
    asked = [one for quiz in quizzes for one in quiz.questions if one.is_quick]
    places = {one.line: f"{QUICK_OPEN}{one.key}{QUICK_CLOSE}" for one in asked}
    blank = set(range(1, reading.front.line_count + 1)) | reading.quiz_reading.lines
    if reading.title:
        blank |= set(range(reading.title.line, reading.title.last_line + 1))
    lines = enumerate(reading.source.lines, start=1)
    kept = (places.get(number, "") if number in blank else line for number, line in lines)
    return "\n".join(kept)


def _definition_text(reading: Reading) -> str:
    numbers = reading.definitions.lines
    kept = [line.text for line in reading.lines if line.number in numbers]
    return "\n".join(kept).rstrip()


def _count_words(reading: Reading) -> int:
    """Return the number of words of the body's text; two Chinese or Japanese signs count as one."""
    left_out = reading.quiz_reading.lines | reading.definitions.lines
    words = signs = 0
    for line in reading.lines:
        if line.kind in (Kind.TEXT, Kind.HEADING) and line.number not in left_out:
            text = _LINK_TARGET.sub("]", line.content)
            signs += len(_CJK.findall(text))
            words += len(_WORD.findall(_CJK.sub(" ", text)))
    return words + (signs + 1) // 2
