"""Choosing one and choosing all: marked fairly whatever is ticked, in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import KINDS
from quizzes.kinds.base import AnswerFaultError, Verdict
from quizzes.kinds.choice import choice_ids, choice_spec, right_choices

texts = st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=7)


@st.composite
def specs_and_picks(draw):
    """A specification with at least one right choice, and a subset of its ids in some order."""
    labels = draw(texts)
    rights = draw(st.lists(st.booleans(), min_size=len(labels), max_size=len(labels)).filter(any))
    spec = choice_spec(zip(labels, rights, strict=True))
    ids = [choice["id"] for choice in spec["choices"]]
    picks = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    return spec, picks


def marked(kind, spec, picks):
    return KINDS[kind].mark(spec, KINDS[kind].read_answer(spec, {"choice": picks}))


@given(specs_and_picks())
def test_choose_all_stays_between_nothing_and_everything(case):
    spec, picks = case
    assert 0 <= marked("choose-all", spec, picks).fraction <= 1


@given(specs_and_picks())
def test_choose_all_gives_everything_for_the_key_and_only_for_the_key(case):
    spec, picks = case
    key = right_choices(spec)
    assert marked("choose-all", spec, sorted(key)).verdict == Verdict.CORRECT
    assert (marked("choose-all", spec, picks).verdict == Verdict.CORRECT) == (set(picks) == key)


@given(specs_and_picks(), st.randoms())
def test_the_order_of_ticking_does_not_matter(case, random):
    spec, picks = case
    shuffled = list(picks)
    random.shuffle(shuffled)
    assert marked("choose-all", spec, picks) == marked("choose-all", spec, shuffled)


@pytest.mark.parametrize(
    ("picks", "fraction"),
    [("ab", 1.0), ("a", 0.5), ("abc", 0.5), ("ac", 0.0), ("c", 0.0), ("abcd", 0.0), ("cd", 0.0)],
)
def test_a_wrong_tick_costs_what_a_right_one_earns(picks, fraction):
    spec = choice_spec([("a", True), ("b", True), ("c", False), ("d", False)])
    ids = dict(zip("abcd", choice_ids("abcd"), strict=True))
    assert marked("choose-all", spec, [ids[letter] for letter in picks]).fraction == fraction


@pytest.mark.parametrize(("pick", "verdict"), [("a", Verdict.CORRECT), ("b", Verdict.INCORRECT)])
def test_choose_one_is_all_or_nothing(pick, verdict):
    spec = choice_spec([("a", True), ("b", False)])
    assert marked("choose-one", spec, choice_ids([pick])).verdict == verdict


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("choose-one", {}, "empty"),
        ("choose-one", {"choice": ["nonsense"]}, "unknown-choice"),
        ("choose-one", {"choice": choice_ids("ab")}, "unknown-choice"),
        ("choose-all", {}, "empty"),
        ("choose-all", {"choice": [*choice_ids("a"), "nonsense"]}, "unknown-choice"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(kind, fields, code):
    spec = choice_spec([("a", True), ("b", False)])
    with pytest.raises(AnswerFaultError) as caught:
        KINDS[kind].read_answer(spec, fields)
    assert caught.value.code == code


@given(texts)
def test_ids_are_unique_and_tell_nothing_of_the_key(labels):
    ids = choice_ids(labels)
    assert len(set(ids)) == len(labels)
    as_right = choice_spec((label, True) for label in labels)
    as_wrong = choice_spec((label, False) for label in labels)
    assert [c["id"] for c in as_right["choices"]] == [c["id"] for c in as_wrong["choices"]] == ids
