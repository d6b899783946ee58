"""Two guests and an account learn in any order and are merged in any order, twice, or half."""

from collections import Counter
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from learn.accounts.merging import MERGES, merge_guest
from learn.models import LessonVisit, MergeRecord, User
from quizzes.answering import record_answer
from quizzes.answers import Circumstances
from quizzes.beginning import begin_retry
from quizzes.kinds.choice import choice_ids
from quizzes.models import Attempt, Response, Role, Scope
from quizzes.quick import item_to_answer, quick_questions
from quizzes.sittings import sitting_of
from quizzes.stored import latest_attempt
from tests.factories import (
    NOW,
    begin,
    make_course,
    make_draft,
    make_learner,
    make_lesson,
    make_question,
    right_fields,
    rows_of_others,
    wrong_fields,
)

GUESTS = ("phone", "laptop")
PEOPLE = st.sampled_from([*GUESTS, "account"])
QUICK = make_question("typed", key="quick", role=Role.QUICK)


class Learning(RuleBasedStateMachine):
    """What is expected is kept as a plain list of answers for each person."""

    @initialize()
    def set_up(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        drafts = [make_draft(name) for name in ("one", "two", "three")]
        course = make_course()
        self.lessons = [
            make_lesson(course, "cats", [*drafts[:2], QUICK]),
            make_lesson(course, "dogs", drafts[2:], position=2),
        ]
        self.people = {name: User.objects.guest_for(name.ljust(32, "x")) for name in GUESTS}
        self.people["account"] = make_learner("account")
        self.given = {name: [] for name in self.people}
        self.read = {name: {} for name in self.people}
        self.now = NOW

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def tick(self):
        self.now += timedelta(minutes=1)
        return self.now

    def submit(self, who, item, fields):
        outcome = record_answer(
            attempt=item.attempt,
            version=item.version.code,
            fields=fields,
            at=self.tick(),
            circumstances=Circumstances(try_number=item.responses.count() + 1),
        )
        if outcome.is_new:
            verdict = outcome.asked.latest.verdict
            self.given[who].append((item.version.question_id, self.now, verdict))

    @rule(who=PEOPLE, which=st.integers(0, 1), place=st.integers(1, 2), is_right=st.booleans())
    def answer(self, who, which, place, is_right):
        if who not in self.people:
            return
        user, lesson = self.people[who], self.lessons[which]
        latest = latest_attempt(user=user, lesson=lesson, scope=Scope.CHECK)
        attempt = latest or begin(lesson, user, seed=who, at=self.tick())
        item = attempt.items.select_related("version").filter(position=place).first()
        if item is None:
            return
        attempt.user, attempt.lesson, item.attempt = user, lesson, attempt
        self.submit(who, item, {"choice": choice_ids(["yes" if is_right else "no"])})

    @rule(who=PEOPLE, is_right=st.booleans())
    def answer_quickly(self, who, is_right):
        if who not in self.people:
            return
        user, lesson = self.people[who], self.lessons[0]
        asked = quick_questions(lesson, user=user, seed=who, shuffle=True)["quick"]
        item = item_to_answer(asked, lesson=lesson, user=user, at=self.tick())
        self.submit(who, item, right_fields(QUICK) if is_right else wrong_fields(QUICK))

    @rule(who=PEOPLE, which=st.integers(0, 1), misses_only=st.booleans())
    def go_again(self, who, which, misses_only):
        if who not in self.people:
            return
        user, lesson = self.people[who], self.lessons[which]
        latest = latest_attempt(user=user, lesson=lesson, scope=Scope.CHECK)
        if latest is None or latest.finished_at is None:
            return
        if not misses_only:
            begin(lesson, user, seed=str(self.now), at=self.tick())
        elif sitting_of(latest).misses:
            begin_retry(missed_in=latest, user=user, shuffle=True, at=self.tick())

    @rule(who=PEOPLE, which=st.integers(0, 1))
    def read_lesson(self, who, which):
        if who in self.people:
            lesson = self.lessons[which]
            LessonVisit.objects.mark_read(user=self.people[who], lesson=lesson, at=self.tick())
            self.read[who].setdefault(lesson.pk, self.now)

    @rule(who=st.sampled_from(GUESTS), again=st.booleans())
    def merge(self, who, again):
        if who not in self.people:
            return
        guest = self.people.pop(who)
        merged = merge_guest(guest.pk, into=self.people["account"].pk, at=self.tick())
        assert merged.answers == len(self.given[who])
        self.given["account"] += self.given.pop(who)
        for lesson, at in self.read.pop(who).items():
            self.read["account"][lesson] = min(at, self.read["account"].get(lesson, at))
        if again:
            merge_guest(guest.pk, into=self.people["account"].pk, at=self.tick())
        assert MergeRecord.objects.filter(source=guest.pk).count() == 1

    @rule(who=st.sampled_from(GUESTS), after=st.integers(0, len(MERGES)))
    def merge_and_fail(self, who, after):
        if who not in self.people:
            return

        def fail(*_people):
            raise RuntimeError("interrupted")

        cut = dict(list(MERGES.items())[:after]) | {("cut",): fail}
        with patch.dict(MERGES, cut, clear=True), pytest.raises(RuntimeError):
            merge_guest(self.people[who].pk, into=self.people["account"].pk, at=self.tick())

    @invariant()
    @precondition(lambda self: hasattr(self, "people"))
    def every_answer_is_there_once(self):
        for who, user in self.people.items():
            stored = Response.objects.filter(item__attempt__user=user).values_list(
                "item__version__question_id", "answered_at", "verdict"
            )
            assert Counter(stored) == Counter(self.given[who])
        assert Response.objects.count() == sum(map(len, self.given.values()))
        assert rows_of_others() == []

    @invariant()
    @precondition(lambda self: hasattr(self, "people"))
    def the_first_answer_to_a_question_is_the_earliest(self):
        for who, user in self.people.items():
            stored = Response.objects.counted_in_schedules(user)
            first = {}
            for question, at in stored.order_by("answered_at").values_list(
                "item__version__question_id", "answered_at"
            ):
                first.setdefault(question, at)
            expected = {}
            for question, at, _ in sorted(self.given[who], key=lambda each: each[1]):
                expected.setdefault(question, at)
            assert first == expected

    @invariant()
    @precondition(lambda self: hasattr(self, "people"))
    def attempts_make_sense(self):
        for attempt in Attempt.objects.select_related("lesson", "user"):
            sitting = sitting_of(attempt)
            latest = latest_attempt(user=attempt.user, lesson=attempt.lesson, scope=attempt.scope)
            if attempt.finished_at is None:
                assert latest == attempt
                assert attempt.scope == Scope.QUICK or sitting.first_open() is not None
            else:
                assert (attempt.right, attempt.percent) == (sitting.right, sitting.percent)
                assert attempt.total == sitting.total

    @invariant()
    @precondition(lambda self: hasattr(self, "people"))
    def lessons_were_read_when_they_first_were(self):
        for who, user in self.people.items():
            visits = LessonVisit.objects.filter(user=user, read_at__isnull=False)
            assert dict(visits.values_list("lesson_id", "read_at")) == self.read[who]


@pytest.mark.django_db
def test_any_order_of_learning_and_merging():
    run_state_machine_as_test(
        Learning,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
