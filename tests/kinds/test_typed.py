"""Typed answers: accepted, expected mistakes, slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.base import AnswerFaultError
from quizzes.kinds.typed import Typed, typed_spec

TYPED = Typed()
SPEC = typed_spec(
    [("CloudWatch Logs", True), ("CloudWatch", True), ("CloudTrail", False)], exact=False
)


def read(text, spec=SPEC):
    return TYPED.read_answer(spec, {"answer": [text]})


@pytest.mark.parametrize(
    ("text", "fraction"),
    [("cloudwatch logs", 1), ("CLOUDWATCH", 1), ("CloudTrail", 0), ("CloudWatsh", 0), ("S3", 0)],
)
def test_only_an_accepted_text_earns_the_point(text, fraction):
    assert TYPED.mark(SPEC, read(text)).fraction == fraction


@pytest.mark.parametrize(
    ("text", "slip"),
    [("CloudWatsh", True), ("CloudTrail", False), ("CloudWatch", False), ("S3", False)],
)
def test_a_slip_gets_another_go_but_an_expected_mistake_does_not(text, slip):
    assert TYPED.needs_spelling(SPEC, read(text)) is slip


def test_an_expected_mistake_is_recognised():
    assert TYPED.matched_line(SPEC, read("cloud trail")) == SPEC["lines"][2]["id"]
    assert TYPED.matched_line(SPEC, read("nonsense")) is None


@pytest.mark.parametrize("text", ["CloudWatch.", '"CloudWatch"', "“CloudWatch.”", "'cloudwatch'."])
def test_a_full_stop_and_quotation_marks_are_no_part_of_the_answer(text):
    assert TYPED.mark(SPEC, read(text)).fraction == 1
    exact = typed_spec([("CloudWatch", True)], exact=True)
    assert TYPED.mark(exact, read(text, exact)).fraction == 0


def test_they_are_where_the_author_tells_one_answer_from_another_by_them():
    spec = typed_spec([(".", True), ("*", False), ('"', True), ("a.b", True)], exact=False)
    assert [TYPED.mark(spec, read(text, spec)).fraction for text in (".", '"', "a.b.", "ab")] == [
        *(1, 1, 1),
        0,
    ]
    stops = typed_spec([("etc.", True), ("etc", False), ("vs.", True)], exact=False)
    given = ("etc.", "etc", "vs")
    assert [TYPED.mark(stops, read(text, stops)).fraction for text in given] == [1, 0, 1]


@given(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20),
    st.sampled_from(["{}.", '"{}"', "“{}.”"]),
)
def test_whatever_the_answer_is_its_frame_makes_it_no_other(text, frame):
    spec = typed_spec([(text, True)], exact=False)
    assert TYPED.mark(spec, read(frame.format(text), spec)).fraction == 1


def test_exact_means_exact():
    spec = typed_spec([("SubmitJob", True)], exact=True)
    assert TYPED.mark(spec, read("SubmitJob", spec)).fraction == 1
    assert TYPED.mark(spec, read("submitjob", spec)).fraction == 0
    assert not TYPED.needs_spelling(spec, read("SubmitJbo", spec))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "empty"),
        ({"answer": ["  "]}, "empty"),
        ({"answer": ["a\x00"]}, "unreadable"),
        ({"answer": ["x" * 501]}, "unreadable"),
    ],
)
def test_what_is_no_answer_is_refused(fields, code):
    with pytest.raises(AnswerFaultError) as caught:
        TYPED.read_answer(SPEC, fields)
    assert caught.value.code == code


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and "\x00" not in text))
def test_any_text_is_marked_with_nothing_or_everything(text):
    assert TYPED.mark(SPEC, read(text)).fraction in {0, 1}
    spec = typed_spec([(text, True)], exact=False)
    assert TYPED.mark(spec, read(text, spec)).fraction == 1
