"""WRITE: a lesson whose file got another name stays the lesson that it was, at a new address.

What learners did is the lesson's: the attempts, the notes, what was read. A file that is gone and
a new one are one lesson when their texts are the same, or alike and like no other.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rapidfuzz.distance import Indel

from learn.folder_plan import CoursePlan, PlannedFile
from learn.models import Course, Draft, FormerAddress, Lesson
from learn.publishing import locked_course
from learn.site_state import SiteState, SiteTexts
from quizzes.catalog import rename_cells

ALIKE = 0.6
"""The least share of lines that two texts have in common, of those of both; Git asks for half."""
MOST_COMPARED = 2_500
"""How many pairs of texts are compared line by line; of more, only the same texts are found."""


class Renaming(NamedTuple):
    """A lesson with its address and file before, and those that it has from now on."""

    slug: str
    file_name: str
    new_slug: str
    new_file_name: str


def renamings_of(plan: CoursePlan, site: SiteTexts) -> list[Renaming]:
    """Return which lessons of the site the folder has under other names. Two queries at most.

    Where two files could be one lesson, or one file two, none of them is taken for it.
    """
    gone = [one for one in plan.lessons.values() if _is_missing(one)]
    new = [one for one in plan.lessons.values() if one.folder and not one.site.is_known]
    if not gone or not new:
        return []
    found = dict(pairs_of({one.slug: _same(one, gone) for one in new}))
    gone = [one for one in gone if one.slug not in found.values()]
    new = [one for one in new if one.slug not in found]
    if len(gone) * len(new) <= MOST_COMPARED:
        texts = site.texts([one.name for one in gone])
        lines = {one.slug: texts.get(one.name, "").splitlines() for one in gone}
        files = {one.slug: plan.folder.files[one.name].splitlines() for one in new}
        found |= pairs_of({slug: _alike(text, lines) for slug, text in files.items()})
    lessons = plan.lessons
    return [
        Renaming(before, lessons[before].name, after, lessons[after].name)
        for after, before in found.items()
    ]


def _is_missing(one: PlannedFile) -> bool:
    """Say whether the folder had a lesson that is up and has it no more."""
    return bool(one.site.up and one.site.agreed) and not one.folder and not one.is_unread


def _same(new: PlannedFile, gone: list[PlannedFile]) -> list[str]:
    return [one.slug for one in gone if new.folder in (one.site.agreed, one.site.up)]


def _alike(text: list[str], others: Mapping[str, list[str]]) -> list[str]:
    return [
        slug
        for slug, lines in others.items()
        if Indel.normalized_similarity(text, lines, score_cutoff=ALIKE) >= ALIKE
    ]


def pairs_of(candidates: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield who has one candidate that is nobody else's, with it."""
    wanted = [slug for slugs in candidates.values() for slug in slugs]
    for name, slugs in candidates.items():
        if len(slugs) == 1 and wanted.count(slugs[0]) == 1:
            yield name, slugs[0]


def rename_lessons(seen: SiteState, renamings: list[Renaming]) -> None:
    """Give lessons their new addresses; the former ones lead there from now on.

    Their texts, and the names of their files, come with the publication that follows. Raises
    ``OvertakenError`` when the course is no more as it was seen.
    """
    with locked_course(seen) as course:
        for one in renamings:
            _rename(course, one)


def _rename(course: Course, one: Renaming) -> None:
    lesson = Lesson.objects.get(course=course, slug=one.slug)
    lesson.slug = one.new_slug
    lesson.save(update_fields=["slug"])
    FormerAddress.objects.update_or_create(
        course=course, slug=one.slug, defaults={"lesson": lesson}
    )
    # Its own address is in what was rendered.
    lesson.revisions.update(render_digest="")
    rename_cells(lesson, before=one.slug)
    drafts = Draft.objects.filter(course=course)
    begun = drafts.filter(file_name=one.new_file_name).values("author")
    drafts.filter(file_name=one.file_name).exclude(author__in=begun).update(
        file_name=one.new_file_name
    )
