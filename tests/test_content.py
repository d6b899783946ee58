"""The course that ships: without a warning, of every kind, and light enough for a train."""

import gzip
import json
import re
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command

from learn.loading import sync_content
from learn.models import Lesson
from learn.rendering import Renderer
from quizzes.kinds import KINDS
from quizzes.models import Question, Role
from tests.factories import NOW, wrong_fields

SWAP_BYTES = 4096
COLUMN = 328
"""How wide a lesson's text is on a phone of 360 px, in px."""
SMALLEST_WORDS = 12
HTMX = {"HX-Request": "true"}


def test_the_checker_finds_nothing_in_the_whole_course():
    out = StringIO()
    call_command("content", "check", "--strict", "--format", "json", stdout=out)
    assert json.loads(out.getvalue()) == []


def test_the_words_in_a_diagram_can_be_read_on_a_phone():
    diagrams = sorted(settings.CHECKMARK_CONTENT.glob("*/media/*.svg"))
    assert diagrams
    for diagram in diagrams:
        source = diagram.read_text()
        width = float(re.search(r'viewBox="0 0 ([\d.]+)', source)[1])
        sizes = [float(size) for size in re.findall(r"font-size: ?([\d.]+)px", source)]
        shown = min(sizes) * min(1, COLUMN / width)
        assert shown >= SMALLEST_WORDS, f"{diagram.name}: {shown:.1f} px"


@pytest.fixture
def course(db):
    with Renderer() as renderer:
        report = sync_content(settings.CHECKMARK_CONTENT, at=NOW, renderer=renderer)
    assert report.held_back == []


def test_every_lesson_has_a_check_and_every_kind_is_asked(course):
    lessons = Lesson.objects.published()
    assert lessons.count() >= 8
    for lesson in lessons:
        assert Question.objects.live_in(lesson).count() >= 3, lesson.slug
    asked = set(Question.objects.values_list("live__kind", flat=True))
    assert asked == set(KINDS)
    assert Question.objects.count() >= 60


def test_every_choice_and_expected_mistake_is_explained(course):
    for question in Question.objects.select_related("live"):
        parts = question.live.parts
        if question.role == Role.CELL:
            # Its row is shown with every choice's cell, and tells them all apart.
            assert parts["explanation"], question.key
            continue
        for rows in (parts.get(name, {}) for name in ("choices", "lines")):
            for row in rows.values():
                assert row["explanation"], question.key


def test_every_swap_of_the_course_is_small(course, client, show):
    sizes = {}
    for lesson in Lesson.objects.published().select_related("course").in_order():
        versions = [question.live for question in Question.objects.live_in(lesson)]
        for position, version in enumerate(versions, start=1):
            address = f"{lesson.get_absolute_url()}check/{position}/"
            form = BeautifulSoup(client.get(address).content, "html.parser").find("form")
            hidden = {f["name"]: f["value"] for f in form.find_all("input", type="hidden")}
            hidden.pop("order", None)
            fields = {**hidden, **answer_to(version)}
            response = client.post(address, fields, headers=HTMX)
            assert b"data-verdict" in response.content, version.question.key
            sizes[version.question.key] = len(gzip.compress(response.content))
    show(f"{len(sizes)} swaps: largest {max(sizes.values())} bytes compressed")
    assert max(sizes.values()) <= SWAP_BYTES, max(sizes, key=sizes.__getitem__)


def answer_to(version):
    """Some answer to a question of the course, mostly a wrong one."""
    if version.kind in {"typed", "number"}:
        return {"answer": "7"}
    if version.kind == "gaps":
        return {f"gap-{gap['id']}": "7" for gap in version.spec["gaps"]}
    return wrong_fields(version)
