"""Item analysis by first answers, against published figures of LSAT section 6 (Bock 1970)."""

from itertools import product
from math import atanh, sqrt, tanh
from random import Random
from statistics import correlation, fmean

import pytest
from django.db import connection

from learn.answered import answered_in
from learn.models import User
from quizzes.insight import insights
from quizzes.kinds.base import Verdict
from quizzes.kinds.choice import choice_ids
from quizzes.models import Response
from tests.factories import DAY, NOW, answer, ask, begin, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db

# 1,000 persons, five items: how many gave each pattern of wrong and right, from 00000 to 11111.
LSAT6 = [
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
    10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
]  # fmt: skip


def test_the_formulas_give_the_published_figures():
    people = [p for p, n in zip(product((0, 1), repeat=5), LSAT6, strict=True) for _ in range(n)]
    items = list(zip(*people, strict=True))
    assert [round(fmean(item), 3) for item in items] == [0.924, 0.709, 0.553, 0.763, 0.870]
    rest = [[sum(p) - p[n] for p in people] for n in range(5)]
    found = [round(correlation(item, other), 4) for item, other in zip(items, rest, strict=True)]
    assert found == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def learn(lesson, people, answers):
    """Each person answers six questions; ``answers`` gives the texts for person and question."""
    for number in range(people):
        attempt = begin(lesson, make_learner(f"p{number}"))
        for position in range(1, 7):
            answer(attempt, position, answers(number, position))


def said(known):
    """The upper end of the interval, which must be there."""
    assert known.discrimination_at_most is not None
    return known.discrimination_at_most


@pytest.fixture
def lesson():
    return make_lesson(drafts=[make_draft(f"q{n}") for n in range(1, 7)])


def test_a_swapped_key_is_found_and_a_sound_one_is_not(lesson):
    # The better half gets all right, save the first question, whose key is the wrong way round.
    def answers(number, position):
        knows = number % 3 != 0
        return "yes" if knows == (position != 1) else "no"

    learn(lesson, 36, answers)
    known = insights("animals")
    assert known["q1"].answers == 36
    assert known["q1"].facility == pytest.approx(1 / 3)
    assert said(known["q1"]) < 0
    assert said(known["q2"]) > 0
    assert known["q1"].picked == {choice_ids(["yes"])[0]: 12, choice_ids(["no"])[0]: 24}
    assert said(answered_in("animals")["q1"]) < 0


def test_the_interval_is_fishers(lesson):
    learn(lesson, 20, lambda number, position: "yes" if (number * position) % 3 else "no")
    right = [float(bool(number % 3)) for number in range(20)]
    others = [
        fmean(float(bool((number * position) % 3)) for position in range(2, 7))
        for number in range(20)
    ]
    r = correlation(right, others)
    expected = r if abs(r) >= 1 else tanh(atanh(r) + 1.96 / sqrt(17))
    assert insights("animals")["q1"].discrimination_at_most == pytest.approx(expected)


def test_sums_give_what_the_answers_themselves_give(lesson):
    draws = Random(6)
    earned = [[draws.choice((0, 1 / 3, 0.5, 1)) for _ in range(6)] for _ in range(30)]
    learn(lesson, 30, lambda number, position: "yes")
    for number, fractions in enumerate(earned):
        for position, fraction in enumerate(fractions, start=1):
            verdict = Verdict.CORRECT if fraction == 1 else Verdict.PARTIAL
            Response.objects.filter(
                item__attempt__user__username=f"p{number}", item__position=position
            ).update(fraction=fraction, verdict=verdict)
    known = insights("animals")
    for place in range(6):
        here = [float(fractions[place] == 1) for fractions in earned]
        elsewhere = [fmean(f[:place] + f[place + 1 :]) for f in earned]
        upper_end = tanh(atanh(correlation(here, elsewhere)) + 1.96 / sqrt(27))
        assert said(known[f"q{place + 1}"]) == pytest.approx(upper_end)
        assert known[f"q{place + 1}"].facility == pytest.approx(fmean(here))


def test_shares_that_differ_by_rounding_alone_tell_nothing(lesson):
    learn(lesson, 12, lambda number, position: "no" if position == 1 and number % 2 else "yes")
    Response.objects.exclude(item__position=1).update(fraction=1 / 3)
    assert insights("animals")["q1"].discrimination_at_most is None


def test_only_the_first_answer_of_each_learner_to_the_present_key_counts(lesson):
    user = make_learner()
    attempt = begin(lesson, user)
    for position in range(1, 7):
        answer(attempt, position, "no")
    again = begin(lesson, user, at=NOW + DAY)
    answer(again, 1, "yes", at=NOW + DAY)
    assert insights("animals")["q1"].facility == 0
    assert insights("animals")["q1"].discrimination_at_most is None
    ask(lesson, [make_draft("q1", right=("no",), wrong=("yes", "maybe"))])
    assert "q1" not in insights("animals")
    assert User.objects.count() == 1


def test_it_takes_two_queries(lesson, django_assert_num_queries):
    learn(lesson, 3, lambda number, position: "yes")
    with django_assert_num_queries(2):
        insights("animals")


def time_limit():
    """How long a statement may take; SQLite has no such limit."""
    if connection.vendor == "sqlite":
        return "0"
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def test_a_large_class_is_given_the_time_it_takes(lesson, monkeypatch):
    limits = [time_limit()]

    def noted(_course):
        limits.append(time_limit())
        return {}

    monkeypatch.setattr("learn.answered.insights", noted)
    answered_in("animals")
    assert limits == (["0", "0"] if connection.vendor == "sqlite" else ["5s", "0"])
