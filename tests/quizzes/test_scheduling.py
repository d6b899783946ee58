"""FSRS-6 by the vectors of three independent implementations, our days, fuzz and mapping."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from quizzes.guessing import corrected_for_guessing, options_of, typical_options
from quizzes.scheduling import (
    DAY,
    Review,
    due_at,
    interval_days,
    next_state,
    rating_of,
    recall,
    remember,
    replay,
    scatter,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = Rating.Again, Rating.Hard, Rating.Good, Rating.Easy
GOODS_AND_LAPSES = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
STABILITIES = [
    2.3065, 10.9643, 46.2802, 162.8622, 497.4472, 1345.5288, 9.4446, 1.3126, 2.3497, 4.194, 7.4665,
    12.7315, 21.5282,
]  # fmt: skip
DIFFICULTIES = [
    2.1181, 2.1112, 2.1043, 2.0975, 2.0906, 2.0837, 7.3832, 9.1251, 9.1112, 9.0973, 9.0835, 9.0696,
    9.0558,
]  # fmt: skip
INTERVALS = [2, 11, 46, 163, 497, 1346, 9, 1, 2, 4, 7, 13, 22]


def review(at=NOON, rating=GOOD, matter="key", **more):
    return Review(at, rating, matter, **more)


def states(ratings, intervals):
    """The states after grades that are given the stated days apart."""
    state, days, passed = None, 0, []
    for rating, following in zip(ratings, intervals, strict=True):
        state = next_state(state, rating, days)
        passed.append(state)
        days = following
    return passed


def test_the_vector_without_steps_to_four_decimals():
    reached = states(GOODS_AND_LAPSES, INTERVALS)
    assert [round(stability, 4) for stability, _ in reached] == STABILITIES
    assert [round(difficulty, 4) for _, difficulty in reached] == DIFFICULTIES


def test_the_vector_with_the_steps_of_the_package_shows_that_it_is_the_version_we_mean():
    scheduler, card, intervals = Scheduler(enable_fuzzing=False), Card(card_id=1), []
    at, stabilities = NOON, []
    for rating in GOODS_AND_LAPSES:
        card, _ = scheduler.review_card(card, rating, review_datetime=at)
        intervals.append((card.due - at).days)
        stabilities.append(round(card.stability or 0.0, 4))
        at = card.due
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    assert stabilities == [
        2.3065, 2.3065, 10.971, 46.3169, 162.9998, 497.8766, 6.8904, 2.1546, 2.1546, 3.9831, 7.2363,
        12.483, 20.7704,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        (AGAIN, [1, 1, 1, 1]),
        (HARD, [1, 3, 7, 12]),
        (GOOD, [2, 11, 46, 163]),
        (EASY, [8, 66, 365, 365]),  # uncapped 397 and 1875
    ],
)
def test_the_same_grade_four_times(rating, expected):
    state, days, intervals = None, 0, []
    for _ in range(4):
        state = next_state(state, rating, days)
        days = interval_days(state[0])
        intervals.append(days)
    assert intervals == expected


@pytest.mark.parametrize(
    ("retention", "expected"),
    [
        (0.70, [21, 310, 365]),
        (0.80, [8, 75, 365]),
        (0.85, [4, 31, 173, 365]),
        (0.90, [2, 11, 46, 163, 365]),
        (0.95, [1, 3, 8, 19, 43]),
    ],
)
def test_the_table_of_retentions(retention, expected):
    state, days, intervals = None, 0, []
    for _ in expected:
        state = next_state(state, GOOD, days)
        days = interval_days(state[0], retention)
        intervals.append(days)
    assert intervals == expected


@given(st.floats(0.001, 5000), st.sampled_from([0.8, 0.85, 0.9, 0.93, 0.95]))
def test_our_interval_is_that_of_the_package(stability, retention):
    scheduler = Scheduler(desired_retention=retention, maximum_interval=365, enable_fuzzing=False)
    assert interval_days(stability, retention) == scheduler._next_interval(stability=stability)


@given(st.floats(0.01, 5000), st.integers(0, 2000))
def test_recall_is_that_of_the_package_at_whole_days(stability, days):
    card = Card(card_id=1, stability=stability, last_review=NOON, due=NOON)
    of_package = Scheduler().get_card_retrievability(card, NOON + days * DAY)
    assert recall(stability, days) == pytest.approx(of_package, abs=1e-12)


@given(st.floats(0.1, 500), st.floats(0, 700), st.floats(0.01, 1))
def test_recall_falls_all_the_time_and_not_at_midnight(stability, days, later):
    assert recall(stability, days + later) < recall(stability, days) <= 1


def test_recall_is_nine_tenths_when_the_stability_has_passed():
    assert recall(46.2802, 46.2802) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("verdict", "hints", "certainty", "rating"),
    [
        ("correct", 0, None, GOOD),
        ("correct", 0, 3, GOOD),
        ("correct", 0, 2, GOOD),
        ("correct", 0, 1, HARD),
        ("correct", 1, None, AGAIN),
        ("correct", 2, 3, AGAIN),
        ("partial", 0, None, AGAIN),
        ("partial", 0, 1, AGAIN),
        ("incorrect", 0, None, AGAIN),
        ("incorrect", 0, 1, AGAIN),
        ("incorrect", 0, 3, AGAIN),
    ],
)
def test_how_an_answer_is_graded(verdict, hints, certainty, rating):
    assert rating_of(verdict=verdict, hints_seen=hints, certainty=certainty) == rating


def test_right_again_on_the_same_day_changes_nothing():
    once = remember(None, review())
    assert remember(once, review(NOON + timedelta(hours=11))) == once
    assert remember(once, review(NOON + timedelta(hours=11), HARD)) == once


def test_wrong_later_on_the_same_day_counts_and_lowers():
    once = remember(None, review())
    twice = remember(once, review(NOON + timedelta(hours=1), AGAIN))
    assert twice.stability < once.stability
    assert (twice.reviews, twice.lapses) == (2, 1)


@given(st.lists(st.tuples(st.sampled_from([AGAIN, HARD, GOOD]), st.integers(0, 60)), min_size=1))
def test_no_number_of_answers_on_one_day_makes_a_memory_stronger(answers):
    first = remember(None, review())
    memory = first
    for rating, minutes in answers:
        memory = remember(memory, review(NOON + timedelta(minutes=minutes), rating))
    assert memory.stability <= first.stability


def test_the_next_day_begins_at_midnight_utc():
    late = remember(None, review(datetime(2026, 11, 21, 23, 50, tzinfo=UTC)))
    after = remember(late, review(datetime(2026, 11, 22, 0, 10, tzinfo=UTC)))
    assert after.reviews == 2
    assert after.stability > late.stability


def test_a_clock_that_was_set_back_counts_as_standing_still():
    once = remember(None, review())
    assert remember(once, review(NOON - 9 * DAY)) == once
    assert remember(once, review(NOON - 9 * DAY, AGAIN)).last_at == NOON


def test_another_key_starts_anew_even_on_the_same_day():
    learned = replay([review(), review(NOON + 2 * DAY)])
    anew = remember(learned, review(NOON + 2 * DAY, matter="other key"))
    assert (round(anew.stability, 4), anew.reviews, anew.held_days) == (2.3065, 1, 0)


def test_what_is_held_is_the_longest_gap_with_a_right_answer():
    memory = replay(
        [review(), review(NOON + 3 * DAY), review(NOON + 5 * DAY), review(NOON + 40 * DAY, AGAIN)]
    )
    assert memory.held_days == 3
    assert (memory.reviews, memory.lapses) == (4, 1)


def test_a_certain_mistake_is_known_until_the_next_answer_that_counts():
    wrong = remember(None, review(rating=AGAIN, is_confidently_wrong=True))
    same_day = remember(wrong, review(NOON + timedelta(hours=1)))
    assert same_day.is_confidently_wrong
    assert not remember(wrong, review(NOON + DAY)).is_confidently_wrong


@given(st.integers(1, 365))
def test_the_scatter_stays_within_its_band(days):
    least, most = scatter(days)
    assert 1 <= least <= days <= most <= 365
    assert most - days <= 1.5 + days * 0.15
    memory = remember(None, review())
    stability = days if days > 1 else 0.5
    for learner in range(5):
        due = due_at(
            type(memory)(**{**asdict_of(memory), "stability": float(stability)}),
            learner=learner,
            question=1,
            retention=0.9,
        )
        assert least <= (due.date() - NOON.date()).days <= most


def asdict_of(memory):
    return {name: getattr(memory, name) for name in memory.__dataclass_fields__}


def test_the_band_is_what_fsrs_names():
    assert [scatter(days) for days in (1, 2, 3, 20, 50, 365)] == [
        (1, 1), (2, 2), (2, 4), (17, 23), (46, 54), (345, 365),
    ]  # fmt: skip


def test_due_from_the_start_of_the_day_but_after_half_a_day_of_rest():
    wrong = remember(None, review(datetime(2026, 11, 21, 23, 50, tzinfo=UTC), AGAIN))
    due = due_at(wrong, learner=1, question=1, retention=0.9)
    assert due == datetime(2026, 11, 22, 11, 50, tzinfo=UTC)
    right = remember(None, review())
    due = due_at(right, learner=1, question=1, retention=0.9)
    assert due == datetime(2026, 11, 23, tzinfo=UTC)


def test_two_processes_draw_the_same_days():
    code = """
from datetime import UTC, datetime, timedelta
from fsrs import Rating
from quizzes.scheduling import Review, due_at, replay
noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
memory = replay(Review(noon + timedelta(days=d), Rating.Good, "key") for d in (0, 2, 13, 59))
print([due_at(memory, learner=n, question=7, retention=0.9).isoformat() for n in range(20)])
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert len(set(eval(outputs.pop()))) > 5


def test_guesses_are_taken_out():
    assert corrected_for_guessing(0.925, 4) == pytest.approx(0.9)
    assert corrected_for_guessing(0.9333, 3) == pytest.approx(0.9, abs=1e-3)
    assert corrected_for_guessing(0.25, 4) == 0
    assert corrected_for_guessing(0.1, 4) == 0
    assert corrected_for_guessing(0.87, float("inf")) == 0.87
    with pytest.raises(ValueError, match="guess"):
        corrected_for_guessing(0.5, 1)


def test_how_many_answers_a_guess_is_one_of():
    assert options_of("choose-one", {"choices": [1, 2, 3, 4]}) == 4
    assert options_of("choose-all", {"choices": [1, 2, 3]}) == 7
    assert options_of("sorting", {"options": ["a", "b"], "rows": [1, 2, 3]}) == 8
    assert options_of("ordering", {"items": ["a", "b", "c"]}) == 6
    assert options_of("typed", {}) == float("inf")
    assert typical_options([4, 4]) == 4
    assert typical_options([2, float("inf")]) == 4
    assert typical_options([float("inf")]) == float("inf")
