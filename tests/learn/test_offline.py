"""What the service worker is given, and that an answer sent twice counts once."""

import re

import pytest
from bs4 import BeautifulSoup

from quizzes.models import Attempt, Response
from tests.factories import make_course, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")

QUESTION = "/courses/animals/cats/check/1/"


@pytest.fixture
def lesson():
    return make_lesson(make_course())


def person(client, address="/"):
    body = BeautifulSoup(client.get(address).content, "html.parser").body
    return body.get("data-person")


def test_the_worker_is_a_script_for_the_whole_site_that_nothing_keeps(client):
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Service-Worker-Allowed"] == "/"
    assert "no-store" in response["Cache-Control"]
    assert "worker-src 'self'" in response["Content-Security-Policy"]
    text = response.content.decode()
    assert "{{" not in text
    assert "&" not in re.sub("&&", "", text)
    assert "/static/css/site" in text


def test_there_is_a_manifest_and_a_page_of_kept_lessons(client):
    assert client.get("/site.webmanifest").json()["start_url"] == "/"
    assert client.get("/offline/").status_code == 200


def test_a_page_says_whose_it_is_without_telling_who(client, lesson):
    assert person(client) == "guest"
    client.get(QUESTION)
    guest = person(client)
    assert guest.startswith("guest-")
    assert client.cookies["visitor"].value not in guest
    client.force_login(make_learner("one"))
    one = person(client)
    client.force_login(make_learner("two"))
    assert len({guest, one, person(client)}) == 3


def test_a_fault_page_asks_for_nobody(client):
    client.force_login(make_learner())
    response = client.get("/courses/nowhere/")
    assert response.status_code == 404
    assert b"data-person" not in response.content


def form_of(client):
    page = BeautifulSoup(client.get(QUESTION).content, "html.parser")
    fields = {field["name"]: field["value"] for field in page.select("form.question [type=hidden]")}
    del fields["shown"]
    return {**fields, "choice": page.select_one("[name=choice]")["value"]}


def test_a_first_answer_that_arrives_twice_begins_one_attempt_and_counts_once(client, lesson):
    fields = form_of(client)
    assert fields["attempt"] == ""
    answers = [client.post(QUESTION, fields, headers={"HX-Request": "true"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert all(b"data-verdict" in answer.content for answer in answers)
    assert Attempt.objects.count() == 1
    assert Response.objects.count() == 1
    assert Response.objects.get().seconds_taken is None


def test_answers_without_a_token_join_one_attempt(client, lesson):
    first = form_of(client)
    page = BeautifulSoup(client.get(QUESTION.replace("1/", "2/")).content, "html.parser")
    second = {
        **{field["name"]: field["value"] for field in page.select("form.question [type=hidden]")},
        "choice": page.select_one("[name=choice]")["value"],
    }
    for _ in range(2):
        client.post(QUESTION, first)
        client.post(QUESTION.replace("1/", "2/"), second)
    assert Attempt.objects.count() == 1
    assert Response.objects.count() == 2


def test_a_guests_answer_that_comes_after_the_sign_in_counts_for_the_account(client, lesson):
    fields = form_of(client)
    learner = make_learner()
    client.force_login(learner)
    client.post(QUESTION, fields)
    assert Response.objects.get().item.attempt.user == learner
