"""People with roles and unfinished work, written into the site of water; run by ``with_django``.

Two pages that the site itself does not have are drawn up as well.

Ada is an instructor with a broken draft and files to decide about, Ben an author with a draft,
Cleo has no role, and Dora may do everything.
"""

from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from learn.models import (
    Course,
    CourseRole,
    FileConflict,
    Lesson,
    Revision,
    UnclearReport,
    User,
)
from learn.views.styleguide import styleguide
from tests.factories import keep_draft, make_course
from tests.journeys.access.water import PASSWORD, PICTURE

BROKEN = "# Broken\n\n## Check {.quiz}\n\n### What?\n\n- [ ] a\n- [ ] b\n"


def main() -> dict[str, str]:
    """Make all of it; return pages by their addresses, which lead nowhere on this site."""
    course, ice, now = Course.objects.get(), Lesson.objects.get(slug="ice"), timezone.now()
    people = {
        name: User.objects.create_user(name, f"{name}@example.com", PASSWORD)
        for name in ("ada", "ben", "cleo")
    }
    User.objects.create_superuser("dora", "dora@example.com", PASSWORD)
    CourseRole.objects.create(user=people["ada"], course=course, role="instructor")
    CourseRole.objects.create(user=people["ben"], course=course, role="author")
    keep_draft(course, people["ada"], "09-broken.md", BROKEN, at=now)
    longer, base = f"{ice.live.source}More.", ice.live.digest
    keep_draft(course, people["ben"], "01-ice.md", longer, at=now, base_digest=base)
    folders = (settings.CHECKMARK_CONTENT / "water" / PICTURE).read_bytes()
    for name, source, digest in (
        ("03-sure.md", "# How sure?\n\nFrom the folder.\n", "x"),
        (PICTURE, "", sha256(folders).hexdigest()),
    ):
        FileConflict.objects.create(
            course=course,
            file_name=name,
            base_digest="",
            found_at=now,
            folder_source=source,
            folder_digest=digest,
        )
    UnclearReport.objects.create(
        user=people["cleo"],
        lesson=ice,
        anchor="side-by-side",
        excerpt="It comes down",
        text="Why?",
        created_at=now,
    )
    guide = styleguide(RequestFactory().get("/styleguide/")).content.decode()
    return {"/styleguide/": guide, **parts_of_a_long_course()}


def parts_of_a_long_course() -> dict[str, str]:
    """Return the two parts of the outline of a course with 120 lessons, which is not kept."""
    now, reader = timezone.now(), Client(HTTP_HOST="localhost")
    with transaction.atomic():
        course = make_course("long")
        lessons = Lesson.objects.bulk_create(
            Lesson(course=course, slug=f"n{n}", file_name=f"n{n}.md", position=n)
            for n in range(1, 121)
        )
        texts = Revision.objects.bulk_create(
            Revision(lesson=lesson, title=f"Part {n}", summary="A part.", number=1, created_at=now)
            for n, lesson in enumerate(lessons, start=1)
        )
        for lesson, text in zip(lessons, texts, strict=True):
            lesson.live = text
        Lesson.objects.bulk_update(lessons, ["live"])
        reader.post(f"{lessons[0].get_absolute_url()}read/")
        address = course.get_absolute_url()
        parts = {path: reader.get(path).content.decode() for path in (address, f"{address}?page=2")}
        transaction.set_rollback(True)
    return parts
