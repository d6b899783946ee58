"""A large course is loaded in bulk, and after one edit only that edit is worked on."""

from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learn.loading import sync_content
from learn.models import Lesson
from learn.rendering import Renderer
from quizzes.models import Question, Role
from tests.large_course import QUESTIONS, file_name, make_large_course

pytestmark = pytest.mark.django_db

FEW, MANY = 6, 30
# 1,000 lessons within 60 s of one processor; other work on the machine makes even that longer.
SECONDS_A_LESSON = 0.06 * 3
QUERIES_A_LESSON = 30
QUERIES_OF_AN_EDIT = 70


@pytest.fixture(scope="module")
def renderer():
    with Renderer(children=2) as one:
        yield one


def load(folder, renderer):
    """Load the folder and return how many queries that took, and what was rendered."""
    with CaptureQueriesContext(connection) as queries:
        report = sync_content(folder, at=timezone.now(), renderer=renderer)
    assert report.is_fine, report.lines
    return len(queries), report.rendered


def edit(folder, number, new_word):
    path = folder / "atlas" / file_name(number)
    path.write_text(path.read_text().replace("summary: What", f"summary: {new_word} what", 1))


def test_a_cold_load_costs_little_a_lesson(tmp_path, renderer, show):
    make_large_course(tmp_path, lessons=MANY)
    started = process_time()
    queries, rendered = load(tmp_path, renderer)
    seconds = process_time() - started
    show(
        f"cold load: {seconds / MANY * 1000:.0f} ms of processor time and "
        f"{queries / MANY:.0f} queries a lesson with {QUESTIONS} questions",
    )
    assert len(rendered) == Lesson.objects.published().count() == MANY
    assert Question.objects.filter(role=Role.CHECK).count() == MANY * QUESTIONS
    assert queries < MANY * QUERIES_A_LESSON
    assert seconds < MANY * SECONDS_A_LESSON


def test_one_edit_renders_one_file_with_as_many_queries_in_any_course(tmp_path, renderer):
    counted = []
    # A word that the index does not know yet, each time: one that it knows costs a query less.
    for lessons, new_word in ((FEW, "Say"), (MANY, "Show")):
        folder = tmp_path / str(lessons)
        make_large_course(folder, lessons=lessons)
        load(folder, renderer)
        edit(folder, 3, new_word)
        queries, rendered = load(folder, renderer)
        assert rendered == [f"atlas/{file_name(3)}"]
        counted.append(queries)
    assert counted[0] == counted[1] < QUERIES_OF_AN_EDIT
