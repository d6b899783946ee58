"""Numbers as people write them, with tolerance and units that convert."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.base import AnswerFaultError
from quizzes.kinds.number import Number, number_line, number_spec
from quizzes.kinds.quantities import NotAQuantityError, parse_quantity, value_in

NUMBER = Number()


def marked(spec, text):
    return NUMBER.mark(spec, NUMBER.read_answer(spec, {"answer": [text]})).fraction


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1024", 1024, ""),
        ("1,024", 1024, ""),
        ("1 024", 1024, ""),
        ("1\u202f024", 1024, ""),
        ("1'024", 1024, ""),
        ("1.024e3", 1024, ""),
        ("1.024 × 10^3", 1024, ""),
        ("1,000,000", 1_000_000, ""),
        ("1.000.000", 1_000_000, ""),
        ("10,240.5 MB", 10240.5, "MB"),
        ("0,5", 0.5, ""),
        ("0.125", 0.125, ""),
        ("0,125", 0.125, ""),
        (".5", 0.5, ""),
        ("-3", -3, ""),
        ("−3", -3, ""),
        ("$2.40", 2.4, "$"),
        ("15 min", 15, "min"),
        ("15min", 15, "min"),
        ("30 %", 30, "%"),
        ("1.5", 1.5, ""),
    ],
)
def test_numbers_are_read_as_they_are_written(text, value, unit):
    quantity = parse_quantity(text)
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == unit


@pytest.mark.parametrize("text", ["", "abc", "min 15", "1.2.3", "--3", "1,2,3", "e5", "1e999"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotAQuantityError):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("line", "text", "right"),
    [
        ("15 min", "15", True),
        ("15 min", "900 s", True),
        ("15 min", "0.25 h", True),
        ("15 min", "15 minutes", True),
        ("15 min", "900", False),
        ("15 min", "15 MB", False),
        ("15 +- 0.5 min", "15.5", True),
        ("15 +- 0.5 min", "870 s", True),
        ("15 ± 0.5 min", "15.6", False),
        ("10..12", "10", True),
        ("10..12", "12", True),
        ("10..12", "12.01", False),
        ("1 GiB", "1024 MiB", True),
        ("1 GB", "1000 MB", True),
        ("1 GiB", "1 GB", False),
        ("10,240 MB", "10240", True),
        ("$2.40", "2.40", True),
        ("$2.40", "$2.40", True),
        ("0.1", "0.1", True),
        ("2 vCPU", "2 vcpu", True),
    ],
)
def test_units_convert_and_tolerance_has_its_ends(line, text, right):
    assert marked(number_spec([(line, True)]), text) == (1 if right else 0)


def test_an_expected_mistake_is_recognised_but_a_right_line_goes_first():
    spec = number_spec([("900", False), ("3", True), ("2..4", False)])
    answer = NUMBER.read_answer(spec, {"answer": ["900"]})
    assert NUMBER.matched_line(spec, answer) == spec["lines"][0]["id"]
    assert marked(spec, "3") == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("many", "not-a-number"),
        ("15 foobars", "unknown-unit"),
        ("15 __import__", "unknown-unit"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(text, code):
    with pytest.raises(AnswerFaultError) as caught:
        NUMBER.read_answer(number_spec([("15 min", True)]), {"answer": [text]})
    assert caught.value.code == code


def test_values_of_another_sort_do_not_convert():
    assert value_in(parse_quantity("3 kg"), "min") is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    spec = number_spec([("15 +- 1 min", True), ("900 s", False)])
    try:
        answer = NUMBER.read_answer(spec, {"answer": [text]})
    except AnswerFaultError:
        return
    assert NUMBER.mark(spec, answer).fraction in {0, 1}


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False), st.floats(0, 1e6))
def test_inside_the_tolerance_earns_the_point_and_outside_does_not(middle, margin):
    spec = number_spec([(f"{middle!r} +- {margin!r}", True)])
    line = number_line(f"{middle!r} +- {margin!r}")
    assert marked(spec, repr(middle)) == 1
    assert marked(spec, repr(line["low"])) == 1
    outside = line["high"] + max(1.0, abs(line["high"])) * 1e-3 + margin
    assert marked(spec, repr(outside)) == 0
