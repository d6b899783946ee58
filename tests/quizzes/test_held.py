"""What a worker has in its memory is never older than the database."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from learn.models.memory import Memory
from quizzes.held import held_lesson, held_versions, versions_asked
from tests.factories import ask, make_draft, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")


def stems(held):
    return [version.parts["stem"] for version in held.asked]


def test_a_second_look_costs_one_small_query():
    make_lesson()
    first = held_lesson("animals", "cats")
    with CaptureQueriesContext(connection) as queries:
        assert held_lesson("animals", "cats") is first
    assert len(queries) == 1


def test_a_publication_is_seen_at_once():
    lesson = make_lesson(drafts=[make_draft("one", stem="Old?")])
    assert stems(held_lesson("animals", "cats")) == ["Old?"]
    ask(lesson, [make_draft("one", stem="New?"), make_draft("two", stem="More?")])
    held = held_lesson("animals", "cats")
    assert stems(held) == ["New?", "More?"]
    assert versions_asked(held.lesson) == held.asked


def test_a_lesson_that_is_withdrawn_is_gone_at_once():
    lesson = make_lesson()
    assert held_lesson("animals", "cats") is not None
    lesson.course.status = "draft"
    lesson.course.save()
    assert held_lesson("animals", "cats") is None
    assert held_lesson("animals", "dogs") is None


def test_versions_rendered_anew_are_read_anew():
    draft = make_draft("one")
    lesson = make_lesson(drafts=[draft])
    [version] = held_lesson("animals", "cats").asked
    ask(lesson, [replace(draft, parts={**draft.parts, "stem": "<em>Which?</em>"})])
    seen = held_versions([(version.pk, lesson.course.edition)])
    assert seen[version.pk].parts["stem"] == "<em>Which?</em>"
    assert stems(held_lesson("animals", "cats")) == ["<em>Which?</em>"]


def test_a_memory_keeps_what_was_used_last():
    memory = Memory(4)
    for key in "abcd":
        memory.keep(key, key.upper())
    assert memory.get("a") == "A"
    assert memory.get("b") is None
    memory.keep("e", "E")
    assert [memory.get(key) for key in "ea"] == ["E", "A"]


@given(st.integers(2, 9), st.lists(st.integers(0, 20)))
def test_a_memory_never_holds_more_than_it_may_and_always_the_latest_half(most, keys):
    memory = Memory(most)
    for key in keys:
        memory.keep(key, str(key))
    assert sum(len(half) for half in vars(memory).values() if isinstance(half, dict)) <= most
    latest = list(dict.fromkeys(reversed(keys)))[: most // 2]
    assert [memory.get(key) for key in reversed(latest)] == [str(key) for key in reversed(latest)]
    assert all(memory.get(key) in (None, str(key)) for key in range(21))
