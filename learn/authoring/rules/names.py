"""STRUCTURE: names of files, what lessons require of each other, and settings of the course."""

from learn.authoring.codes import problem_at, suggestion
from learn.authoring.document import Problem
from learn.authoring.front_matter import FrontMatter
from learn.authoring.names import COURSE_FILE, first_character, lesson_slug
from learn.authoring.rules.view import CourseView, Found

RESERVED_SLUGS = frozenset({"check", "media"})
"""Addresses below a course's or a lesson's own that are the site's."""


def check(view: CourseView) -> Found:
    """Yield what is wrong with names and with what front matter says of other files."""
    yield from _addresses(view)
    for name, lesson in view.lessons.items():
        for problem in _requirements(view, name, lesson.reading.front):
            yield name, problem
    if view.course and view.course.document.facts.keys == "private":
        entry = view.course.reading.front.entries["keys"]
        yield COURSE_FILE, problem_at(entry.line, entry.column, "structure-keys-not-read")


def _addresses(view: CourseView) -> Found:
    seen: dict[str, str] = {}
    for name in view.lessons:
        slug = lesson_slug(name)
        first = first_character(name)
        if slug in RESERVED_SLUGS:
            yield name, problem_at(1, 1, "structure-reserved-name", slug=slug)
        elif not first.isalnum():
            yield name, problem_at(1, 1, "structure-odd-name", character=first, slug=slug)
        other = seen.setdefault(slug, name)
        if other != name:
            yield name, problem_at(1, 1, "structure-same-address", other=other, slug=slug)


def _requirements(view: CourseView, name: str, front: FrontMatter) -> list[Problem]:
    entry = front.entries.get("requires")
    if entry is None or not isinstance(entry.value.data, list):
        return []
    others = [other for other in view.lessons if other != name]
    return [
        problem_at(
            value.line,
            value.column,
            "structure-missing-requirement",
            path=value.raw,
            suggestion=suggestion(value.raw, others),
        )
        for value in entry.value.data
        if value.raw and value.raw.removeprefix("./") not in others
    ]
