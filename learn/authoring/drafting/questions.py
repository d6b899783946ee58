"""Questions to fill in, one of each kind, and where in a lesson a new one goes."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from learn.authoring.fixing.edits import Edit, Lines, apply_edits
from learn.authoring.headings import HeadingLine, find_sections
from learn.authoring.names import lesson_slug
from learn.authoring.plain_text import normal_text
from learn.authoring.quizzes import QUIZ_TITLE
from learn.authoring.reading import LessonReading, read_lesson

SKELETONS = {
    "choose-one": """\
Which …? {#%(id)s}

- [ ] a mistake that people make …
  >
- [x] what is right …
  >
- [ ] another mistake …
  >
""",
    "choose-all": """\
Which of these …? {#%(id)s}

- [x] something that is right …
  >
- [ ] a mistake that people make …
  >
- [x] something else that is right …
  >
- [ ] another mistake …
  >
""",
    "typed": """\
What is … called? {#%(id)s .typed}

- [x] the answer …
- [x] another way to write it …
- [ ] a mistake that people make …
  >
""",
    "number": """\
How long …? {#%(id)s .number}

- [x] 15 +- 0.5 min
- [ ] 90 min
  >
""",
    "ordering": """\
In which order …? {#%(id)s}

1. what comes first …
2. what comes next …
3. what comes last …
""",
    "matching": """\
What belongs to what …? {#%(id)s}

| This … | What belongs to it … | Why |
|---|---|---|
| the first … | its partner … | |
| the second … | another partner … | |
| the third … | a third partner … | |
""",
    "sorting": """\
Which is which …? {#%(id)s .sort}

| | One … | The other … |
|---|---|---|
| the first aspect … | true of one … | true of the other … |
| the second aspect … | also of one … | also of the other … |
""",
    "gaps": """\
How does it go …? {#%(id)s}

The first word is [[this …|or this …]], and the second is [[that …]].
""",
}
"""What stands behind the marks of a heading, and below it, by the kind of question."""

_QUIZ_HEADING = f"{QUIZ_TITLE} {{.quiz}}"
_DEEPEST = 6
_TOP = 2


class NoPlaceError(Exception):
    """A question cannot be put into a lesson without changing what stands there."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A lesson's text with a new question, the question's id and its line."""

    text: str
    key: str
    line: int


def add_question(text: str, *, name: str, kind: str, taken: Collection[str] = ()) -> Addition:
    """Return the lesson with a question of a kind at the end of its last quiz.

    A lesson without a quiz gets a section for it. ``name`` is the file's path in its course,
    ``taken`` are the ids of questions elsewhere in it. Everything that stood there stays as it is.
    Raises ``NoPlaceError`` where that cannot be, as in a code block that is never closed.
    """
    before = read_lesson(text, name=name)
    key = _free_key(before, name, taken)
    quiz = _quiz_heading(before)
    place = _Place(before, quiz)
    marks, parts = place.marks(), []
    if quiz is None:
        parts.append(f"{marks[0]} {_QUIZ_HEADING}\n")
    parts.append(f"{marks[1]} {SKELETONS[kind] % {'id': key}}")
    edit = place.edit("\n".join(parts), line_end(text))
    if not Lines(text).fits([edit]):
        raise NoPlaceError
    new = apply_edits(text, [edit])
    after = read_lesson(new, name=name)
    added = [one for one in _asked(after) if one[0] == key and one[1] == kind]
    if not added or not _is_kept(before, after, key):
        raise NoPlaceError
    line = next(
        one.line for quiz in after.reading.quizzes for one in quiz.questions if one.key == key
    )
    return Addition(new, key, line)


def line_end(text: str) -> str:
    """Return the line end that a text uses most."""
    windows = text.count("\r\n")
    counts = {"\n": text.count("\n") - windows, "\r\n": windows, "\r": text.count("\r") - windows}
    return max(counts, key=lambda end: counts[end])


def _asked(lesson: LessonReading) -> list[tuple[str, str]]:
    return [(one.key, one.kind) for quiz in lesson.reading.quizzes for one in quiz.questions]


def _is_kept(before: LessonReading, after: LessonReading, key: str) -> bool:
    """Return whether all that stood in a lesson is still read as it was."""
    old = Counter(problem.code for problem in before.document.problems)
    new = Counter(problem.code for problem in after.document.problems)
    return (
        [one for one in _asked(after) if one[0] != key] == _asked(before)
        and after.document.title == before.document.title
        and after.document.definitions == before.document.definitions
        and not new - old
    )


def _free_key(lesson: LessonReading, name: str, taken: Collection[str]) -> str:
    ids = {*taken, *lesson.reading.anchors.ids, *(key for key, _ in _asked(lesson))}
    slug = lesson_slug(name)
    stem = slug if slug.isascii() else "lesson"
    number = len(_asked(lesson)) + 1
    while f"{stem}-question-{number}" in ids:
        number += 1
    return f"{stem}-question-{number}"


def _quiz_heading(lesson: LessonReading) -> HeadingLine | None:
    """Return the heading of the last quiz, else the one that is called so and asks nothing yet."""
    lines = {quiz.line for quiz in lesson.reading.quizzes if quiz.anchor}
    headings = lesson.reading.headings
    quizzes = [one for one in headings if one.line in lines]
    named = [one for one in headings if normal_text(one.text) == normal_text(QUIZ_TITLE)]
    return next(iter([*quizzes[::-1], *named[::-1]]), None)


class _Place:
    """Where in a lesson something new goes: behind what is last, before definitions."""

    def __init__(self, lesson: LessonReading, quiz: HeadingLine | None) -> None:
        self._reading = lesson.reading
        self._lesson = lesson
        self._quiz = quiz
        last = len(self._reading.source.lines)
        self._first, self._last = 1, last
        for section in find_sections(self._reading.headings, last):
            if section.heading is quiz:
                self._first, self._last = section.first, section.last

    def marks(self) -> tuple[str, str]:
        """Return the marks of the quiz's heading and of a question's."""
        title = self._reading.title
        level = self._quiz.level if self._quiz else max(_TOP, title.level + 1 if title else 0)
        asked = {
            one.line
            for quiz in self._lesson.reading.quizzes
            if self._quiz and quiz.line == self._quiz.line
            for one in quiz.questions
        }
        levels = [one.level for one in self._reading.headings if one.line in asked]
        deep = levels[0] if levels else level + 1
        if deep > _DEEPEST:
            raise NoPlaceError
        return "#" * level, "#" * deep

    def edit(self, new: str, end: str) -> Edit:
        """Return the edit that puts lines there, blank lines around them."""
        lines = self._reading.source.lines
        number = self._last_line()
        text = lines[number - 1]
        before = "\n\n" if text.strip() or number > 1 else ""
        is_close = number < len(lines) and lines[number].strip()
        after = "\n" if is_close else ""
        whole = f"{before}{new.rstrip()}{after}".replace("\n", end)
        return Edit(number, len(text), "", whole)

    def _last_line(self) -> int:
        """Return the last line of the section that says something and defines nothing."""
        defining = self._reading.definitions.lines
        said = [
            line.number
            for line in self._reading.lines
            if self._first <= line.number <= self._last
            if line.text.strip() and line.number not in defining
        ]
        return said[-1] if said else max(1, self._reading.front.line_count)
