"""Quick checks inside a lesson: answered in place until right, and no part of the quiz."""

import pytest
from bs4 import BeautifulSoup

from learn.models import User
from quizzes.mastery import question_counts
from quizzes.models import Attempt, Response, Role
from tests.factories import ask, make_lesson, make_question, right_fields, wrong_fields

pytestmark = pytest.mark.django_db(databases="__all__")
LESSON = "/courses/animals/cats/"
HTMX = {"HX-Request": "true"}
DRAFT = make_question("typed", key="why", role=Role.QUICK)


@pytest.fixture
def lesson():
    lesson = make_lesson(drafts=[DRAFT, make_question("number", key="other")])
    lesson.live.blocks = [
        {"kind": "prose", "html": "<p>Before.</p>"},
        {"kind": "question", "key": "why"},
        {"kind": "prose", "html": "<p>After.</p>"},
    ]
    lesson.live.save()
    return lesson


def card(response):
    return BeautifulSoup(response.content, "html.parser").select_one(".quick")


def send(client, shown, fields, **headers):
    form = card(shown).find("form")
    hidden = {f["name"]: f["value"] for f in form.find_all("input", type="hidden")}
    return client.post(form["action"], {**hidden, **fields}, headers=headers or None)


def test_a_quick_check_stands_in_its_place_and_gives_nothing_away(client, lesson):
    body = client.get(LESSON).content.decode()
    assert body.index("Before.") < body.index("page-quick-why") < body.index("After.")
    assert "because" not in body
    assert not User.objects.exists()


def test_it_is_explained_in_place_and_kept_over_a_reload(client, lesson):
    response = send(client, client.get(LESSON), right_fields(DRAFT), **HTMX)
    assert b"<html" not in response.content
    assert card(response).find(attrs={"data-verdict": "correct"})
    assert card(client.get(LESSON)).find(attrs={"data-verdict": "correct"})


def test_it_may_be_tried_until_it_is_right(client, lesson):
    response = send(client, client.get(LESSON), wrong_fields(DRAFT), **HTMX)
    again = card(response).find("a", class_="button")["href"]
    shown = client.get(again, headers=HTMX)
    response = send(client, shown, right_fields(DRAFT), **HTMX)
    assert card(response).find(attrs={"data-verdict": "correct"})
    assert [r.verdict for r in Response.objects.order_by("pk")] == ["incorrect", "correct"]


def test_it_works_without_javascript(client, lesson):
    response = send(client, client.get(LESSON), wrong_fields(DRAFT))
    assert response["Location"] == f"{LESSON}#page-quick-why"
    shown = client.get(card(client.get(LESSON)).find("a", class_="button")["href"])
    assert card(shown).find("form")


def test_it_is_no_part_of_the_knowledge_check(client, lesson):
    send(client, client.get(LESSON), wrong_fields(DRAFT), **HTMX)
    assert question_counts([lesson]) == {lesson.pk: 1}
    assert "Question 1 of 1" in client.get(f"{LESSON}check/").content.decode()
    assert Attempt.objects.get().finished_at is None


def test_an_empty_answer_and_an_unknown_key_are_no_errors(client, lesson):
    assert send(client, client.get(LESSON), {}, **HTMX).status_code == 422
    assert client.get(f"{LESSON}check/quick/nothing/").status_code == 404


def test_an_answer_to_what_was_changed_meanwhile_is_told_that_it_does_not_count(client, lesson):
    shown = client.get(LESSON)
    ask(lesson, [make_question("typed", key="why", role=Role.QUICK, stem="Why, now?")])
    response = send(client, shown, right_fields(DRAFT), **HTMX)
    assert response.status_code == 409
    assert "not counted" in card(response).select_one(".notice").get_text()
    assert "Why, now?" in card(response).get_text()
    assert not Response.objects.exists()


def test_an_item_that_is_moved_keeps_the_focus(client, lesson):
    ask(lesson, [make_question("ordering", key="why", role=Role.QUICK)])
    shown = client.get(LESSON)
    order = [field["value"] for field in card(shown).find_all("input", attrs={"name": "order"})]
    moved = send(client, shown, {"order": order, "move": f"{order[2]}:up"}, **HTMX)
    [focused] = card(moved).find_all(attrs={"autofocus": True})
    assert focused["value"] == f"{order[2]}:up"
