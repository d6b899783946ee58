"""Cards follow the answers, and are rebuilt from them exactly."""

import importlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.beginning import begin_attempt, begin_retry
from quizzes.kinds.choice import choice_ids
from quizzes.models import Attempt, Question, ReviewCard, Role, Scope
from quizzes.quick import item_to_answer, quick_questions
from quizzes.review_sessions import NothingDueError, begin_review
from quizzes.reviewing import (
    RetentionRangeError,
    card_move,
    change_retention,
    read_percent,
    rebuild_cards,
)
from quizzes.scheduling import review_of
from quizzes.sittings import sitting_of
from tests.factories import (
    DAY,
    NOW,
    TERMS,
    answer,
    answer_with,
    ask,
    begin,
    make_course,
    make_draft,
    make_learner,
    make_lesson,
)

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = timedelta(hours=1)


def rows(user):
    """All that the person's cards say, but for their ids."""
    cards = ReviewCard.objects.filter(user=user).order_by("question")
    return [{k: v for k, v in card.items() if k != "id"} for card in cards.values()]


def card_of(user, key="one"):
    return ReviewCard.objects.get(user=user, question__key=key)


def test_the_first_answer_makes_a_card():
    user = make_learner()
    answer(begin(make_lesson(), user), 1, "yes")
    card = card_of(user)
    assert (round(card.stability, 4), round(card.difficulty, 4)) == (2.3065, 2.1181)
    assert (card.due_at - NOW).days in {1, 2}
    assert card.due_at.hour == 0
    assert card.matter == Question.objects.get(key="one").live.matter
    assert (card.reviews, card.lapses, card.held_days) == (1, 0, 0)


def test_a_wrong_answer_is_due_the_next_day_and_relearning_does_not_mend_that():
    user = make_learner()
    attempt = begin(make_lesson(), user)
    answer(attempt, 1, "no")
    answer(attempt, 2, "yes")
    before = rows(user)
    assert (card_of(user).due_at.date() - NOW.date()).days == 1
    answer(attempt, 1, "yes", at=NOW + HOUR, try_number=2)
    assert rows(user) == before


def test_a_retry_moves_nothing():
    user = make_learner()
    attempt = begin(make_lesson(), user)
    answer(attempt, 1, "no")
    answer(attempt, 2, "yes")
    before = rows(user)
    later = NOW + 3 * DAY
    again = begin_retry(missed_in=attempt, user=user, shuffle=True, at=later)
    answer(again, 1, "yes", at=later)
    assert rows(user) == before
    rebuild_cards(user)
    assert rows(user) == before


def test_a_second_counted_try_does_not_make_a_wrong_answer_right():
    user = make_learner()
    draft = make_draft("one")
    attempt = begin(make_lesson(drafts=[replace(draft, spec={**draft.spec, "tries": 2})]), user)
    answer(attempt, 1, "no")
    before = rows(user)
    answer(attempt, 1, "yes", try_number=2)
    assert rows(user) == before
    assert card_of(user).stability == pytest.approx(0.212)


def test_a_certain_mistake_is_noted():
    user = make_learner()
    lesson = make_lesson()
    terms = replace(TERMS, asks_certainty=True)
    attempt = begin_attempt(user=user, lesson=lesson, terms=terms, seed="s", at=NOW)
    answer_with(attempt, 1, {"choice": choice_ids(["no"]), "certainty": ["3"]})
    answer_with(attempt, 2, {"choice": choice_ids(["no"]), "certainty": ["1"]})
    assert card_of(user, "one").is_confidently_wrong
    assert not card_of(user, "two").is_confidently_wrong


def test_quick_checks_are_scheduled_too():
    user = make_learner()
    lesson = make_lesson(drafts=[replace(make_draft("fast"), role=Role.QUICK)])
    asked = quick_questions(lesson, user=user, seed="s", shuffle=True)["fast"]
    item = item_to_answer(asked, lesson=lesson, user=user, at=NOW)
    answer(item.attempt, 1, "yes")
    assert card_of(user, "fast").reviews == 1


def test_a_better_wording_keeps_the_schedule_and_another_key_starts_anew():
    user = make_learner()
    lesson = make_lesson(drafts=[make_draft("one")])
    answer(begin(lesson, user), 1, "yes")
    ask(lesson, [make_draft("one", stem="Which one?")])
    answer(begin(lesson, user, at=NOW + 3 * DAY), 1, "yes", at=NOW + 3 * DAY)
    assert card_of(user).reviews == 2
    ask(lesson, [make_draft("one", right=("no",), wrong=("yes", "maybe"))])
    answer(begin(lesson, user, at=NOW + 9 * DAY), 1, "no", at=NOW + 9 * DAY)
    card = card_of(user)
    assert (card.reviews, round(card.stability, 4)) == (1, 2.3065)
    assert card.first_at == NOW + 9 * DAY


def test_an_answer_takes_two_more_queries_at_most():
    user = make_learner()
    lesson = make_lesson()
    attempt = begin(lesson, user)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer(attempt, 1, "yes")
    about_cards = [q["sql"] for q in queries if "quizzes_reviewcard" in q["sql"]]
    assert len(about_cards) == 2


@pytest.mark.parametrize("had_a_card", [True, False])
def test_a_card_that_moves_while_an_answer_is_on_its_way_moves_on_from_there(had_a_card):
    user, lesson = make_learner(), make_lesson()
    if had_a_card:
        answer(begin(lesson, user), 1, "yes", at=NOW)
    question = Question.objects.get(key="one")
    reviews = [
        review_of(
            verdict=verdict,
            hints_seen=0,
            certainty=None,
            matter=question.live.matter,
            at=NOW + days * DAY,
        )
        for verdict, days in (("incorrect", 10), ("correct", 20))
    ]
    first, second = [card_move(user, question.pk, review) for review in reviews]
    with transaction.atomic():
        first.carry_out()
        second.carry_out()
    moved = rows(user)
    ReviewCard.objects.filter(user=user).delete()
    if had_a_card:
        rebuild_cards(user)
    for review in reviews:
        card_move(user, question.pk, review).carry_out()
    assert rows(user) == moved
    assert moved[0]["last_at"] == NOW + 20 * DAY


@pytest.mark.parametrize("is_seen_as_it_is", [True, False])
def test_a_card_whose_times_are_spelled_otherwise_is_moved_on(is_seen_as_it_is):
    lesson, user = make_lesson(), make_learner()
    question = Question.objects.filter(lesson=lesson)[0]
    reviews = [
        review_of(verdict="correct", hints_seen=0, certainty=None, matter="m", at=NOW + n * DAY)
        for n in range(3)
    ]
    with transaction.atomic():
        card_move(user, question.pk, reviews[0]).carry_out()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE quizzes_reviewcard SET last_at = last_at || '.000000'")
    move = card_move(user, question.pk, reviews[1])
    if not is_seen_as_it_is:
        with transaction.atomic():
            card_move(user, question.pk, reviews[1]).carry_out()
        move = move._replace(review=reviews[2])
    with transaction.atomic():
        move.carry_out()
    card = ReviewCard.objects.get(user=user, question=question)
    last = 1 if is_seen_as_it_is else 2
    assert (card.reviews, card.last_at) == (last + 1, NOW + last * DAY)


def test_how_much_is_remembered_moves_due_times_and_nothing_else():
    user = make_learner()
    lesson = make_lesson()
    for day in (0, 3, 12):
        attempt = begin(lesson, user, at=NOW + day * DAY)
        for position in (1, 2):
            answer(attempt, position, "yes", at=NOW + day * DAY)
    before = rows(user)
    change_retention(user, 95)
    sooner = rows(user)
    assert all(new["due_at"] < old["due_at"] for new, old in zip(sooner, before, strict=True))
    assert [{**row, "due_at": 0} for row in sooner] == [{**row, "due_at": 0} for row in before]
    rebuild_cards(user)
    assert rows(user) == sooner
    change_retention(user, 90)
    assert rows(user) == before


@pytest.mark.parametrize("text", ["79", "96", "", "ninety", "-90", "٩٠", "9" * 400])
def test_a_share_that_makes_no_sense_is_refused(text):
    with pytest.raises(RetentionRangeError):
        read_percent(text)


def test_rebuilding_takes_away_what_no_answer_stands_for():
    user, other = make_learner(), make_learner("other")
    lesson = make_lesson()
    for person in (user, other):
        attempt = begin(lesson, person)
        answer(attempt, 1, "yes")
        answer(attempt, 2, "no")
    of_other = rows(other)
    Attempt.objects.filter(user=user).update(user=other)
    assert rebuild_cards(user) == 0
    assert rows(user) == []
    assert len(of_other) == rebuild_cards(other)
    [one, two] = Question.objects.order_by("key")
    ReviewCard.objects.filter(user=other).update(stability=99)
    assert rebuild_cards(other, questions=[one]) == 1
    assert [row["stability"] == 99 for row in rows(other)] == [False, True]
    assert rebuild_cards(other, questions=[]) == 0
    assert two.review_cards.count() == 1


def test_answers_of_before_there_were_cards_get_theirs():
    user = make_learner(desired_retention=0.85)
    lesson = make_lesson()
    for day in (0, 3, 40):
        attempt = begin(lesson, user, at=NOW + day * DAY)
        answer(attempt, 1, "yes", at=NOW + day * DAY)
        answer(attempt, 2, "no", at=NOW + day * DAY)
    before = rows(user)
    ReviewCard.objects.all().delete()
    migration = importlib.import_module("quizzes.migrations.0005_cards_for_earlier_answers")
    migration.make_cards(apps, None)
    assert rows(user) == before


EVENTS = st.tuples(
    st.sampled_from(["check", "check", "quick", "review", "again", "retry", "key", "retention"]),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from(["1", "2", "3"]),
    st.sampled_from([0, 0, 0, 1]),
    st.sampled_from([-50, -1, 0, 0.1, 5, 24, 26, 49, 300, 2000]),
)


class History:
    """A person who does all kinds of things to a lesson of two questions and a quick check."""

    def __init__(self, number):
        self.user = make_learner(f"person-{number}")
        self.at, self.keys = NOW, [0, 0, 0]
        course = make_course(f"course-{number}")
        self.lesson = make_lesson(course, drafts=self.drafts())

    def drafts(self):
        """The key of each question is one of three, by how often it was changed."""
        made = []
        for name, changes in zip(("one", "two", "fast"), self.keys, strict=True):
            texts = ["yes", "no", "maybe"]
            right = texts[changes % 3]
            wrong = tuple(text for text in texts if text != right)
            made.append(make_draft(name, right=(right,), wrong=wrong))
        made[1] = replace(made[1], spec={**made[1].spec, "tries": 2})
        made[2] = replace(made[2], role=Role.QUICK)
        return made

    def live(self, event):
        kind, number, is_right, certainty, hints, hours = event
        self.at += hours * HOUR
        if kind == "key":
            self.keys[number - 1] += 1
            ask(self.lesson, self.drafts(), at=self.at)
        elif kind == "retention":
            change_retention(self.user, 80 + 5 * number)
        else:
            attempt = getattr(self, kind)()
            if attempt is not None:
                self.answer(attempt, number, is_right, certainty, hints)

    def check(self):
        terms = replace(TERMS, asks_certainty=True)
        return begin_attempt(user=self.user, lesson=self.lesson, terms=terms, seed="s", at=self.at)

    def quick(self):
        asked = quick_questions(self.lesson, user=self.user, seed="s", shuffle=True)["fast"]
        return item_to_answer(asked, lesson=self.lesson, user=self.user, at=self.at).attempt

    def review(self):
        try:
            return begin_review(self.user, self.at)
        except NothingDueError:
            return None

    def again(self):
        return Attempt.objects.filter(user=self.user).order_by("-pk").first()

    def retry(self):
        attempt = Attempt.objects.filter(
            user=self.user, scope=Scope.CHECK, finished_at__isnull=False
        ).last()
        if attempt is None or not sitting_of(attempt).misses:
            return None
        return begin_retry(missed_in=attempt, user=self.user, shuffle=True, at=self.at)

    def answer(self, attempt, number, is_right, certainty, hints):
        """Answer all that is open, question ``number`` otherwise than the others."""
        attempt.user = self.user
        for place, asked in enumerate(sitting_of(attempt).questions, start=1):
            if not sitting_of(attempt).takes_answer(asked):
                continue
            wanted = is_right != (place == number)
            choices = asked.version.spec["choices"]
            fields = {"choice": [next(c["id"] for c in choices if c["right"] == wanted)]}
            answer_with(
                attempt,
                asked.position,
                {**fields, "certainty": [certainty]},
                at=self.at,
                try_number=len(asked.responses) + 1,
                hints_seen=hints,
            )


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(events=st.lists(EVENTS, min_size=3, max_size=12))
def test_rebuilding_gives_exactly_what_the_answers_left(db, events):
    history = History(Question.objects.count())
    for event in events:
        history.live(event)
    moved = rows(history.user)
    assert rebuild_cards(history.user) == len(moved)
    assert rows(history.user) == moved
    ReviewCard.objects.filter(user=history.user).delete()
    rebuild_cards(history.user)
    assert rows(history.user) == moved
