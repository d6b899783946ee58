"""What learners' answers say against a question is named, and never on too few of them."""

import pytest

from learn.authoring.check import check_course
from learn.authoring.codes import mend_of, message_of, stub_of
from learn.authoring.evidence import Evidence
from quizzes.kinds.choice import choice_ids
from tests.authoring.rule_samples import asked

TEXTS = ["right one", "wrong one", "other one"]
QUESTION = "\n".join(
    f"- [{'x' if place == 0 else ' '}] {text}\n  > Because of {text} alone."
    for place, text in enumerate(TEXTS)
)
RIGHT, WRONG, OTHER = choice_ids(TEXTS)


def said(*, answers, facility=0.6, discrimination_at_most=None, picked=None):
    picked = picked or dict.fromkeys((RIGHT, WRONG, OTHER), 9)
    evidence = Evidence(answers, facility, discrimination_at_most, picked)
    found = check_course({"a.md": asked(QUESTION)}, (), answered={"w": evidence})["a.md"]
    about = [problem for problem in found if problem.code.startswith("evidence-")]
    assert all(message_of(one) and mend_of(one) and stub_of(one) for one in about)
    return [(problem.code, problem.line) for problem in about]


def test_nothing_is_said_of_a_sound_question():
    assert said(answers=500, discrimination_at_most=0.4) == []


@pytest.mark.parametrize(("answers", "is_said"), [(29, False), (30, True)])
def test_a_question_that_stronger_learners_get_wrong_is_named_from_30_answers_on(answers, is_said):
    codes = [code for code, _ in said(answers=answers, discrimination_at_most=-0.01)]
    assert codes == ["evidence-stronger-do-worse"] * is_said
    assert said(answers=answers, discrimination_at_most=0.01) == []


@pytest.mark.parametrize(("answers", "is_said"), [(59, False), (60, True)])
def test_a_choice_that_nobody_picks_is_named_at_its_line_from_60_answers_on(answers, is_said):
    found = said(answers=answers, picked={RIGHT: answers - 1, WRONG: 1})
    assert [code for code, _ in found] == ["evidence-unpicked-choice"] * is_said
    if is_said:
        lines = asked(QUESTION).splitlines()
        assert "other one" in lines[found[0][1] - 1]


@pytest.mark.parametrize(
    ("facility", "code"), [(0.96, "evidence-nearly-all-right"), (0.09, "evidence-nearly-all-wrong")]
)
def test_what_nearly_all_know_or_miss_is_named_from_100_answers_on(facility, code):
    assert said(answers=99, facility=facility) == []
    assert [found for found, _ in said(answers=100, facility=facility)] == [code]
