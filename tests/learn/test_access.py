"""Rights as a table: who, what, and in whose course."""

import pytest
from django.contrib.auth.models import AnonymousUser

from learn.access import (
    may_edit,
    may_give_roles,
    may_make_courses,
    may_open_studio,
    may_publish,
    may_see_learners,
    studio_courses,
)
from learn.models import CourseRole, User
from tests.factories import NOW, make_course, make_learner

pytestmark = pytest.mark.django_db

ACTIONS = {
    "edit": may_edit,
    "publish": may_publish,
    "see learners": may_see_learners,
    "give roles": may_give_roles,
}
WRITING, ALL, NOTHING = {"edit", "publish"}, set(ACTIONS), set()

# Who: what they may in their own course, in another one, whether the studio is open to them,
# and whether they may begin a course.
TABLE = {
    "nobody": (NOTHING, NOTHING, False, False),
    "visitor": (NOTHING, NOTHING, False, False),
    "guest": (NOTHING, NOTHING, False, False),
    "learner": (NOTHING, NOTHING, False, False),
    "staff": (NOTHING, NOTHING, False, False),
    "author": (WRITING, NOTHING, True, False),
    "instructor": (ALL, NOTHING, True, False),
    "former author": (NOTHING, NOTHING, False, False),
    "superuser": (ALL, ALL, True, True),
}


def person(who, own):
    """Make somebody; a role is in the course ``own``."""
    if who == "nobody":
        return None
    if who == "visitor":
        return AnonymousUser()
    if who == "guest":
        guest = User.objects.guest_for("a-token")
        CourseRole.objects.create(user=guest, course=own, role="author")
        return guest
    if who == "superuser":
        return make_learner("root", is_superuser=True)
    user = make_learner("somebody", is_staff=who == "staff", is_active=who != "former author")
    role = who.removeprefix("former ")
    if role in CourseRole.Role.values:
        CourseRole.objects.create(user=user, course=own, role=role)
    return user


@pytest.mark.parametrize("who", TABLE)
def test_who_may_what(who):
    own, other = make_course("own"), make_course("other")
    gone = make_course("gone", retired_at=NOW)
    user = person(who, own)
    if isinstance(user, User) and who in ("author", "instructor"):
        CourseRole.objects.create(user=user, course=gone, role=who)
    in_own, in_other, studio, makes = TABLE[who]
    assert {name for name, may in ACTIONS.items() if may(user, own)} == in_own
    assert {name for name, may in ACTIONS.items() if may(user, other)} == in_other
    assert (may_open_studio(user), may_make_courses(user)) == (studio, makes)
    visible = [course for course in (other, own) if may_edit(user, course)]
    assert list(studio_courses(user)) == visible


def test_drafts_are_in_the_studio_and_in_their_order():
    root = person("superuser", None)
    make_course("later", position=2)
    make_course("draft", position=1, status="draft")
    assert [course.slug for course in studio_courses(root)] == ["draft", "later"]
