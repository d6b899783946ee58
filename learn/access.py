"""READ: who may edit, publish and see what: one function for each question that is asked.

A superuser may do everything. Everybody else has roles, a course each: an author writes and
publishes, an instructor also sees what learners report and gives roles. Nobody without a role
gets in.
"""

from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Value

from learn.models import Course, CourseRole, User
from learn.models.courses import CourseQuerySet

type Person = User | AnonymousUser | None

AUTHOR, INSTRUCTOR = CourseRole.Role.AUTHOR, CourseRole.Role.INSTRUCTOR

RIGHTS: dict[str, frozenset[str]] = {
    "edit": frozenset({AUTHOR, INSTRUCTOR}),
    "publish": frozenset({AUTHOR, INSTRUCTOR}),
    "see learners": frozenset({INSTRUCTOR}),
    "give roles": frozenset({INSTRUCTOR}),
}
"""What may be done with a course, and the roles in that course that allow it."""


def may_open_studio(user: Person) -> bool:
    """Say whether the person has anything to do in the studio."""
    if not _is_known(user):
        return False
    return user.is_superuser or CourseRole.objects.filter(user=user).exists()


def studio_courses(user: Person) -> CourseQuerySet:
    """Return the courses that the person may edit, drafts too, in their order."""
    if not _is_known(user):
        return Course.objects.none()
    courses = Course.objects.filter(retired_at=None).order_by("position", "slug")
    if user.is_superuser:
        return courses
    allowed = CourseRole.objects.filter(user=user, role__in=RIGHTS["edit"])
    return courses.filter(pk__in=allowed.values("course"))


def may_edit(user: Person, course: Course) -> bool:
    """Say whether the person may read and write the drafts of a course."""
    return _may(user, "edit", course)


def right_to_edit(user: Person, course: str) -> Exists | Value:
    """Return what says in a query whether the person may edit a row's course, as ``may_edit`` does.

    ``course`` is what the row calls its course. So pages that all read tell it without a query.
    """
    if not _is_known(user):
        return Value(value=False)
    if user.is_superuser:
        return Value(value=True)
    roles = CourseRole.objects.filter(user=user, role__in=RIGHTS["edit"])
    return Exists(roles.filter(course=OuterRef(course)))


def may_publish(user: Person, course: Course) -> bool:
    """Say whether the person may put a text of the course before learners."""
    return _may(user, "publish", course)


def may_see_learners(user: Person, course: Course) -> bool:
    """Say whether the person may see what learners of the course report."""
    return _may(user, "see learners", course)


def may_give_roles(user: Person, course: Course) -> bool:
    """Say whether the person may give others a role in the course."""
    return _may(user, "give roles", course)


def instructors_of(course: Course) -> list[User]:
    """Return the people who may do everything with a course, by the name they are known as."""
    roles = CourseRole.objects.filter(course=course, role=INSTRUCTOR, user__is_active=True)
    return sorted((one.user for one in roles.select_related("user")), key=lambda one: one.known_as)


def may_make_courses(user: Person) -> bool:
    """Say whether the person may begin a new course."""
    return _is_known(user) and user.is_superuser


def _may(user: Person, action: str, course: Course) -> bool:
    """Say whether a role of the person in this course allows ``action``."""
    if not _is_known(user):
        return False
    return (
        user.is_superuser
        or CourseRole.objects.filter(user=user, course=course, role__in=RIGHTS[action]).exists()
    )


def _is_known(user: Person) -> TypeGuard[User]:
    """Say whether this is an active person with an account: no visitor and no guest."""
    return isinstance(user, User) and user.is_active and not user.is_guest
