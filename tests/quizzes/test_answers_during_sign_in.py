"""An answer that arrives while its guest becomes an account belongs to the account."""

import pytest

from learn.accounts.merging import merge_guest
from learn.models import LessonVisit, User
from quizzes.answering import record_answer
from quizzes.answers import Circumstances
from quizzes.kinds.choice import choice_ids
from quizzes.models import AttemptItem, Response, ReviewCard, Role
from quizzes.quick import item_to_answer, quick_questions
from tests.factories import (
    NOW,
    begin,
    make_learner,
    make_lesson,
    make_question,
    right_fields,
    rows_of_others,
)

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_answer_on_its_way_is_the_accounts():
    guest, account = User.objects.guest_for("x" * 32), make_learner("account")
    attempt = begin(make_lesson(), guest)
    item = attempt.items.select_related("version", "attempt__user", "attempt__lesson").first()
    merge_guest(guest.pk, into=account.pk, at=NOW)
    record_answer(
        attempt=item.attempt,
        version=item.version.code,
        fields={"choice": choice_ids(["yes"])},
        at=NOW,
        circumstances=Circumstances(),
    )
    assert Response.objects.get().item.attempt.user == account
    assert rows_of_others() == []
    assert LessonVisit.objects.get().user == account
    assert ReviewCard.objects.get().user == account


def test_a_question_that_the_guest_was_only_just_asked_is_the_accounts():
    """A quick check adds its question in a moment of its own, which a merge may just miss."""
    guest, account = User.objects.guest_for("x" * 32), make_learner("account")
    quick = make_question("typed", role=Role.QUICK)
    lesson = make_lesson(drafts=[quick])
    [asked] = quick_questions(lesson, user=guest, seed="s", shuffle=False).values()
    item = item_to_answer(asked, lesson=lesson, user=guest, at=NOW)
    merge_guest(guest.pk, into=account.pk, at=NOW)
    AttemptItem.objects.update(user=guest.pk)
    record_answer(
        attempt=item.attempt,
        version=item.version.code,
        fields=right_fields(quick),
        at=NOW,
        circumstances=Circumstances(),
    )
    assert Response.objects.get().user == account
    assert rows_of_others() == []
