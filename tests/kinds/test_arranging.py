"""Ordering, matching, sorting and gaps: shares of what is right, from nothing to everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.base import AnswerFaultError
from quizzes.kinds.gaps import Gaps, gaps_spec
from quizzes.kinds.ordering import Ordering, ordering_spec
from quizzes.kinds.placing import Matching, Sorting, placing_spec

texts = st.lists(
    st.text(min_size=1, max_size=8), min_size=2, max_size=6, unique_by=lambda t: " ".join(t.split())
)


def fraction(kind, spec, fields):
    return kind.mark(spec, kind.read_answer(spec, fields)).fraction


@given(texts, st.randoms())
def test_an_order_earns_its_share_of_right_pairs(labels, random):
    spec = ordering_spec(labels)
    shuffled = list(spec["items"])
    random.shuffle(shuffled)
    assert fraction(Ordering(), spec, {"order": spec["items"]}) == 1
    assert fraction(Ordering(), spec, {"order": spec["items"][::-1]}) == 0
    earned = fraction(Ordering(), spec, {"order": shuffled})
    assert 0 <= earned <= 1
    assert (earned == 1) == (shuffled == spec["items"])


def test_one_swap_of_neighbours_costs_one_pair():
    spec = ordering_spec("abcd")
    a, b, c, d = spec["items"]
    assert fraction(Ordering(), spec, {"order": [b, a, c, d]}) == pytest.approx(5 / 6)


@pytest.mark.parametrize(
    ("order", "code"), [([], "empty"), (["x"], "unknown-choice"), (None, "unknown-choice")]
)
def test_an_order_that_leaves_something_out_is_refused(order, code):
    spec = ordering_spec("abc")
    fields = {"order": spec["items"][:2] if order is None else order}
    with pytest.raises(AnswerFaultError) as caught:
        Ordering().read_answer(spec, fields)
    assert caught.value.code == code


@given(texts, st.data())
@pytest.mark.parametrize("kind", [Matching(), Sorting()], ids=["matching", "sorting"])
def test_a_placing_earns_its_share_of_right_rows(kind, labels, data):
    options = data.draw(
        st.lists(
            st.sampled_from(["one", "two", "three"]), min_size=len(labels), max_size=len(labels)
        )
    )
    spec = placing_spec(zip(labels, options, strict=True))
    key = {f"place-{row['id']}": [row["option"]] for row in spec["rows"]}
    assert fraction(kind, spec, key) == 1
    picked = {name: [data.draw(st.sampled_from(spec["options"]))] for name in key}
    expected = sum(picked[name] == key[name] for name in key) / len(key)
    assert fraction(kind, spec, picked) == expected
    assert fraction(kind, spec, dict(reversed(picked.items()))) == expected


@pytest.mark.parametrize(("filled", "code"), [(0, "empty"), (1, "incomplete")])
def test_a_placing_with_rows_left_open_is_refused(filled, code):
    spec = placing_spec([("a", "x"), ("b", "y")])
    rows = spec["rows"][:filled]
    with pytest.raises(AnswerFaultError) as caught:
        Matching().read_answer(spec, {f"place-{row['id']}": [row["option"]] for row in rows})
    assert caught.value.code == code


def test_headings_without_a_statement_are_still_options():
    spec = placing_spec([("a", "x")], options=["x", "y"])
    assert len(spec["options"]) == 2


@given(
    st.lists(
        st.lists(st.text(min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_gaps_earn_their_share(accepted):
    accepted = [[text for text in texts if "\x00" not in text] or ["x"] for texts in accepted]
    spec = gaps_spec(accepted)
    key = {f"gap-{gap['id']}": [gap["accepted"][-1]] for gap in spec["gaps"]}
    assert fraction(Gaps(), spec, key) == 1
    one = dict(list(key.items())[:1])
    assert 0 < fraction(Gaps(), spec, one) <= 1


def test_gaps_forgive_what_typing_forgives_and_ask_for_the_spelling():
    spec = gaps_spec([["15 minutes", "15 min"], ["idempotent"]])
    assert fraction(Gaps(), spec, {"gap-1": ["15 MIN"], "gap-2": ["Idempotent"]}) == 1
    answer = Gaps().read_answer(spec, {"gap-1": ["15 min"], "gap-2": ["idempotnet"]})
    assert Gaps().needs_spelling(spec, answer)
    answer = Gaps().read_answer(spec, {"gap-1": ["16 min"], "gap-2": ["fast"]})
    assert not Gaps().needs_spelling(spec, answer)


def test_empty_gaps_are_no_answer():
    with pytest.raises(AnswerFaultError):
        Gaps().read_answer(gaps_spec([["a"]]), {"gap-1": [" "]})
