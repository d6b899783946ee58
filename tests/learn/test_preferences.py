"""How pages look is chosen by a form, kept in cookies, and recorded nowhere."""

import pytest
from bs4 import BeautifulSoup

from learn.models import User
from learn.preferences import Preferences, read_preferences
from tests.factories import make_course, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")

LESSON = "/courses/animals/cats/"


def page(client, address=LESSON):
    return BeautifulSoup(client.get(address).content, "html.parser")


def choose(client, **fields):
    return client.post("/preferences/", {"back": LESSON, **fields})


@pytest.fixture
def lesson():
    return make_lesson(make_course())


def test_a_choice_holds_on_the_next_page_and_writes_no_record(client, lesson):
    response = choose(client, **{"theme": "dark", "text-size": "large"})
    assert response.status_code == 302
    assert response["Location"] == LESSON
    html = page(client).html
    assert (html["data-theme"], html["data-text"]) == ("dark", "large")
    assert not User.objects.exists()


def test_the_form_shows_what_is_chosen(client, lesson):
    checked = [field["value"] for field in page(client, "/preferences/").select("input[checked]")]
    assert checked == ["medium", "auto"]
    choose(client, **{"theme": "light", "text-size": "huge"})
    checked = [field["value"] for field in page(client, "/preferences/").select("input[checked]")]
    assert checked == ["huge", "light"]


def test_the_usual_leaves_no_cookie(client, lesson):
    choose(client, **{"theme": "dark", "text-size": "small"})
    choose(client, **{"theme": "auto", "text-size": "medium"})
    assert client.cookies["theme"].value == ""
    assert client.cookies["text-size"].value == ""


@pytest.mark.parametrize("value", ["", "puce", "dark ", '"><script>', "\x00", "é" * 5000])
def test_what_is_not_known_counts_as_not_chosen(client, lesson, value):
    assert read_preferences({"theme": value, "text-size": value}) == Preferences()
    assert choose(client, **{"theme": value, "text-size": value}).status_code == 302


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:x",
        "",
        "[",
        "\U0001f600",
        "a\x00b",
        "learn:home",
        "//[",
    ],
)
def test_it_leads_to_no_other_site(client, lesson, back):
    response = client.post("/preferences/", {"theme": "dark", "back": back})
    assert response["Location"] == "/"


def test_a_mere_link_chooses_nothing(client, lesson):
    assert client.get("/preferences/?theme=dark").status_code == 200
    assert "theme" not in client.cookies


def test_no_page_but_its_own_carries_the_form(client, lesson):
    assert page(client).select("input[name=theme]") == []
    assert page(client).select_one(".preferences a")["href"] == f"/preferences/?back={LESSON}"
    fragment = client.get("/preferences/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<form")
