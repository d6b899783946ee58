"""WRITE: a course whose folder got another name stays the course that it was, at a new address.

What learners did is the course's and its lessons'. A folder that is gone and a new one are one
course when most of their lines are the same, and like no other's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from django.db import IntegrityError

from learn.course_folder import CourseFolder
from learn.models import Course, FormerCourseAddress, Revision
from learn.publishing import OvertakenError, locked_course
from learn.renaming import ALIKE, pairs_of
from learn.site_state import SiteTexts, site_state


class CourseRenaming(NamedTuple):
    """A course by its key and the address before, and the folder that it is from now on."""

    pk: int
    slug: str
    folder: CourseFolder


def course_renamings(folders: Sequence[CourseFolder]) -> list[CourseRenaming]:
    """Return which courses of the site the content folder has under other names.

    Where two folders could be one course, or one folder two, none of them is taken for it. It is
    one query where no folder is new.
    """
    slugs = [one.slug for one in folders]
    known = set(Course.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    new = {one.slug: one for one in folders if one.slug not in known}
    if not new:
        return []
    missing = Course.objects.filter(retired_at=None).exclude(slug__in=slugs)
    gone = {one.slug: one.pk for one in missing if site_state(one.slug).is_from_folder}
    lines = {slug: _lines(SiteTexts(pk).all_texts()) for slug, pk in gone.items()}
    candidates = {
        slug: [before for before in gone if _is_alike(_lines(one.files.values()), lines[before])]
        for slug, one in new.items()
    }
    return [CourseRenaming(gone[slug], slug, new[after]) for after, slug in pairs_of(candidates)]


def _lines(texts: Iterable[str]) -> Counter[str]:
    """Return how often each line is in some texts; which of them it is in does not matter."""
    return Counter(line for text in texts for line in text.splitlines() if line.strip())


def _is_alike(one: Counter[str], other: Counter[str]) -> bool:
    """Say whether two courses are one, by Dice's coefficient of their lines."""
    return 2 * (one & other).total() >= ALIKE * (one.total() + other.total()) > 0


def rename_courses(renamings: Iterable[CourseRenaming]) -> Iterator[CourseRenaming]:
    """Give courses their new addresses; the former ones lead there from now on.

    Yields those that were renamed: another host may have done so at the same moment. All their
    texts are to be rendered anew, as the synchronisation that follows does.
    """
    for one in renamings:
        with suppress(OvertakenError, IntegrityError):
            _rename(one)
            yield one


def _rename(one: CourseRenaming) -> None:
    """Raises ``OvertakenError``, and ``IntegrityError`` where the new address is taken by now."""
    seen = site_state(one.slug)
    if seen.pk != one.pk:
        raise OvertakenError
    with locked_course(seen) as course:
        # The addresses of its pages are in what was rendered of it.
        course.slug, course.digest = one.folder.slug, ""
        course.save(update_fields=["slug", "digest"])
        Revision.objects.filter(lesson__course=course).update(render_digest="")
        FormerCourseAddress.objects.update_or_create(slug=one.slug, defaults={"course": course})
