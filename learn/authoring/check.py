"""The checker: every problem of a course, each at its place. It never stops at the first."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from learn.authoring.document import Problem
from learn.authoring.evidence import Evidence
from learn.authoring.names import COURSE_FILE
from learn.authoring.reading import CourseReading, LessonReading, read_course, read_lesson
from learn.authoring.rules import (
    callouts,
    contradictions,
    craft,
    evidence,
    explanations,
    figures,
    formulas,
    freshness,
    kinds,
    levels,
    links,
    names,
    options,
    questions,
    sequence,
    structure,
    unfinished,
)
from learn.authoring.rules.view import CourseView

_FAMILIES = (
    names, structure, callouts, formulas, links, options, questions, kinds, explanations, craft,
    sequence, freshness, figures, contradictions, unfinished, evidence,
)  # fmt: skip


def check_course(
    files: Mapping[str, str],
    media: Collection[str],
    *,
    today: date | None = None,
    answered: Mapping[str, Evidence] | None = None,
    on_read: Callable[[], object] = lambda: None,
) -> dict[str, list[Problem]]:
    """Return the problems of each file of one course, in the order of its lines.

    ``files`` maps paths relative to the course's folder to texts, ``media`` are the paths of its
    pictures. ``today`` is the day by which facts are judged stale; without it none is.
    ``answered`` is what the answers of learners say of the questions, by their keys. ``on_read`` is
    called for each file that was read, which is most of the work. Each file has a list, an empty
    one if all is well. Never raises.
    """
    course, lessons = None, {}
    for name, text in files.items():
        if name == COURSE_FILE:
            course = read_course(text)
        else:
            lessons[name] = read_lesson(text, name=name)
        on_read()
    return check_readings(course, lessons, media, today=today, answered=answered)


def check_readings(
    course: CourseReading | None,
    lessons: Mapping[str, LessonReading],
    media: Collection[str],
    *,
    today: date | None = None,
    answered: Mapping[str, Evidence] | None = None,
) -> dict[str, list[Problem]]:
    """Return what ``check_course`` does, for files that were read already."""
    view = CourseView(course, lessons, frozenset(media), today, answered or {})
    found: dict[str, list[Problem]] = {name: [] for name in view.readings}
    if course:
        found[COURSE_FILE] += course.document.problems
    for name, lesson in lessons.items():
        found[name] += lesson.document.problems
    for family in _FAMILIES:
        for name, problem in family.check(view):
            found[name].append(problem)
    return {name: _judged(view, problems) for name, problems in found.items()}


def _judged(view: CourseView, problems: list[Problem]) -> list[Problem]:
    """Return the problems at the levels that hold in this course, in the order of the file."""
    judged = (levels.judged(view, problem) for problem in problems)
    kept = [problem for problem in judged if problem is not None]
    return sorted(kept, key=lambda one: (one.line, one.column, one.code))
