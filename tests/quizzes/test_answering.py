"""Attempts and answers: recorded once, marked by the version that was asked, kept for good."""

import pytest

from learn.models import LessonVisit
from quizzes.answering import record_first_answer
from quizzes.answers import Circumstances
from quizzes.beginning import begin_retry
from quizzes.kinds.base import AnswerFaultError
from quizzes.kinds.choice import choice_ids
from quizzes.models import Attempt, Response
from quizzes.sittings import sitting_of, unbegun_sitting
from tests.factories import (
    DAY,
    NOW,
    TERMS,
    answer,
    ask,
    begin,
    make_draft,
    make_learner,
    make_lesson,
)

pytestmark = pytest.mark.django_db


def test_an_attempt_asks_what_was_shown_before_it_began():
    lesson, user = make_lesson(), make_learner()
    shown = unbegun_sitting(lesson, seed="s", terms=TERMS)
    begun = sitting_of(begin(lesson, user, seed="s"))
    assert [q.shown_order for q in begun.questions] == [q.shown_order for q in shown.questions]


def test_beginning_twice_joins_the_open_attempt():
    lesson, user = make_lesson(), make_learner()
    assert begin(lesson, user) == begin(lesson, user, seed="other")
    assert Attempt.objects.count() == 1


def test_a_response_says_what_was_asked_shown_and_answered_and_how_long_it_took():
    lesson, user = make_lesson(), make_learner()
    attempt = begin(lesson, user)
    answer(attempt, 1, "maybe", seconds_taken=4.2)
    response = Response.objects.get()
    assert response.answer == {"choices": choice_ids(["maybe"])}
    assert (response.verdict, response.fraction) == ("incorrect", 0)
    assert response.seconds_taken == 4.2
    assert response.item.version.parts["stem"] == "Which?"
    assert sorted(response.item.shown_order) == sorted(choice_ids(["yes", "no", "maybe"]))


def test_the_same_answer_twice_is_recorded_once_and_the_first_counts():
    lesson, user = make_lesson(), make_learner()
    attempt = begin(lesson, user)
    first = answer(attempt, 1, "no")
    again = answer(attempt, 1, "yes", at=NOW + DAY)
    assert (first.is_new, again.is_new) == (True, False)
    assert Response.objects.count() == 1
    assert again.asked.latest.verdict == "incorrect"


@pytest.mark.parametrize("names", [["one"], ["one", "two"]])
@pytest.mark.parametrize("text", ["yes", "no"])
def test_two_first_answers_at_one_moment_are_one(text, names):
    lesson, user = make_lesson(drafts=[make_draft(name) for name in names]), make_learner()
    both = [unbegun_sitting(lesson, seed=seed, terms=TERMS) for seed in ("a", "b")]
    outcomes = [
        record_first_answer(
            user=user,
            sitting=sitting,
            version=sitting.questions[0].version.code,
            fields={"choice": choice_ids([text])},
            at=NOW,
            circumstances=Circumstances(),
        )
        for sitting in both
    ]
    assert [outcome.is_new for outcome in outcomes] == [True, False]
    assert Response.objects.get() == outcomes[1].asked.latest


def test_the_last_answer_finishes_the_attempt():
    lesson, user = make_lesson(), make_learner()
    attempt = begin(lesson, user)
    answer(attempt, 2, "yes")
    attempt.refresh_from_db()
    assert attempt.finished_at is None
    answer(attempt, 1, "no", at=NOW + DAY)
    attempt.refresh_from_db()
    assert attempt.finished_at == NOW + DAY
    sitting = sitting_of(attempt)
    assert (sitting.right, sitting.total, sitting.percent, sitting.is_passed) == (1, 2, 50, False)


def test_what_is_no_answer_leaves_no_trace():
    lesson, user = make_lesson(), make_learner()
    attempt = begin(lesson, user)
    with pytest.raises(AnswerFaultError):
        answer(attempt, 1)
    assert not Response.objects.exists()
    assert not LessonVisit.objects.exists()


def test_answering_notes_the_visit():
    lesson, user = make_lesson(), make_learner()
    attempt = begin(lesson, user)
    answer(attempt, 1, "yes")
    answer(attempt, 2, "yes", at=NOW + DAY)
    visit = LessonVisit.objects.get(user=user, lesson=lesson)
    assert (visit.first_at, visit.last_at, visit.read_at) == (NOW, NOW + DAY, None)


def test_content_edited_during_an_attempt_changes_nothing_in_it():
    lesson = make_lesson(drafts=[make_draft("a", stem="Old?")])
    attempt = begin(lesson, make_learner())
    ask(lesson, [make_draft("a", stem="New?", right=("no",), wrong=("yes",))])
    assert answer(attempt, 1, "yes").asked.latest.verdict == "correct"
    assert sitting_of(attempt).questions[0].version.parts["stem"] == "Old?"


def test_a_retry_asks_the_misses_alone_in_their_present_wording():
    lesson = make_lesson(drafts=[make_draft("a"), make_draft("b"), make_draft("c")])
    attempt = begin(lesson, user := make_learner())
    for position, text in enumerate(["yes", "no", "maybe"], start=1):
        answer(attempt, position, text)
    ask(lesson, [make_draft("a"), make_draft("b", stem="Reworded?")])
    retried = begin_retry(missed_in=attempt, user=user, shuffle=True, at=NOW + DAY)
    stems = {q.version.question.key: q.version.parts["stem"] for q in sitting_of(retried).questions}
    assert stems == {"b": "Reworded?", "c": "Which?"}
    assert retried.retry_of == attempt
