"""Names for new courses and lessons, and what is wrong with a name that cannot be one."""

import re
from collections.abc import Collection, Iterable

from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.codes import nearest
from learn.authoring.names import course_slug, lesson_slug, natural_key
from learn.authoring.rules.names import RESERVED_SLUGS

_NUMBER = re.compile(r"(\d{1,3})[.)]?[\s_-]", re.ASCII)
_LONGEST_NAME = 80
_LARGEST = 999
_NARROWEST = 2


class UnusableNameError(Exception):
    """A name that cannot be used: a ``template`` for its ``values`` says why and what could be."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template % values)
        self.template = template
        self.values = values


def new_course_name(wanted: str, slugs: Collection[str]) -> str:
    """Return the folder of a new course; ``slugs`` are the addresses of those there are.

    Raises ``UnusableNameError`` for a name that is not its own address or that another course has.
    """
    slug = course_slug(wanted)
    if wanted != slug:
        raise UnusableNameError(
            gettext_noop("'%(name)s' cannot be part of an address; '%(wanted)s' can."),
            name=wanted,
            wanted=slug,
        )
    if slug in slugs:
        raise UnusableNameError(
            gettext_noop("There is a course '%(name)s' already; '%(wanted)s' is free."),
            name=slug,
            wanted=_free(slug, slugs),
        )
    return slug


def new_lesson_name(title: str, names: Collection[str], after: str = "") -> str:
    """Return the file of a new lesson, numbered to stand last, or right behind ``after``.

    ``names`` are the files of its folder, without the folder. Where no file has a number, neither
    has the new one. Raises ``UnusableNameError`` where there is no place or no address for it.
    """
    lessons = sorted(names, key=natural_key)
    if after and after not in lessons:
        hint = nearest(after, lessons) or (lessons[-1] if lessons else "")
        raise UnusableNameError(
            gettext_noop("There is no lesson '%(name)s' here; did you mean '%(wanted)s'?"),
            name=after,
            wanted=hint,
        )
    slug = _slug_for(title, lessons)
    number = _next_number(lessons, after)
    if number is None:
        return f"{slug}.md"
    width = max([_NARROWEST, *(len(digits) for name in lessons if (digits := _digits(name)))])
    return f"{number:0{width}}-{slug}.md"


def _slug_for(title: str, lessons: Iterable[str]) -> str:
    """Return the address of a lesson with this title."""
    slug = lesson_slug(f"01-{title.replace('/', ' ')}.md")[:_LONGEST_NAME].strip("-")
    taken = {lesson_slug(name): name for name in lessons}
    if not any(letter.isalnum() for letter in title):
        raise UnusableNameError(
            gettext_noop(
                "The title '%(title)s' has no letter to make an address of; write it in words."
            ),
            title=title,
        )
    if slug in RESERVED_SLUGS:
        raise UnusableNameError(
            gettext_noop(
                "The site itself uses the address '%(slug)s'; try the title '%(wanted)s'."
            ),
            slug=slug,
            wanted=f"{title} lesson",
        )
    if slug in taken:
        raise UnusableNameError(
            gettext_noop(
                "%(other)s has the address '%(slug)s' already; try the title '%(wanted)s'."
            ),
            other=taken[slug],
            slug=slug,
            wanted=f"{title} 2",
        )
    return slug


def _next_number(lessons: list[str], after: str) -> int | None:
    """Return the number of a new lesson, or None where lessons have no numbers."""
    numbers = sorted(int(digits) for name in lessons if (digits := _digits(name)))
    if not numbers:
        if after:
            raise UnusableNameError(
                gettext_noop(
                    "The lessons here have no numbers, so none can be put right behind '%(name)s'."
                ),
                name=after,
            )
        return None if lessons else 1
    before = int(_digits(after) or numbers[-1]) if after else numbers[-1]
    if before + 1 in numbers:
        raise UnusableNameError(
            gettext_noop(
                "There is no number free behind '%(name)s'. Give the files after it higher numbers"
                " first; `content fix` mends the links to them."
            ),
            name=after,
        )
    if before >= _LARGEST:
        raise UnusableNameError(gettext_noop("There is no number after %(number)s."), number=before)
    return before + 1


def _digits(name: str) -> str:
    found = _NUMBER.match(name)
    return found[1] if found else ""


def _free(slug: str, taken: Collection[str]) -> str:
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
