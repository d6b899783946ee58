"""Several changes happen all together or not at all, on either database."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from learn.models import LessonVisit, User
from learn.models.changes import Kept, Step, Update, inserted
from learn.models.together import change_together
from tests.factories import NOW, make_learner, make_lesson

LATER = NOW + timedelta(seconds=1)
DATABASES = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def visit():
    lesson, learner = make_lesson(), make_learner()
    return LessonVisit.objects.create(user=learner, lesson=lesson, first_at=NOW, last_at=NOW)


def together(visit, *changes):
    """Make changes in one step that keeps the visitor, and return their keys."""
    keys = change_together(Step(changes, Kept(User, {"id": visit.user_id})))
    return keys and [key for [key] in keys[0]]


def moved_on(visit, *, seen=NOW, to=LATER):
    """The change of a visit that was seen at a time."""
    return Update(LessonVisit, {"last_at": to}, {"id": visit.pk, "last_at": seen})


def visit_of(learner, lesson):
    """A new visit."""
    times = {"first_at": NOW, "last_at": NOW}
    return inserted(LessonVisit, {"user_id": learner.pk, "lesson_id": lesson.pk, **times})


def renamed(user, *, was):
    return Update(User, {"first_name": "Ann", "desired_retention": 0.85}, {"id": user.pk, **was})


@DATABASES
def test_all_changes_are_written_and_their_keys_come_back(visit):
    other = make_learner("other")
    keys = together(visit, moved_on(visit), visit_of(other, visit.lesson), renamed(other, was={}))
    made = LessonVisit.objects.get(user=other)
    assert keys == [visit.pk, made.pk, other.pk]
    assert (made.first_at, made.last_at, made.read_at) == (NOW, NOW, None)
    visit.refresh_from_db()
    other.refresh_from_db()
    assert (visit.last_at, other.first_name, other.desired_retention) == (LATER, "Ann", 0.85)


@DATABASES
@pytest.mark.parametrize("nothing", ["first", "later", "twice", "too much"])
def test_where_one_finds_no_row_to_write_nothing_is_written(visit, nothing):
    other = make_learner("other")
    others = {
        "first": [visit_of(other, visit.lesson)],
        "later": [visit_of(other, visit.lesson), renamed(other, was={"username": "nobody"})],
        "twice": [visit_of(other, visit.lesson), visit_of(visit.user, visit.lesson)],
        "too much": [Update(User, {"desired_retention": 2.0}, {"id": other.pk})],
    }[nothing]
    seen = LATER if nothing == "first" else NOW
    assert together(visit, moved_on(visit, seen=seen), *others) is None
    visit.refresh_from_db()
    assert visit.last_at == NOW
    assert list(LessonVisit.objects.all()) == [visit]
    assert User.objects.get(pk=other.pk).desired_retention == other.desired_retention


@DATABASES
def test_a_transaction_goes_on_after_changes_that_did_not_happen(visit):
    with transaction.atomic():
        missed = moved_on(visit, seen=LATER)
        twice = visit_of(visit.user, visit.lesson)
        assert together(visit, missed) is None
        assert together(visit, moved_on(visit), twice) is None
        assert together(visit, moved_on(visit)) == [visit.pk]
    visit.refresh_from_db()
    assert visit.last_at == LATER


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_postgresql_is_asked_once(visit):
    together(visit, moved_on(visit))
    other = make_learner("other")
    changes = [moved_on(visit, seen=LATER, to=NOW), visit_of(other, visit.lesson)]
    with CaptureQueriesContext(connection) as asked:
        assert together(visit, *changes)
    said = [query["sql"] for query in asked.captured_queries]
    assert len(said) == (1 if connection.vendor == "postgresql" else 3), said


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_of_many_at_one_moment_only_one_finds_what_it_saw(visit):
    begin, done = threading.Barrier(8), []

    def change(number):
        begin.wait()
        change = moved_on(visit, to=LATER + timedelta(seconds=number))
        while len(done) < len(threads):
            try:
                done.append(together(visit, change))
                break
            except OperationalError:
                # In memory, threads do not wait for each other's tables.
                assert connection.vendor == "sqlite"
        connections.close_all()

    threads = [threading.Thread(target=change, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done, key=bool) == [None] * 7 + [[visit.pk]]
