"""READ: problems as the studio shows them, in the author's language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext

from learn.authoring.check import check_course
from learn.authoring.codes import mend_of, message_of, stub_of
from learn.authoring.document import Problem
from learn.authoring.names import COURSE_FILE
from learn.models import Course
from learn.releasing import check_file
from learn.site_state import SiteTexts

# Beyond this many files a course is not checked as a whole for its outline.
MOST_FILES = 60
# Where a stub goes. What is not here has to be written by hand: put anywhere near, it would take
# the fault away and the meaning with it.
PLACES = {
    "question-glued-box": "line",
    "question-choice-without-box": "line",
    "question-text-after-choices": "line",
    "question-unfinished": "line",
    "structure-unfinished": "line",
    "question-without-id": "attributes",
    "explanation-missing": "below",
    "craft-lesson-without-check": "end",
    "structure-empty-file": "end",
    "structure-undefined-footnote": "end",
    "link-undefined-reference": "end",
}
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem on the page: its place, what is wrong, how to mend it, and text to paste."""

    line: int
    column: int
    level: str
    code: str
    message: str
    mend: str
    stub: str
    place: str = ""
    """Where the stub is put by a button: in place of the line, below it and so on; see PLACES."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of a text, and the errors it would make in other files of its course."""

    own: tuple[Finding, ...]
    elsewhere: tuple[tuple[str, tuple[Finding, ...]], ...]

    @property
    def total(self) -> int:
        """Return how many problems there are, with those that it would make in other files."""
        return len(self.own) + sum(len(found) for _name, found in self.elsewhere)

    @property
    def errors(self) -> int:
        """Return how many problems keep the text from being published."""
        return sum(finding.level == "error" for finding in self.own)

    @property
    def warnings(self) -> int:
        """Return how many do not."""
        return len(self.own) - self.errors


def findings_of(course: Course, file_name: str, source: str) -> Findings:
    """Return the problems that a text would have as this file of the course."""
    check = check_file(course, file_name, source)
    return Findings(
        own=shown(check.problems),
        elsewhere=tuple((name, shown(problems)) for name, problems in check.elsewhere.items()),
    )


def shown(problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """Return problems for the page."""
    return tuple(
        Finding(
            line=problem.line,
            column=problem.column,
            level=problem.level,
            code=problem.code,
            message=message_of(problem, gettext),
            mend=mend_of(problem, gettext),
            stub=stub_of(problem, gettext),
            place=PLACES.get(problem.code, ""),
        )
        for problem in problems
    )


def problem_counts(course: Course, held_back: dict[str, str]) -> dict[str, int]:
    """Return how many problems each published file has; none for a course that is very large.

    And those of the texts ``held_back``, by their files, which are not published.
    """
    texts = SiteTexts(course.pk)
    names = texts.names()
    if len(names) + len(held_back) > MOST_FILES:
        return {}
    media = frozenset(course.media.up().values_list("path", flat=True))
    up = texts.texts(names)
    counts = _counts(frozenset((held_back | up).items()), media) if held_back else {}
    return counts | _counts(frozenset(up.items()), media)


@lru_cache(maxsize=32)
def _counts(files: frozenset[tuple[str, str]], media: frozenset[str]) -> dict[str, int]:
    """Check the files; the same texts are checked once in each process."""
    ordered = dict(sorted(files, key=lambda file: (file[0] != COURSE_FILE, file[0])))
    return {name: len(problems) for name, problems in check_course(ordered, media).items()}
