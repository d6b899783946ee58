"""People with roles and unfinished work, written into the site of water; run by ``with_django``.

Ada is an instructor with a broken draft and files to decide about, Ben an author with a draft,
Cleo has no role, and Dora may do everything.
"""

from hashlib import sha256

from django.conf import settings
from django.test import RequestFactory
from django.utils import timezone

from learn.models import Course, CourseRole, FileConflict, Lesson, UnclearReport, User
from learn.views.styleguide import styleguide
from tests.factories import keep_draft
from tests.journeys.access.water import PASSWORD, PICTURE

BROKEN = "# Broken\n\n## Check {.quiz}\n\n### What?\n\n- [ ] a\n- [ ] b\n"


def main() -> dict[str, str]:
    """Make all of it; return a page that has an address only while one develops."""
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
    return {"styleguide": styleguide(RequestFactory().get("/styleguide/")).content.decode()}
