"""WRITE: what a guest did becomes an account's: all of it or nothing, and never twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db import transaction
from django.db.models import F, Model, Q

from learn.models import (
    CourseRevision,
    CourseRole,
    Draft,
    LessonVisit,
    MergeRecord,
    Note,
    Revision,
    UnclearReport,
    User,
)
from quizzes.merging import JUST, count_answers, merge_attempts, merge_cards

type Merge = Callable[[User, User, datetime], None]


@dataclass(frozen=True, slots=True)
class Merged:
    """What was brought along: so many answers, and so many lessons worked on."""

    answers: int = 0
    lessons: int = 0


def merge_guest(source: int, *, into: int, at: datetime) -> Merged:
    """Add the guest's work to the account and take the guest away; return what it was.

    Both are given by their ids. One transaction; whoever comes second finds no guest and does
    nothing. Raises ``ValueError`` when ``into`` is a guest itself.
    """
    with transaction.atomic():
        # In the order of their ids, so that two merges cannot wait for each other.
        people = (
            User.objects.select_for_update(no_key=True).filter(pk__in=[source, into]).order_by("pk")
        )
        found = {person.pk: person for person in people}
        guest, account = found.get(source), found.get(into)
        if guest is None or account is None or not guest.is_guest:
            return Merged()
        if account.is_guest:
            raise ValueError("a guest cannot take over what another guest did")
        merged = Merged(count_answers(guest), LessonVisit.objects.filter(user=guest).count())
        for merge in MERGES.values():
            merge(guest, account, at)
        MergeRecord.objects.create(
            source=source,
            source_key=guest.guest_key or "",
            user=account,
            answers=merged.answers,
            lessons=merged.lessons,
            merged_at=at,
        )
        guest.delete()
    return merged


def merge_browser(guest: User | None, *, into: User, at: datetime) -> Merged:
    """Add a browser's guest to the account, and what came too late for an earlier merge.

    Returns what they did together. Each guest is merged in a transaction of its own.
    """
    guests = {left.pk for left in User.objects.left_behind(into)}
    if guest is not None:
        guests.add(guest.pk)
    merged = [merge_guest(source, into=into.pk, at=at) for source in sorted(guests)]
    return Merged(sum(each.answers for each in merged), sum(each.lessons for each in merged))


def _in_both[Row: Model](
    model: type[Row], source: User, target: User, owner: str, *same: str
) -> Iterator[tuple[Row, Row]]:
    """Yield the rows that both people have, the account's first; hand the guest's others over.

    ``owner`` is the field that names the person; rows are of one thing when ``same`` are equal.
    """
    key = attrgetter(*same)
    own = {key(row): row for row in model._default_manager.filter(**{owner: target})}
    for row in model._default_manager.filter(**{owner: source}):
        if key(row) in own:
            yield own[key(row)], row
            continue
        setattr(row, owner, target)
        row.save(update_fields=[owner])


def merge_visits(source: User, target: User, at: datetime) -> None:
    """Join the visits: first and read at the earlier time, last just after the later one.

    By that time an answer under way tells that something was moved, in whatever lesson.
    """
    for mine, visit in _in_both(LessonVisit, source, target, "user", "lesson_id"):
        mine.first_at = min(mine.first_at, visit.first_at)
        mine.last_at = max(mine.last_at, visit.last_at)
        mine.read_at = min((t for t in (mine.read_at, visit.read_at) if t), default=None)
        mine.save(update_fields=["first_at", "last_at", "read_at"])
    LessonVisit.objects.filter(user=target).update(last_at=F("last_at") + JUST)


def merge_notes(source: User, target: User, at: datetime) -> None:
    """Join the notes; two on one section become one text."""
    for mine, note in _in_both(Note, source, target, "user", "lesson_id", "anchor"):
        mine.text = both_texts(mine.text, note.text)
        mine.is_bookmarked = mine.is_bookmarked or note.is_bookmarked
        mine.created_at = min(mine.created_at, note.created_at)
        mine.changed_at = max(mine.changed_at, note.changed_at)
        mine.save()


def merge_drafts(source: User, target: User, at: datetime) -> None:
    """Join the drafts; two of one file become one text, to be tidied by its author."""
    for mine, draft in _in_both(Draft, source, target, "author", "course_id", "file_name"):
        mine.source = both_texts(mine.source, draft.source)
        # A window that is open on the draft notices that it changed.
        mine.edition = max(mine.edition, draft.edition) + 1
        mine.saved_at = at
        mine.save()


def merge_roles(source: User, target: User, at: datetime) -> None:
    """Give the roles over; of two in one course the greater right stays."""
    greater = CourseRole.objects.filter(user=source, role=CourseRole.Role.INSTRUCTOR)
    courses = CourseRole.objects.filter(user=target).values_list("course_id", flat=True)
    raised = list(greater.filter(course__in=courses).values_list("course_id", flat=True))
    CourseRole.objects.filter(user=target, course__in=raised).update(
        role=CourseRole.Role.INSTRUCTOR
    )
    CourseRole.objects.filter(Q(user=source) & ~Q(course__in=list(courses))).update(user=target)


def merge_reports(source: User, target: User, at: datetime) -> None:
    """Give the reports of what is unclear over."""
    UnclearReport.objects.filter(user=source).update(user=target)


def merge_authorship(source: User, target: User, at: datetime) -> None:
    """Name the account as author of what the guest published."""
    Revision.objects.filter(author=source).update(author=target)
    CourseRevision.objects.filter(author=source).update(author=target)


def merge_preferences(source: User, target: User, at: datetime) -> None:
    """Keep what the account chose; take over what only the guest did."""
    default = User._meta.get_field("desired_retention").default
    if target.desired_retention == default != source.desired_retention:
        target.desired_retention = source.desired_retention
        target.save(update_fields=["desired_retention"])


def both_texts(first: str, second: str) -> str:
    """Return the two texts one after the other; a text that is there already is not repeated."""
    if not second.strip() or second.strip() in first:
        return first
    return f"{first.rstrip()}\n\n{second.strip()}\n" if first.strip() else second


# In this order. A test fails for a model that points at a person and is covered by none of these.
MERGES: dict[tuple[str, ...], Merge] = {
    (): merge_preferences,
    ("quizzes.Attempt", "quizzes.AttemptItem", "quizzes.Response"): merge_attempts,
    ("quizzes.ReviewCard",): merge_cards,
    ("learn.LessonVisit",): merge_visits,
    ("learn.Note",): merge_notes,
    ("learn.UnclearReport",): merge_reports,
    ("learn.Draft",): merge_drafts,
    ("learn.CourseRole",): merge_roles,
    ("learn.Revision", "learn.CourseRevision"): merge_authorship,
}

# A guest has none of these: they come with credentials, groups or an earlier merge.
NOT_OF_GUESTS = {
    "account.EmailAddress",
    "learn.MergeRecord",
    "learn.User_groups",
    "learn.User_user_permissions",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
}
