"""The level at which a problem is reported in this course."""

from dataclasses import replace

from learn.authoring.codes import RULES
from learn.authoring.document import Problem
from learn.authoring.rules.view import CourseView

MILD_WITHOUT_COURSE = frozenset(
    {
        "link-missing-anchor",
        "link-missing-cell",
        "link-missing-file",
        "link-missing-media",
        "link-outside-course",
        "link-space-in-address",
        "link-unsafe-address",
        "structure-bad-anchor",
        "structure-bad-attributes",
        "structure-bar-in-code",
        "structure-duplicate-anchor",
        "structure-duplicate-footnote",
        "structure-open-fence",
        "structure-row-too-long",
        "structure-table-head",
        "structure-table-without-dashes",
        "structure-wrong-type",
    }
)
"""Errors that do not hold a file back in a folder without ``course.md``.

Such a folder was written for another tool as well, or first. What is wrong with it shows as it does
there: a dead link, a gap for a picture, a ragged table.
"""


def judged(view: CourseView, problem: Problem) -> Problem | None:
    """Return a problem at the level that holds in this course, or None if it is not wanted."""
    if view.course is None:
        return replace(problem, holds_back=False) if _is_mild(problem) else problem
    facts = view.course.document.facts
    family = RULES[problem.code].family
    if family == "explanations":
        wanted = facts.explanations
        return None if wanted == "off" else replace(problem, level=wanted)
    return None if family == "craft" and facts.craft == "off" else problem


def _is_mild(problem: Problem) -> bool:
    """Say whether a problem does not hold back what was written for another tool.

    A key of front matter that resembles none of ours is that tool's.
    """
    is_theirs = problem.code == "structure-unknown-key" and not problem.values["suggestion"]
    return is_theirs or problem.code in MILD_WITHOUT_COURSE
