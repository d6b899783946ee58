"""A guest's work becomes an account's: nothing lost, nothing twice, whatever the order."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import models

from learn.accounts.merging import MERGES, NOT_OF_GUESTS, Merged, merge_browser, merge_guest
from learn.accounts.wording import merged_sentence
from learn.models import (
    CourseRole,
    Draft,
    LessonVisit,
    MergeRecord,
    Note,
    Revision,
    UnclearReport,
    User,
)
from quizzes.mastery import lesson_results
from quizzes.models import Attempt, Response, ReviewCard, Scope
from quizzes.stored import latest_attempt
from tests.factories import (
    DAY,
    NOW,
    answer,
    ask,
    begin,
    make_course,
    make_draft,
    make_learner,
    make_lesson,
    rows_of_others,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def guest():
    return User.objects.guest_for("g" * 32)


@pytest.fixture
def account():
    return make_learner("account")


def merge(guest, account, at=LATER):
    return merge_guest(guest.pk, into=account.pk, at=at)


def test_every_model_that_points_at_a_person_is_merged_or_cannot_be_a_guests():
    """A later model is not forgotten: this fails until ``MERGES`` names it."""
    pointing = {
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.model is User
    }
    covered = {label for labels in MERGES for label in labels}
    assert pointing - covered - NOT_OF_GUESTS == set()
    assert covered - pointing == set()


def test_finished_attempts_of_both_stay_as_they_are(guest, account):
    lesson = make_lesson()
    for person, at in ((guest, NOW), (account, NOW + DAY)):
        attempt = begin(lesson, person, at=at)
        answer(attempt, 1, "yes", at=at)
        answer(attempt, 2, "yes" if person is account else "no", at=at)
    assert merge(guest, account) == Merged(answers=2, lessons=1)
    assert account.attempts.count() == 2
    result = lesson_results(account, [lesson])[lesson.pk]
    assert (result.attempts, result.right, result.is_passed) == (2, 2, True)
    assert not User.objects.filter(pk=guest.pk).exists()
    record = MergeRecord.objects.get()
    assert (record.source, record.user, record.answers) == (guest.pk, account, 2)


def test_two_open_attempts_become_one_with_the_answers_of_both(guest, account):
    lesson = make_lesson(drafts=[make_draft(name) for name in ("one", "two", "three")])
    mine, theirs = begin(lesson, account), begin(lesson, guest, seed="other")
    answer(mine, 1, "yes", at=NOW)
    answer(theirs, 2, "no", at=NOW + timedelta(minutes=1))
    merge(guest, account)
    attempt = Attempt.objects.get()
    assert [item.responses.count() for item in attempt.items.order_by("position")] == [1, 1, 0]
    result = lesson_results(account, [lesson])[lesson.pk]
    assert (result.open_answered, result.open_total) == (2, 3)
    outcome = answer(attempt, 3, "yes", at=LATER)
    assert outcome.sitting.right == 2


def test_what_both_answered_is_kept_aside_and_not_counted_as_a_result(guest, account):
    lesson = make_lesson(drafts=[make_draft(name) for name in ("one", "two", "three")])
    mine, theirs = begin(lesson, account), begin(lesson, guest)
    answer(mine, 1, "no", at=NOW)
    answer(mine, 2, "no", at=NOW)
    answer(theirs, 1, "yes", at=NOW + timedelta(minutes=1))
    merge(guest, account)
    assert Response.objects.filter(item__attempt__user=account).count() == 3
    assert Response.objects.filter(user=account).count() == 3
    assert rows_of_others() == []
    result = lesson_results(account, [lesson])[lesson.pk]
    assert (result.open_answered, result.attempts, result.is_passed) == (2, 0, False)
    aside = Attempt.objects.get(finished_at__isnull=False)
    assert (aside.retry_of, aside.total, aside.right) == (mine, 1, 1)
    assert latest_attempt(user=account, lesson=lesson, scope=Scope.CHECK) == mine


def test_of_two_answers_to_one_question_the_earlier_one_counts(guest, account):
    lesson = make_lesson(drafts=[make_draft(name) for name in ("one", "two", "three")])
    theirs, mine = begin(lesson, guest), begin(lesson, account)
    answer(theirs, 1, "no", at=NOW)
    answer(mine, 1, "yes", at=NOW + timedelta(minutes=1))
    answer(mine, 2, "yes", at=NOW + timedelta(minutes=2))
    merge(guest, account)
    counted = Response.objects.counted_in_schedules(account)
    assert [response.verdict for response in counted] == ["incorrect", "correct"]
    assert ReviewCard.objects.filter(user=account).count() == 2
    assert lesson_results(account, [lesson])[lesson.pk].open_answered == 2


def test_review_cards_are_what_all_answers_together_make_of_them(guest, account):
    lesson = make_lesson()
    for person, at in ((guest, NOW), (account, NOW + 3 * DAY)):
        attempt = begin(lesson, person, at=at)
        answer(attempt, 1, "yes", at=at)
        answer(attempt, 2, "yes", at=at)
    merge(guest, account, at=NOW + 4 * DAY)
    cards = ReviewCard.objects.filter(user=account)
    assert [(card.reviews, card.first_at) for card in cards] == [(2, NOW), (2, NOW)]
    assert ReviewCard.objects.count() == 2


def test_a_question_reworded_between_two_attempts_is_one_question(guest, account):
    lesson = make_lesson(drafts=[make_draft("one", right=("yes",)), make_draft("two")])
    theirs = begin(lesson, guest)
    answer(theirs, 1, "yes", at=NOW)
    ask(lesson, [make_draft("one", wrong=("no", "never")), make_draft("two")])
    mine = begin(lesson, account)
    answer(mine, 2, "yes", at=NOW + timedelta(minutes=1))
    merge(guest, account)
    attempt = Attempt.objects.get()
    assert (attempt.items.count(), attempt.total, attempt.right) == (2, 2, 2)


def test_an_attempt_that_the_joined_answers_complete_is_finished(guest, account):
    lesson = make_lesson()
    answer(begin(lesson, account), 1, "yes", at=NOW)
    answer(begin(lesson, guest), 2, "yes", at=NOW + timedelta(minutes=1))
    merge(guest, account)
    attempt = Attempt.objects.get()
    assert attempt.finished_at == NOW + timedelta(minutes=1)
    assert (attempt.right, attempt.percent) == (2, 100)


def test_an_open_attempt_stays_the_one_to_go_on_with(guest, account):
    lesson = make_lesson()
    answer(begin(lesson, account, at=NOW), 1, "yes", at=NOW)
    finished = begin(lesson, guest, at=NOW + DAY)
    answer(finished, 1, "yes", at=NOW + DAY)
    answer(finished, 2, "yes", at=NOW + DAY)
    merge(guest, account, at=NOW + 2 * DAY)
    assert latest_attempt(user=account, lesson=lesson, scope=Scope.CHECK).finished_at is None


def test_visits_are_joined_with_the_earliest_reading(guest, account):
    both, only = make_lesson(), make_lesson(make_course("birds"), "owls")
    LessonVisit.objects.mark_read(user=guest, lesson=both, at=NOW)
    LessonVisit.objects.mark_read(user=guest, lesson=only, at=NOW)
    LessonVisit.objects.mark_read(user=account, lesson=both, at=NOW + DAY)
    LessonVisit.objects.record(user=guest, lesson=both, at=NOW + 2 * DAY)
    merge(guest, account)
    visit = LessonVisit.objects.get(lesson=both)
    assert (visit.user, visit.first_at, visit.read_at) == (account, NOW, NOW)
    # Not the very time of an answer, or one that is under way would find nothing changed.
    assert timedelta(0) < visit.last_at - (NOW + 2 * DAY) < timedelta(seconds=1)
    assert LessonVisit.objects.get(lesson=only).user == account


def test_notes_drafts_roles_reports_and_authorship_are_joined(guest, account):
    lesson = make_lesson()
    times = {"created_at": NOW, "changed_at": NOW}
    for person, text in ((account, "Mine."), (guest, "Theirs.")):
        Note.objects.create(user=person, lesson=lesson, anchor="a", text=text, **times)
    Note.objects.create(user=guest, lesson=lesson, anchor="b", is_bookmarked=True, **times)
    UnclearReport.objects.create(user=guest, lesson=lesson, created_at=NOW)
    draft = {"course": lesson.course, "file_name": "a.md", "created_at": NOW, "saved_at": NOW}
    for person in (account, guest):
        Draft.objects.create(author=person, source=f"# By {person.is_guest}\n", **draft)
    CourseRole.objects.create(user=account, course=lesson.course, role=CourseRole.Role.AUTHOR)
    CourseRole.objects.create(user=guest, course=lesson.course, role=CourseRole.Role.INSTRUCTOR)
    Revision.objects.update(author=guest)
    merge(guest, account)
    assert Note.objects.get(anchor="a").text == "Mine.\n\nTheirs.\n"
    assert Note.objects.get(anchor="b").user == account
    assert UnclearReport.objects.get().user == account
    kept = Draft.objects.get()
    assert kept.source == "# By False\n\n# By True\n"
    assert kept.edition == 2
    assert CourseRole.objects.get().role == CourseRole.Role.INSTRUCTOR
    assert CourseRole.objects.get().user == account
    assert Revision.objects.get().author == account


def test_a_second_merge_does_nothing(guest, account):
    answer(begin(make_lesson(), guest), 1, "yes")
    assert merge(guest, account).answers == 1
    assert merge(guest, account) == Merged()
    assert merge(guest, make_learner("another")) == Merged()
    assert MergeRecord.objects.get().user == account


def test_a_merge_that_fails_midway_changes_nothing(guest, account):
    answer(begin(make_lesson(), guest), 1, "yes")

    def fail(*_people):
        raise RuntimeError("the disk is full")

    with patch.dict(MERGES, {("late",): fail}), pytest.raises(RuntimeError):
        merge(guest, account)
    assert User.objects.get(pk=guest.pk).attempts.count() == 1
    assert not MergeRecord.objects.exists()
    assert merge(guest, account).answers == 1


def test_an_answer_that_came_too_late_is_found_at_the_next_sign_in(guest, account):
    lesson = make_lesson()
    answer(begin(lesson, guest), 1, "yes")
    merge_browser(guest, into=account, at=LATER)
    late = User.objects.guest_for("g" * 32)
    answer(begin(lesson, late), 2, "yes", at=LATER)
    assert merge_browser(None, into=make_learner("another"), at=LATER) == Merged()
    assert merge_browser(None, into=account, at=LATER) == Merged(answers=1, lessons=1)
    assert Attempt.objects.get().right == 2


def test_accounts_are_never_merged_away(guest, account):
    assert merge(account, make_learner("another")) == Merged()
    with pytest.raises(ValueError, match="guest"):
        merge(guest, User.objects.guest_for("h" * 32))


@pytest.mark.parametrize(
    ("merged", "told"),
    [
        (Merged(7, 2), "7 answers and 2 lessons from this browser were added to your account."),
        (Merged(1, 0), "Added to your account from this browser: 1 answer."),
        (Merged(0, 1), "Added to your account from this browser: 1 lesson."),
        (Merged(), ""),
    ],
)
def test_what_was_merged_is_told_in_one_sentence(merged, told):
    assert merged_sentence(merged) == told
