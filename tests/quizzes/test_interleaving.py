"""Which due questions make a session, and in which order."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizzes.interleaving import DueQuestion, session_of


def due(question, lesson, recall=0.5, **more):
    return DueQuestion(question, lesson, recall, **more)


def test_certain_mistakes_come_first_then_what_is_weakest():
    session = session_of(
        [due(1, 1, 0.2), due(2, 2, 0.9, is_confidently_wrong=True), due(3, 3, 0.1)]
    )
    assert [each.question for each in session] == [2, 3, 1]


def test_neighbours_are_of_different_lessons():
    counts = {1: 6, 2: 3, 3: 2}
    questions = [due(10 * n + k, n, k / 10) for n, many in counts.items() for k in range(many)]
    lessons = [each.lesson for each in session_of(questions)]
    assert len(lessons) == 11
    assert all(one != two for one, two in pairwise(lessons))


def test_cells_of_one_row_are_not_asked_in_one_session_unless_nothing_else_is_due():
    cells = [due(n, 1, n / 10, row=(1, "fargate")) for n in range(3)]
    others = [due(n, 2, 0.9) for n in range(3, 6)]
    assert sorted(each.question for each in session_of(cells + others)) == [0, 3, 4, 5]
    assert len(session_of(cells)) == 3


def test_a_session_has_twenty_questions_at_most():
    assert len(session_of(due(n, n % 4) for n in range(50))) == 20


@given(st.lists(st.integers(1, 4), max_size=20))
def test_two_of_one_lesson_stand_side_by_side_only_where_they_must(lessons):
    session = session_of(due(n, lesson, n / 30) for n, lesson in enumerate(lessons))
    together = sum(one.lesson == two.lesson for one, two in pairwise(session))
    most = max(Counter(lessons).values(), default=0)
    assert together == max(0, most - (len(lessons) - most) - 1)


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.floats(0, 1), st.booleans(), st.none() | st.integers(1, 3)),
        max_size=40,
    )
)
def test_a_session_takes_each_question_once_and_one_cell_of_a_row(cards):
    everything = [
        due(n, lesson, recall, is_confidently_wrong=wrong, row=row)
        for n, (lesson, recall, wrong, row) in enumerate(cards)
    ]
    session = session_of(everything)
    assert len({each.question for each in session}) == len(session) <= 20
    assert bool(session) == bool(cards)
    flags = [each.is_confidently_wrong for each in session]
    assert flags == sorted(flags, reverse=True)
    rows = [each.row for each in session if each.row is not None]
    if len({each.row or -each.question for each in everything}) > 1:
        assert len(set(rows)) == len(rows)
    assert session == session_of(reversed(everything))
