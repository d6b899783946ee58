"""What typing forgives, and what no resemblance ever passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.text import folded, is_slip


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("submitjob", "SubmitJob"),
        ("  compute   environment ", "compute environment"),
        ("compute\u00a0environment", "compute environment"),
        ("cafe", "café"),
        ("cafe\u0301", "caf\u00e9"),
        ("don’t", "don't"),
        ("“yes”", '"yes"'),
        ("fair–share", "fair-share"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ﬁfo", "fifo"),
    ],
)
def test_case_spaces_accents_and_typography_are_forgiven(given_text, wanted):
    assert folded(given_text) == folded(wanted)


@pytest.mark.parametrize(("one", "other"), [("EC2", "ECS"), ("SQS", "SNS"), ("on", "off")])
def test_short_names_are_never_the_same_and_never_a_slip(one, other):
    assert folded(one) != folded(other)
    assert not is_slip(one, other)


def test_exact_keeps_case_and_inner_blanks_but_not_the_unicode_form():
    assert folded("AbC d", exact=True) != folded("abc d", exact=True)
    assert folded("a  b", exact=True) != folded("a b", exact=True)
    assert folded(" cafe\u0301 ", exact=True) == folded("caf\u00e9", exact=True)


@pytest.mark.parametrize(
    ("typed", "wanted", "slip"),
    [
        ("idempotnet", "idempotent", True),
        ("idempotnt", "idempotent", True),
        ("idempotentt", "idempotent", True),
        ("compute enviroment", "compute environment", True),
        ("compute environment", "compute environment", False),
        ("idmpotnt", "idempotent", False),
        ("queu", "queue", False),
        ("asynchronous", "synchronous", False),
        ("provided.al2024", "provided.al2023", False),
        ("on demand", "in demand", False),
    ],
)
def test_one_slip_in_a_long_word_without_digits_asks_for_the_spelling(typed, wanted, slip):
    assert is_slip(typed, wanted) is slip


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_and_nothing_is_a_slip_of_itself(text):
    assert folded(folded(text)) == folded(text)
    assert not is_slip(text, text)
