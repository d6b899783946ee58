"""A result is told in a sentence that fits it, and in advice on what to do next."""

from typing import Any

import pytest

from quizzes.showing.results import ShownOutcome, ShownResult


def outcomes(*are_learned):
    """Misses of questions that do not matter here."""
    question: Any = None
    return tuple(ShownOutcome(question, is_learned=one, change=None) for one in are_learned)


def result(**changes):
    """A first attempt of five questions that was not passed, one of its misses mended since."""
    values = {
        "token": "t",
        "right": 3,
        "total": 5,
        "percent": 60,
        "pass_mark": 80,
        "is_passed": False,
        "is_retry": False,
        "misses": outcomes(False, True),
        "hits": (),
        "marks": (),
        "certainty_total": None,
    }
    return ShownResult(**values | changes)


@pytest.mark.parametrize(
    ("right", "total", "sentence"),
    [(3, 5, "3 of 5 right."), (5, 5, "All 5 right."), (1, 1, "Your answer is right.")],
)
def test_the_sentence_says_how_many_were_right(right, total, sentence):
    assert result(right=right, total=total).sentence == sentence


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({}, "60% this time; 80% are needed to pass. A mistake that you understand"),
        ({"is_passed": True, "percent": 85}, "Passed with 85%; 80% were needed."),
        ({"misses": outcomes(True)}, "60% at first, and what you missed you have since got right."),
        ({"misses": ()}, "You have this."),
        ({"is_retry": True}, "Some of it still slips."),
        (
            {"is_retry": True, "misses": ()},
            "What you missed before, you have now got right. A lesson",
        ),
    ],
)
def test_the_advice_is_that_of_the_result(changes, advice):
    assert result(**changes).advice.startswith(advice)
