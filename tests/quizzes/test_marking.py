"""Tries, points and certainty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking import certainty_mark, earned, percent

fractions = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(
    ("tries", "reward"),
    [([], 0), ([1], 1), ([0, 1], 2 / 3), ([0, 0, 1], 1 / 3), ([0, 0, 0, 1], 0), ([0.5, 0.5], 0.5)],
)
def test_each_further_try_costs_a_third(tries, reward):
    assert earned(tries) == pytest.approx(reward)


@given(st.lists(fractions, max_size=6))
def test_what_is_earned_stays_between_nothing_and_everything(tries):
    assert 0 <= earned(tries) <= 1


@given(st.lists(fractions, min_size=1, max_size=5), fractions)
def test_another_try_never_takes_away_what_was_earned(tries, another):
    assert earned([*tries, another]) >= earned(tries)


@given(st.lists(st.tuples(fractions, st.integers(1, 5)), max_size=8))
def test_a_percentage_is_one(pairs):
    assert 0 <= percent(pairs) <= 100
    assert percent((1.0, points) for _, points in pairs) == (100 if pairs else 0)


@pytest.mark.parametrize(
    ("pairs", "result"),
    [([(1, 1), (0, 1), (1, 1)], 66), ([(1, 3), (0, 1)], 75), ([(1 / 3, 1)] * 3, 33), ([], 0)],
)
def test_points_weigh(pairs, result):
    assert percent(pairs) == result


@pytest.mark.parametrize(
    ("fraction", "certainty", "mark"),
    [
        (1, 1, 1),
        (1, 2, 2),
        (1, 3, 3),
        (0, 1, 0),
        (0, 2, -2),
        (0, 3, -6),
        (0.5, 3, 1.5),
        (0.5, 1, 0.5),
    ],
)
def test_certainty_is_marked_as_moodle_does(fraction, certainty, mark):
    assert certainty_mark(fraction, certainty) == mark


@pytest.mark.parametrize(
    ("probability", "best"), [(0.6, 1), (0.7, 2), (0.79, 2), (0.81, 3), (0.95, 3)]
)
def test_saying_how_sure_one_is_earns_most(probability, best):
    def expected(certainty):
        right, wrong = certainty_mark(1, certainty), certainty_mark(0, certainty)
        return probability * right + (1 - probability) * wrong

    assert max((1, 2, 3), key=expected) == best
