"""What statements written out read and write is what the ORM reads and writes."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from learn.models import LessonVisit, User
from learn.models.statements import (
    Columns,
    insert,
    insert_or_update,
    insert_unless_there,
    rows_of,
    stored,
    update,
)
from quizzes.models import Attempt, AttemptItem, Response, ReviewCard
from tests.factories import NOW, answer, begin, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = datetime(2026, 11, 21, 23, 59, 59, 123456, tzinfo=UTC)


def everything_of(instance):
    """All values of an instance by column."""
    return {
        field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields
    }


@pytest.mark.parametrize("model", [User, Attempt, AttemptItem, Response, ReviewCard, LessonVisit])
def test_rows_are_read_as_the_orm_reads_them(model):
    attempt = begin(make_lesson(), make_learner())
    answer(attempt, 1, "no", at=LATER, seconds_taken=2.5)
    answer(attempt, 2, "yes")
    columns = Columns(model)
    statement = f"SELECT {columns.of('t')} FROM {model._meta.db_table} t ORDER BY t.id"
    read = [columns.instance(row) for row in rows_of(model, statement, [])]
    expected = list(model.objects.order_by("pk"))
    assert expected
    assert [everything_of(one) for one in read] == [everything_of(one) for one in expected]
    assert [one._state.db for one in read] == [one._state.db for one in expected]
    assert not any(one._state.adding for one in read)


def test_what_is_inserted_is_what_was_given_and_has_its_key():
    attempt = begin(make_lesson(), make_learner())
    given = [answer_to(item) for item in attempt.items.order_by("position")]
    keys = insert(Response, given)
    found = Response.objects.order_by("pk")
    expected = [{"id": key, **row} for key, row in zip(keys, given, strict=True)]
    assert [everything_of(one) for one in found] == expected
    written = stored(Response, expected[0])
    assert written == found[0]
    written.fraction = 0.5
    written.save()
    assert [one.fraction for one in Response.objects.order_by("pk")] == [
        0.5,
        *[0.25] * len(given[1:]),
    ]


def test_what_the_database_forbids_is_refused():
    attempt = begin(make_lesson(), make_learner())
    answer(attempt, 1, "yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Response, [answer_to(attempt.items.order_by("position")[0])])


def test_a_row_that_is_there_gets_the_named_fields_alone():
    lesson, learner = make_lesson(), make_learner()
    for at in (NOW, LATER):
        visit = {"user_id": learner.pk, "lesson_id": lesson.pk, "first_at": at, "last_at": at}
        insert_or_update(LessonVisit, visit, unique=("user", "lesson"), update=("last_at",))
    found = model_to_dict(LessonVisit.objects.get(), ["first_at", "last_at"])
    assert found == {"first_at": NOW, "last_at": LATER}


def test_named_fields_of_a_stored_row_are_written_and_no_others():
    attempt = begin(make_lesson(), make_learner())
    values = {"finished_at": LATER, "right": 1}
    assert update(Attempt, values, where={"id": attempt.pk, "percent": 7}) == 0
    assert update(Attempt, values, where={"id": attempt.pk, "scope": attempt.scope}) == 1
    found = Attempt.objects.get()
    assert (found.finished_at, found.right, found.percent) == (LATER, 1, None)


def test_what_is_there_already_is_not_inserted_and_the_transaction_goes_on():
    attempt = begin(make_lesson(), make_learner())
    twice = {**everything_of(attempt), "token": "another"}
    del twice["id"]
    with transaction.atomic():
        assert insert_unless_there(Attempt, twice) is None
        assert Attempt.objects.get() == attempt
    attempt.delete()
    key = insert_unless_there(Attempt, twice)
    assert everything_of(Attempt.objects.get()) == {"id": key, **twice}


def answer_to(item):
    """The row of an answer to an item."""
    return {
        "user_id": item.user_id,
        "item_id": item.pk,
        "try_number": 1,
        "answer": {"choices": ["ä", "'"]},
        "fraction": 0.25,
        "verdict": "partial",
        "hints_seen": 0,
        "certainty": None,
        "seconds_taken": None,
        "answered_at": LATER,
    }


def test_a_user_of_a_group_is_looked_for_in_the_group():
    member, other = make_learner("member"), make_learner("other")
    group = Group.objects.create(name="writers")
    group.user_set.add(member)
    assert group.user_set.get(pk=member.pk) == member
    with pytest.raises(User.DoesNotExist):
        group.user_set.get(pk=other.pk)
    assert User.objects.get(pk=other.pk) == other


def test_statements_of_other_shapes_and_failures_leave_nothing_behind():
    attempt = begin(make_lesson(), make_learner())
    item = attempt.items.order_by("position")[0]
    texts, numbers = (
        "SELECT %s || 'b'",
        "SELECT id, position FROM quizzes_attemptitem WHERE id = %s",
    )
    for _ in range(3):
        assert [tuple(row) for row in rows_of(User, texts, ["a"])] == [("ab",)]
        assert [tuple(row) for row in rows_of(User, numbers, [item.pk])] == [(item.pk, 1)]
        with pytest.raises(IntegrityError), transaction.atomic():
            insert(Response, [{**answer_to(item), "fraction": 2.0}])
        assert update(Attempt, {"total": 2}, where={"id": attempt.pk}) == 1
        assert update(Attempt, {"total": 2}, where={"id": 0}) == 0
        assert rows_of(User, numbers, [0]) == []
