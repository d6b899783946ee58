"""The sheet for paper has the lesson and all its questions, and not a byte of any key."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from learn.models import Revision, User
from quizzes.models import Attempt, Role
from tests.factories import make_course, make_draft, make_lesson, make_question

pytestmark = pytest.mark.django_db(databases="__all__")

PRINT = "/courses/animals/cats/print/"
KINDS = ["typed", "number", "ordering", "matching", "sorting", "gaps"]


@pytest.fixture
def lesson():
    drafts = [
        make_draft("one", right=("Paris",), wrong=("Rome",)),
        make_draft("many", right=("a", "b"), wrong=("c",)),
        *(make_question(kind, key=kind, hints=["<p>think hard</p>"]) for kind in KINDS),
    ]
    lesson = make_lesson(make_course(), drafts=drafts)
    html = '<p>About <abbr title="a small tiger">cats</abbr>.</p>'
    Revision.objects.filter(lesson=lesson).update(
        blocks=[{"kind": "prose", "html": html}, {"kind": "question", "key": "gone"}]
    )
    return lesson


def test_the_sheet_has_the_text_the_terms_and_every_question(client, lesson):
    page = BeautifulSoup(client.get(PRINT).content, "html.parser")
    assert "About cats." in page.select_one(".prose").get_text()
    assert page.select_one(".terms dd").get_text() == "a small tiger"
    assert len(page.select(".paper-question")) == 8
    boxes = [len(question.select(".paper-boxes li")) for question in page.select(".paper-question")]
    assert boxes == [2, 3, 0, 0, 3, 0, 0, 0]
    assert len(page.select(".paper-question")[7].select(".paper-line")) == 2
    assert "Choose from:" in page.select(".paper-question")[5].get_text()


def test_a_quick_check_stands_on_the_sheet_between_its_paragraphs(client):
    quick = replace(make_draft("quick", right=("Paris",)), role=Role.QUICK)
    lesson = make_lesson(make_course(), drafts=[quick, make_question("typed", key="last")])
    texts = [{"kind": "prose", "html": f"<p>{text}.</p>"} for text in ("Before", "After")]
    blocks = [texts[0], {"kind": "question", "key": "quick"}, texts[1]]
    Revision.objects.filter(lesson=lesson).update(blocks=blocks)
    body = client.get(PRINT).content.decode()
    before, _between, after = body.partition('class="paper-question')
    assert "Before." in before
    assert "Paris" in after.partition("After.")[0]
    assert "because" not in body
    assert len(BeautifulSoup(body, "html.parser").select(".paper-question")) == 2


def test_no_byte_of_a_key_is_on_it(client, lesson):
    body = client.get(PRINT).content.decode()
    assert "because" not in body
    assert "whole of" not in body
    assert "think hard" not in body
    for wanted in ("CloudWatch Logs", "CloudTrail", "15 min", "idempotent"):
        assert wanted not in re.sub(r"<li>.*?</li>|Choose from:.*", "", body, flags=re.DOTALL)
    assert not re.search(r"right-|data-verdict|explanation|checked>", body.partition("<main")[2])


def test_everybody_gets_the_same_sheet_and_nothing_is_written(client, lesson):
    first = client.get(PRINT).content.partition(b"<article")[2]
    client.cookies.clear()
    assert client.get(PRINT).content.partition(b"<article")[2] == first
    assert not User.objects.exists()
    assert not Attempt.objects.exists()


def test_a_lesson_without_questions_has_a_sheet_too(client):
    make_lesson(make_course(), drafts=[])
    page = client.get(PRINT)
    assert page.status_code == 200
    assert b"Knowledge check" not in page.content
