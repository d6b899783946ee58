"""What is asked ahead is what would have been answered later, and is given once."""

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from learn.models import Lesson, User
from learn.models.ahead import Foreseen, asked_ahead
from learn.models.people import foreseen_account, foreseen_guest
from learn.models.statements import connection_of, rows_of
from quizzes.held import foreseen_lesson, held_lesson
from quizzes.models import ReviewCard, Scope
from quizzes.stored import card_to_move, foreseen_attempt, foreseen_card, latest_attempt
from tests.factories import answer, begin, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def learner():
    """Somebody who has answered one of two questions."""
    lesson, user = make_lesson(drafts=[make_draft("one"), make_draft("two")]), make_learner()
    answer(begin(lesson, user), 1, "yes")
    return user


def everything_of(user):
    """All that an answer of theirs asks, then the same for somebody who is not there."""
    lesson, question = Lesson.objects.get().pk, ReviewCard.objects.get().question_id
    return [
        foreseen_account(user.pk),
        foreseen_lesson("animals", "cats")[1],
        foreseen_attempt(user.pk, lesson, Scope.CHECK, ""),
        foreseen_card(user.pk, question),
        foreseen_guest("nobody")[1],
        foreseen_attempt(0, lesson, Scope.CHECK, ""),
        foreseen_lesson("animals", "dogs")[1],
    ]


def asked(each: Foreseen):
    return [tuple(row) for row in rows_of(User, each.statement, each.values)]


def test_the_rows_are_those_that_are_asked_for_one_by_one(learner):
    foreseen, database = everything_of(learner), connection_of(User)
    one_by_one = [asked(each) for each in foreseen]
    assert [len(rows) for rows in one_by_one] == [1, 1, 1, 1, 0, 0, 0]
    with CaptureQueriesContext(database) as queries, asked_ahead(database, foreseen):
        assert [asked(each) for each in foreseen] == one_by_one
    assert len(queries) == 1


def test_what_is_read_ahead_is_what_is_read(learner):
    def read():
        user = User.objects.get(pk=learner.pk)
        lesson = held_lesson("animals", "cats").lesson
        attempt = latest_attempt(user=user, lesson=lesson, scope=Scope.CHECK)
        card = card_to_move(user, ReviewCard.objects.get().question_id)
        return [vars(each) | {"_state": None} for each in (user, attempt, card)]

    plain = read()
    with asked_ahead(connection_of(User), everything_of(learner)):
        assert read() == plain


def test_each_is_given_once_and_none_afterwards(learner):
    account = foreseen_account(learner.pk)
    with asked_ahead(connection_of(User), [account]):
        assert asked(account)[0][0] == learner.pk
        User.objects.filter(pk=learner.pk).update(first_name="Ann")
        assert "Ann" in asked(account)[0]
    with asked_ahead(connection_of(User), [account]):
        pass
    User.objects.filter(pk=learner.pk).update(first_name="Bea")
    assert "Bea" in asked(account)[0]


def test_who_asks_for_something_else_is_not_given_it(learner):
    other = make_learner("other")
    with asked_ahead(connection_of(User), [foreseen_account(learner.pk)]):
        assert asked(foreseen_account(other.pk))[0][0] == other.pk


def test_within_a_transaction_that_began_meanwhile_all_is_asked_anew(learner):
    account = foreseen_account(learner.pk)
    with asked_ahead(connection_of(User), [account]):
        User.objects.filter(pk=learner.pk).update(first_name="Ann")
        with transaction.atomic():
            assert "Ann" in asked(account)[0]
