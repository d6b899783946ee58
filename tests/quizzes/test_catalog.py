"""Questions keep their identity through every edit; nothing that was asked is ever deleted."""

import pytest

from quizzes.models import Question, QuestionVersion
from tests.factories import DAY, NOW, ask, make_draft, make_lesson

pytestmark = pytest.mark.django_db


def keys(lesson):
    return [question.key for question in Question.objects.live_in(lesson)]


def test_questions_are_asked_in_the_order_of_the_text():
    lesson = make_lesson(drafts=[make_draft("b"), make_draft("a")])
    assert keys(lesson) == ["b", "a"]
    ask(lesson, [make_draft("a"), make_draft("b")])
    assert keys(lesson) == ["a", "b"]


def test_the_same_text_again_makes_no_new_version():
    lesson = make_lesson(drafts=[make_draft("a")])
    ask(lesson, [make_draft("a")], at=NOW + DAY)
    assert QuestionVersion.objects.count() == 1


def test_a_reworded_question_keeps_its_identity_and_gets_a_version():
    lesson = make_lesson(drafts=[make_draft("a", stem="Old?")])
    before = Question.objects.get(key="a")
    ask(lesson, [make_draft("a", stem="New?")], at=NOW + DAY)
    after = Question.objects.get(key="a")
    assert after.pk == before.pk
    assert [v.parts["stem"] for v in after.versions.order_by("number")] == ["Old?", "New?"]
    assert after.live.number == 2


def test_going_back_to_an_old_text_brings_back_its_version():
    lesson = make_lesson(drafts=[make_draft("a", stem="Old?")])
    ask(lesson, [make_draft("a", stem="New?")])
    ask(lesson, [make_draft("a", stem="Old?")])
    question = Question.objects.get(key="a")
    assert (question.live.number, question.versions.count()) == (1, 2)


def test_a_better_rendering_is_not_another_question():
    lesson = make_lesson(drafts=[make_draft("a")])
    better = make_draft("a")
    better.parts["stem"] = "<em>Which?</em>"
    ask(lesson, [better])
    question = Question.objects.get(key="a")
    assert question.versions.count() == 1
    assert question.live.parts["stem"] == "<em>Which?</em>"


def test_a_question_that_is_gone_is_retired_and_comes_back():
    lesson = make_lesson(drafts=[make_draft("a"), make_draft("b")])
    ask(lesson, [make_draft("a")], at=NOW + DAY)
    assert keys(lesson) == ["a"]
    assert Question.objects.get(key="b").retired_at == NOW + DAY
    ask(lesson, [make_draft("a"), make_draft("b")])
    assert keys(lesson) == ["a", "b"]


@pytest.mark.parametrize("order", ["giver first", "taker first"])
def test_a_question_that_moves_to_another_lesson_stays_the_same(order):
    giver = make_lesson(slug="cats", drafts=[make_draft("a"), make_draft("moved")])
    taker = make_lesson(course=giver.course, slug="dogs", drafts=[make_draft("b")])
    before = Question.objects.get(key="moved").pk
    steps = [(giver, ["a"]), (taker, ["b", "moved"])]
    for lesson, names in steps if order == "giver first" else reversed(steps):
        ask(lesson, [make_draft(name) for name in names])
    assert keys(giver) == ["a"]
    assert keys(taker) == ["b", "moved"]
    assert Question.objects.get(key="moved").pk == before
