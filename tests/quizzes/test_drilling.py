"""What a practice asks and in which order, and how well each cell is held."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drilling import (
    CellMemory,
    Held,
    begin_drill,
    cells_of,
    statements_to_ask,
)
from quizzes.mastery import question_counts
from quizzes.models import Attempt, ComparisonTable, Question, Response, Role
from tests.factories import DAY, NOW, answer, make_draft, make_learner, make_lesson
from tests.tables import COMPARE, lesson_with_table, publish_tables


def memory(row, column, stability=None, days=0.0, due=0.0):
    last_at = NOW - timedelta(days=days) if stability else None
    due_at = NOW + timedelta(days=due) if stability else None
    return CellMemory(1, "t", f"{row}.{column}", 0, 0, stability, last_at, due_at)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (memory("a", "x"), Held.UNASKED),
        (memory("a", "x", stability=0.2), Held.SLIPPING),
        (memory("a", "x", stability=3, days=60), Held.SLIPPING),
        (memory("a", "x", stability=3, days=4), Held.FADING),
        (memory("a", "x", stability=3, days=1), Held.HELD),
        (memory("a", "x", stability=40, days=1), Held.FIRM),
    ],
)
def test_how_well_a_cell_is_held_comes_from_recall_and_how_long_it_lasts(cell, expected):
    assert cell.held_at(NOW) is expected


def test_what_waits_comes_before_what_does_not():
    fresh = [memory(f"r{n}", "x", stability=9, days=1, due=5) for n in range(12)]
    waiting = [memory("new", "x"), memory("due", "x", stability=2, days=9, due=-7)]
    chosen = statements_to_ask([*fresh, *waiting], seed="s", at=NOW)
    assert len(chosen) == 10
    assert set(waiting) <= set(chosen)


@given(st.integers(1, 6), st.integers(1, 4), st.text(max_size=5))
def test_rows_take_turns_and_cells_of_a_row_are_apart(rows, columns, seed):
    cells = [memory(f"r{r}", f"c{c}") for r in range(rows) for c in range(columns)]
    chosen = statements_to_ask(cells, seed=seed, at=NOW)
    assert len(chosen) == min(10, len(cells)) == len(set(chosen))
    assert chosen == statements_to_ask(cells, seed=seed, at=NOW)
    assert len({cell.row for cell in chosen[:rows]}) == min(rows, len(chosen))
    if rows > 1:
        assert all(one.row != other.row for one, other in pairwise(chosen))


@pytest.mark.django_db
def test_a_practice_is_an_attempt_of_its_own_and_counts_in_no_check():
    lesson = lesson_with_table(others=[make_draft("one")])
    table, user = ComparisonTable.objects.get(), make_learner()
    attempt = begin_drill(table=table, user=user, seed="s", at=NOW)
    assert (attempt.scope, attempt.total, attempt.lesson) == ("drill:at-a-glance", 6, lesson)
    assert begin_drill(table=table, user=user, seed="t", at=NOW) == attempt
    assert question_counts([lesson]) == {lesson.pk: 1}
    assert list(Question.objects.live_in(lesson).values_list("key", flat=True)) == ["one"]


@pytest.mark.django_db
def test_answers_move_the_memory_of_each_cell():
    lesson = lesson_with_table()
    user = make_learner()
    attempt = begin_drill(table=ComparisonTable.objects.get(), user=user, seed="s", at=NOW)
    first = attempt.items.select_related("version__question").get(position=1).version.question
    right = first.cell.partition(".")[2].title()
    answer(attempt, 1, right)
    second = attempt.items.select_related("version__question").get(position=2).version.question
    wrong = {"mill": "Grinder", "grinder": "Mill"}[second.cell.partition(".")[2]]
    answer(attempt, 2, wrong)
    held = {cell.cell: cell.held_at(NOW) for cell in cells_of([lesson], user)}
    assert held[first.cell] is Held.HELD
    assert held[second.cell] is Held.SLIPPING
    assert sum(step is Held.UNASKED for step in held.values()) == 4
    assert all(cell.last_at is None for cell in cells_of([lesson], None))


@pytest.mark.django_db
def test_a_changed_cell_is_as_if_never_asked_and_nothing_is_lost():
    lesson = lesson_with_table()
    user = make_learner()
    attempt = begin_drill(table=ComparisonTable.objects.get(), user=user, seed="s", at=NOW)
    for position in range(1, 7):
        answer(attempt, position, "Mill")
    publish_tables(lesson, COMPARE.replace("a bell rings", "a gong sounds"), at=NOW + DAY)
    unasked = [cell.cell for cell in cells_of([lesson], user) if cell.last_at is None]
    assert unasked == ["starts-when.mill"]
    assert Response.objects.count() == 6


@pytest.mark.django_db
def test_a_table_that_is_gone_is_retired_and_comes_back_with_its_history():
    lesson = lesson_with_table()
    user = make_learner()
    attempt = begin_drill(table=ComparisonTable.objects.get(), user=user, seed="s", at=NOW)
    answer(attempt, 1, "Mill")
    publish_tables(lesson, "# Nothing")
    assert cells_of([lesson], user) == []
    publish_tables(lesson)
    assert sum(cell.last_at is not None for cell in cells_of([lesson], user)) == 1
    assert Question.objects.filter(role=Role.CELL).count() == 6


@pytest.mark.django_db
def test_all_cells_cost_one_query_whatever_was_answered(django_assert_num_queries):
    lesson = lesson_with_table()
    user = make_learner()
    attempt = begin_drill(table=ComparisonTable.objects.get(), user=user, seed="s", at=NOW)
    for position in range(1, 7):
        answer(attempt, position, "Mill")
    with django_assert_num_queries(1):
        cells_of([lesson], user)


@pytest.mark.django_db
def test_a_lesson_without_tables_has_nothing_to_practise():
    assert cells_of([make_lesson()], None) == []
    assert not Attempt.objects.exists()
