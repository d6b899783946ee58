"""Several changes happen all together or not at all, on either database."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from learn.models import LessonVisit, User
from learn.models.changes import Insertion, Kept, KeyOf, Step, Update, inserted
from learn.models.together import change_together
from tests.factories import DAY, NOW, make_learner, make_lesson

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


def two_people(name):
    """A step that makes two people and their visits."""
    lesson, like = LessonVisit.objects.get().lesson, make_learner(name)
    columns = [field.attname for field in User._meta.concrete_fields if field.attname != "id"]
    values = {column: getattr(like, column) for column in columns}
    people = tuple({**values, "username": f"{name}-{number}"} for number in range(2))
    times = {"lesson_id": lesson.pk, "first_at": NOW, "last_at": NOW}
    visits = tuple({"user_id": KeyOf(0, number), **times} for number in range(2))
    return Step((Insertion(User, people), Insertion(LessonVisit, visits)))


@DATABASES
def test_of_several_steps_each_is_told_its_own_keys(visit):
    other = make_learner("other")
    renaming = Step((renamed(other, was={}),), Kept(User, {"id": visit.user_id}))
    steps = [two_people("ann"), Step((moved_on(visit),)), two_people("bob"), renaming]
    written = change_together(*steps)
    names = dict(User.objects.values_list("pk", "username"))
    visitors = dict(LessonVisit.objects.values_list("pk", "user"))
    for [people, visits], name in ((written[0], "ann"), (written[2], "bob")):
        assert [names[key] for key in people] == [f"{name}-0", f"{name}-1"]
        assert [visitors[key] for key in visits] == people
    assert (written[1], written[3]) == ([[visit.pk]], [[other.pk]])


@DATABASES
@pytest.mark.parametrize("too_late", ["another", "the same"])
def test_of_several_steps_none_is_made_where_one_finds_no_row(visit, too_late):
    late = moved_on(visit, seen=NOW - DAY) if too_late == "another" else moved_on(visit)
    steps = [two_people("ann"), Step((moved_on(visit),)), Step((late,))]
    assert change_together(*steps) is None
    visit.refresh_from_db()
    assert visit.last_at == NOW
    assert User.objects.filter(username__startswith="ann-").count() == 0


@DATABASES
def test_two_that_write_over_one_row_are_no_fault(visit):
    again = LessonVisit.objects.recording(user=visit.user, lesson=visit.lesson, at=LATER)
    written = change_together(Step((again,)), Step((again,)))
    assert (written is None) == (connection.vendor == "postgresql")
    assert change_together(Step((again,))) is not None
    visit.refresh_from_db()
    assert visit.last_at == LATER
