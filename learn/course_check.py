"""READ: the checker for some changed files of a course, without reading all of the others.

An edit can break few things: links in the changed files, links to them, and ids of questions that
must be unique. All other files count by their names, so that a thousand cost no more than ten.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath
from typing import Protocol
from urllib.parse import unquote

from learn.authoring.check import check_readings
from learn.authoring.codes import problem_at
from learn.authoring.document import Document, Problem
from learn.authoring.names import COURSE_FILE, natural_key
from learn.authoring.reading import LessonReading, read_course, read_lesson
from learn.telling import FILES_READ, told
from quizzes.models import Question

DUPLICATE = "question-duplicate-id"

type Words = tuple[str, ...]
"""The words of a file's name, which every link to it has in it."""

_WORD = re.compile(r"[A-Za-z0-9]+")


class Texts(Protocol):
    """The files of a course as they are before a change."""

    def names(self) -> Collection[str]:
        """Return the names of all files."""

    def texts(self, names: Collection[str]) -> dict[str, str]:
        """Return the texts of these files, as far as they are there."""

    def mentioning(self, names: Collection[Words]) -> set[str]:
        """Return the files whose text has all words of one of the ``names`` in it."""


@dataclass(frozen=True, slots=True)
class ChangeCheck:
    """The problems of changed files, and the errors that the change makes in others, by name.

    ``documents`` are the changed lessons as they were read.
    """

    own: dict[str, list[Problem]] = field(default_factory=dict)
    elsewhere: dict[str, list[Problem]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileCheck:
    """The problems of one file, and the errors that it would make in others, by their names."""

    problems: list[Problem] = field(default_factory=list)
    elsewhere: dict[str, list[Problem]] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether the file may not be published."""
        return has_errors(self.problems)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Say whether there is an error among the problems."""
    return any(problem.stops for problem in problems)


def check_change(
    changed: Mapping[str, str | None],
    before: Texts,
    *,
    media: Collection[str],
    course_id: int | None,
    media_gone: Collection[str] = (),
) -> ChangeCheck:
    """Check the files ``changed``, None for one that goes away, among those of ``before``.

    ``media`` are the pictures from now on, ``media_gone`` those that go away with this change. An
    id that is there twice is the fault of the changed file, wherever the other one stands.
    """
    new = {name: text for name, text in changed.items() if text is not None}
    names = ({*before.names()} - changed.keys()) | new.keys()
    read = _read(new)
    documents = {name: reading.document for name, reading in read.items()}
    owners = _owners(course_id, [key for one in documents.values() for key in _keys(one)])
    # The course's own text is read anyway.
    near = before.mentioning(words_of([*changed, *media_gone])) | owners | {COURSE_FILE}
    linked = {target for name, one in documents.items() for target in _targets(name, one)}
    texts = before.texts(((near | linked) & names) - changed.keys())
    found = _found(names, new | texts, read, media)
    own = {name: found[name] for name in new}
    faulty = {name for name in texts if name in near and has_errors(found[name])}
    if not faulty:
        return ChangeCheck(own, documents=documents)
    old = texts | before.texts(changed.keys())
    known = _found(before.names(), old, {}, {*media, *media_gone})
    elsewhere = {
        name: [one for one in found[name] if one.stops and one not in known[name]]
        for name in in_order(faulty)
    }
    fresh = {name: problems for name, problems in elsewhere.items() if problems}
    return replace(_blamed(own, fresh), documents=documents)


def _read(texts: Mapping[str, str]) -> dict[str, LessonReading]:
    """Return the lessons among the files."""
    lessons = {name: text for name, text in texts.items() if name != COURSE_FILE}
    return {name: read_lesson(text, name=name) for name, text in told(FILES_READ, lessons.items())}


def _found(
    names: Collection[str],
    texts: Mapping[str, str],
    read: Mapping[str, LessonReading],
    media: Collection[str],
) -> dict[str, list[Problem]]:
    """Return the problems of the files ``names``; one without a text counts by its name alone."""
    course = read_course(texts.get(COURSE_FILE, "")) if COURSE_FILE in names else None
    known = {**_read({name: text for name, text in texts.items() if name not in read}), **read}
    nothing = read_lesson("", name="")
    lessons = {name: known.get(name, nothing) for name in in_order(names) if name != COURSE_FILE}
    return check_readings(course, lessons, media)


def _blamed(own: dict[str, list[Problem]], elsewhere: dict[str, list[Problem]]) -> ChangeCheck:
    """Put ids that are there twice to the changed files, which brought the second one."""
    for name, problems in list(elsewhere.items()):
        for problem in [one for one in problems if one.code == DUPLICATE]:
            guilty = problem.values["file"]
            if guilty in own:
                values = problem.values | {"file": name, "first": str(problem.line)}
                blamed = problem_at(int(problem.values["first"]), 1, DUPLICATE, **values)
                own[guilty] = sorted([*own[guilty], blamed], key=lambda one: (one.line, one.column))
                problems.remove(problem)
    return ChangeCheck(own, {name: rest for name, rest in elsewhere.items() if rest})


def in_order(names: Iterable[str]) -> list[str]:
    """Return names of files as they are read, ``course.md`` first."""
    return sorted(names, key=lambda name: (name != COURSE_FILE, natural_key(name)))


def words_of(names: Iterable[str]) -> set[Words]:
    """Return for each lesson or picture the words that a link to it must have in it.

    Letters beyond ASCII may be written as percent codes there, and signs with a backslash before
    them; a name of nothing else gives no words, which every text has.
    """
    stems = [name.rsplit("/", 1)[-1].rpartition(".")[0] for name in names if name != COURSE_FILE]
    return {tuple(_WORD.findall(stem)) for stem in stems}


def mentions(text: str, names: Iterable[Words]) -> bool:
    """Say whether a text may have a link to a file with one of these names."""
    return any(all(word in text for word in words) for words in names)


def _keys(document: Document) -> list[str]:
    return [question.key for quiz in document.quizzes for question in quiz.questions]


def _owners(course_id: int | None, keys: list[str]) -> set[str]:
    """Return the files that have questions with one of these keys."""
    known = Question.objects.filter(course=course_id, key__in=keys, retired_at=None)
    return set(known.values_list("lesson__file_name", flat=True)) if keys else set()


def _targets(name: str, document: Document) -> set[str]:
    """Return the files that the links of a lesson may lead to."""
    folder = dirname(name)
    return {normpath(join(folder, unquote(link.path))) for link in document.links if link.path}
