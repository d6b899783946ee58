"""How a person stands with a lesson's questions, counted from what was recorded."""

import pytest

from quizzes.beginning import begin_retry
from quizzes.mastery import LessonResult, lesson_results, question_counts
from tests.factories import DAY, NOW, answer, begin, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db


def result_of(user, lesson):
    return lesson_results(user, [lesson]).get(lesson.pk, LessonResult())


def go_through(lesson, user, *texts, at=NOW):
    attempt = begin(lesson, user, at=at)
    for position, text in enumerate(texts, start=1):
        answer(attempt, position, text, at=at)
    return attempt


def test_nothing_attempted_is_an_empty_result():
    assert result_of(make_learner(), make_lesson()) == LessonResult()


def test_an_attempt_left_off_says_how_far_it_came():
    lesson, user = make_lesson(), make_learner()
    go_through(lesson, user, "yes")
    result = result_of(user, lesson)
    assert (result.open_answered, result.open_total, result.is_finished) == (1, 2, False)


def test_a_finished_attempt_counts_its_right_answers():
    lesson, user = make_lesson(), make_learner()
    go_through(lesson, user, "yes", "no")
    result = result_of(user, lesson)
    assert (result.right, result.total, result.is_passed, result.attempts) == (1, 2, False, 1)


def test_a_partly_right_answer_earns_its_part_towards_passing():
    draft = make_draft("a", right=("r", "s", "t", "u"), wrong=("w",))
    lesson, user = make_lesson(drafts=[draft]), make_learner()
    attempt = begin(lesson, user)
    answer(attempt, 1, "r", "s", "t")
    result = result_of(user, lesson)
    assert (result.right, result.is_passed) == (0, True)


def test_a_retry_of_the_misses_does_not_change_the_score():
    lesson, user = make_lesson(), make_learner()
    attempt = go_through(lesson, user, "yes", "no")
    retried = begin_retry(missed_in=attempt, user=user, shuffle=True, at=NOW + DAY)
    answer(retried, 1, "yes", at=NOW + DAY)
    result = result_of(user, lesson)
    assert (result.right, result.total, result.is_passed) == (1, 2, False)


def test_what_was_passed_once_stays_passed():
    lesson, user = make_lesson(), make_learner()
    go_through(lesson, user, "yes", "yes")
    go_through(lesson, user, "no", "no", at=NOW + DAY)
    result = result_of(user, lesson)
    assert (result.right, result.is_passed, result.attempts) == (0, True, 2)


def test_questions_are_counted_by_lesson_in_one_query(django_assert_num_queries):
    lesson = make_lesson()
    other = make_lesson(course=lesson.course, slug="dogs", drafts=[make_draft("x")])
    with django_assert_num_queries(1):
        assert question_counts([lesson, other]) == {lesson.pk: 2, other.pk: 1}


def test_other_peoples_answers_are_not_mine():
    lesson = make_lesson()
    go_through(lesson, make_learner("other"), "yes", "yes")
    assert result_of(make_learner(), lesson) == LessonResult()
