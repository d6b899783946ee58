"""What a worker remembers of an attempt is what the database holds, whoever answered meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learn.accounts.merging import merge_guest
from learn.models import LessonVisit, User
from learn.models.memory import Memory
from quizzes.answering import record_answer, record_first_answer
from quizzes.answers import Circumstances, NotAskedError
from quizzes.beginning import begin_attempt, begin_retry
from quizzes.held import held_lesson
from quizzes.kinds.choice import choice_ids
from quizzes.models import Attempt, Response, Scope
from quizzes.sittings import sitting_of, unbegun_sitting
from quizzes.stored import latest_attempt
from tests.factories import NOW, TERMS, ask, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
MINUTE = timedelta(minutes=1)
NAMES = ["one", "two", "three"]


class Worker:
    """One of several processes, with a memory of its own."""

    def __init__(self, monkeypatch):
        self.monkeypatch, self.memory = monkeypatch, Memory(10)

    def attempt_of(self, user):
        self.monkeypatch.setattr("quizzes.sittings._held", self.memory)
        lesson = held_lesson("animals", "cats").lesson
        return latest_attempt(user=user, lesson=lesson, scope=Scope.CHECK)

    def sitting_of(self, user):
        return sitting_of(self.attempt_of(user))

    def answer(self, user, position, text, minutes):
        """Answer a question some minutes after the first; the first answer begins the attempt."""
        attempt = self.attempt_of(user)
        lesson = held_lesson("animals", "cats").lesson
        sitting = sitting_of(attempt) if attempt else unbegun_sitting(lesson, seed="s", terms=TERMS)
        given = {
            "version": sitting.at(position).version.code,
            "fields": {"choice": choice_ids([text])},
            "at": NOW + minutes * MINUTE,
            "circumstances": Circumstances(),
        }
        if attempt is None:
            return record_first_answer(user=user, sitting=sitting, **given)
        return record_answer(attempt=attempt, **given)


@pytest.fixture
def workers(monkeypatch):
    make_lesson(drafts=[make_draft(name, stem=f"{name}?") for name in NAMES])
    return Worker(monkeypatch), Worker(monkeypatch)


def right_answer(attempt, version):
    """Answer a question of an attempt that was read a while ago."""
    return record_answer(
        attempt=attempt,
        version=version,
        fields={"choice": choice_ids(["yes"])},
        at=NOW + 2 * MINUTE,
        circumstances=Circumstances(),
    )


def given_in(sitting):
    """The texts of the verdicts by position."""
    return {asked.position: [r.verdict for r in asked.responses] for asked in sitting.questions}


def test_what_was_answered_here_is_not_read_again(workers):
    here, learner = workers[0], make_learner()
    here.answer(learner, 1, "yes", 0)
    here.answer(learner, 2, "no", 1)
    attempt = here.attempt_of(learner)
    with CaptureQueriesContext(connection) as asked:
        remembered = sitting_of(attempt)
    assert not asked.captured_queries
    attempt.visited_at = None
    assert remembered == sitting_of(attempt)
    assert given_in(remembered) == {1: ["correct"], 2: ["incorrect"], 3: []}


def test_an_answer_that_another_worker_took_is_seen(workers):
    here, there = workers
    learner = make_learner()
    here.answer(learner, 1, "yes", 0)
    there.answer(learner, 2, "no", 1)
    attempt = here.attempt_of(learner)
    with CaptureQueriesContext(connection) as asked:
        brought_up = sitting_of(attempt)
    assert ["SELECT i.id" in query["sql"] for query in asked] == [True]
    assert given_in(brought_up) == {1: ["correct"], 2: ["incorrect"], 3: []}
    attempt.visited_at = None
    assert brought_up == sitting_of(attempt)
    outcome = here.answer(learner, 3, "yes", 2)
    attempt = Attempt.objects.get()
    assert (attempt.right, attempt.percent) == (2, 66)
    assert attempt.finished_at == NOW + 2 * MINUTE == LessonVisit.objects.get().last_at
    assert given_in(outcome.sitting) == {1: ["correct"], 2: ["incorrect"], 3: ["correct"]}


def test_an_attempt_read_before_another_answer_is_read_again(workers):
    here, there = workers
    learner = make_learner()
    here.answer(learner, 1, "yes", 0)
    read_early = here.attempt_of(learner)
    version = sitting_of(read_early).at(2).version.code
    there.answer(learner, 3, "yes", 1)
    here.attempt_of(learner)
    outcome = right_answer(read_early, version)
    assert given_in(outcome.sitting) == {position: ["correct"] for position in (1, 2, 3)}
    assert Attempt.objects.get().percent == 100
    assert Response.objects.count() == 3


def test_a_question_published_anew_keeps_its_old_wording_in_the_attempt(workers):
    here, learner = workers[0], make_learner()
    here.answer(learner, 1, "yes", 0)
    lesson = held_lesson("animals", "cats").lesson
    ask(lesson, [make_draft("one", stem="New?"), make_draft("two"), make_draft("three")])
    before = here.sitting_of(learner)
    attempt = here.attempt_of(learner)
    attempt.visited_at = None
    assert before == sitting_of(attempt)
    assert before.at(1).version.parts["stem"] == "one?"


def test_what_a_merge_moved_is_seen(workers):
    here, there = workers
    guest, account = User.objects.guest_for("v" * 32), make_learner()
    here.answer(account, 1, "yes", 0)
    read_early = here.attempt_of(account)
    version = sitting_of(read_early).at(2).version.code
    there.answer(guest, 2, "no", -1)
    merge_guest(guest.pk, into=account.pk, at=NOW + MINUTE)
    assert given_in(here.sitting_of(account)) == {1: ["correct"], 2: ["incorrect"], 3: []}
    outcome = right_answer(read_early, version)
    assert not outcome.is_new
    assert outcome.contradicts
    assert Response.objects.count() == 2


def test_what_a_merge_left_behind_is_not_remembered(workers):
    here = workers[0]
    guest, account = User.objects.guest_for("v" * 32), make_learner()
    lesson = held_lesson("animals", "cats").lesson
    for position, text in ((1, "no"), (2, "no"), (3, "yes")):
        here.answer(guest, position, text, position)
    missed_in = here.attempt_of(guest)
    begin_retry(missed_in=missed_in, user=guest, shuffle=False, at=NOW + 4 * MINUTE)
    here.answer(guest, 1, "yes", 5)
    version = here.sitting_of(guest).at(2).version.code
    begin_attempt(user=account, lesson=lesson, terms=TERMS, seed="a", at=NOW)
    merge_guest(guest.pk, into=account.pk, at=NOW + 6 * MINUTE)
    retry = Attempt.objects.get(retry_of=missed_in)
    read = latest_attempt(user=account, lesson=lesson, scope=Scope.CHECK, token=retry.token)
    assert read is not None
    assert given_in(sitting_of(read)) == {1: ["correct"]}
    with pytest.raises(NotAskedError):
        right_answer(read, version)
