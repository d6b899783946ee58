"""What is asked ahead is what would have been answered later, and is given once."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from learn.models import Lesson, User
from learn.models.ahead import Foreseen, answers_ahead, knowing
from learn.models.people import foreseen_account, foreseen_guest
from learn.models.statements import connection_of, rows_of
from quizzes.held import foreseen_lesson, held_lesson
from quizzes.models import Attempt, ReviewCard, Scope
from quizzes.stored import (
    card_to_move,
    foreseen_answers,
    foreseen_attempt,
    foreseen_card,
    foreseen_items,
    latest_attempt,
)
from tests.factories import answer, begin, make_draft, make_learner, make_lesson

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite is asked nothing ahead: it is no journey away"
    ),
]


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


@contextmanager
def asked_ahead(*foreseen: Foreseen):
    database = connection_of(User)
    with knowing(database, *answers_ahead(database, [foreseen])):
        yield


def asked(each: Foreseen):
    return [tuple(row) for row in rows_of(User, each.statement, each.values)]


def test_the_rows_are_those_that_are_asked_for_one_by_one(learner):
    foreseen, database = everything_of(learner), connection_of(User)
    one_by_one = [asked(each) for each in foreseen]
    assert [len(rows) for rows in one_by_one] == [1, 1, 1, 1, 0, 0, 0]
    with CaptureQueriesContext(database) as queries, asked_ahead(*foreseen):
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
    with asked_ahead(*everything_of(learner)):
        assert read() == plain


def test_each_is_given_once_and_none_afterwards(learner):
    account = foreseen_account(learner.pk)
    with asked_ahead(account):
        assert asked(account)[0][0] == learner.pk
        User.objects.filter(pk=learner.pk).update(first_name="Ann")
        assert "Ann" in asked(account)[0]
    with asked_ahead(account):
        pass
    User.objects.filter(pk=learner.pk).update(first_name="Bea")
    assert "Bea" in asked(account)[0]


def test_who_asks_for_something_else_is_not_given_it(learner):
    other = make_learner("other")
    with asked_ahead(foreseen_account(learner.pk)):
        assert asked(foreseen_account(other.pk))[0][0] == other.pk


def test_within_a_transaction_that_began_meanwhile_all_is_asked_anew(learner):
    account = foreseen_account(learner.pk)
    with asked_ahead(account):
        User.objects.filter(pk=learner.pk).update(first_name="Ann")
        with transaction.atomic():
            assert "Ann" in asked(account)[0]


def test_several_are_asked_for_at_once_and_each_gets_their_own(learner):
    people = [learner, *map(make_learner, ("bea", "cat"))]
    begin(Lesson.objects.get(), people[1])
    attempts = {attempt.user_id: attempt.pk for attempt in Attempt.objects.all()}
    wanted = [
        [
            foreseen_account(user.pk),
            foreseen_items(attempts.get(user.pk, 0)),
            foreseen_answers(attempts.get(user.pk, 0)),
        ]
        for user in people
    ]
    one_by_one = [[asked(each) for each in own] for own in wanted]
    assert [[len(rows) for rows in own] for own in one_by_one] == [[1, 2, 2], [1, 2, 2], [1, 0, 0]]
    database = connection_of(User)
    with CaptureQueriesContext(database) as queries:
        answers = answers_ahead(database, [*wanted, []])
    assert len(queries) == 3
    for own, rows, known in zip(wanted, one_by_one, answers[:-1], strict=True):
        with knowing(database, known):
            assert [asked(each) for each in own] == rows
        assert known == {}
    assert answers[-1] == {}
