"""An answer that arrives while its guest becomes an account belongs to the account."""

import pytest

from learn.accounts.merging import merge_guest
from learn.models import LessonVisit, User
from quizzes.answering import Circumstances, record_answer
from quizzes.kinds.choice import choice_ids
from quizzes.models import Response, ReviewCard
from tests.factories import NOW, begin, make_learner, make_lesson

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
    assert LessonVisit.objects.get().user == account
    assert ReviewCard.objects.get().user == account
