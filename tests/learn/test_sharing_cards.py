"""Pictures beside shared links: drawn at publication, kept by what is on them."""

import io
import logging
import re

import pytest
from PIL import Image

from learn.loading import sync_content
from learn.models import Lesson, SharingCard
from learn.rendering import Renderer
from learn.sharing import cards, fonts
from learn.sharing.card_texts import CardText
from learn.sharing.cards import card_digest, course_card_text, refresh_cards
from learn.sharing.drawing import HEIGHT, WIDTH, draw_card, shortened, wrapped
from tests.factories import NOW, make_course, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")


def lessons():
    return {lesson.slug: lesson for lesson in Lesson.objects.with_titles()}


def drawn():
    """The lessons that have a picture."""
    digests = set(SharingCard.objects.values_list("digest", flat=True))
    return sorted(slug for slug, one in lessons().items() if card_digest(one) in digests)


@pytest.fixture
def course():
    course = make_course()
    make_lesson(course, "cats", [], position=1)
    make_lesson(course, "dogs", [], position=2)
    make_lesson(course, "draft", [], position=3, status="draft")
    return course


def test_a_card_is_a_picture_of_the_size_that_services_ask_for():
    picture = Image.open(io.BytesIO(draw_card(CardText("Cats", "Animals", "4 min"))))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))
    assert len(draw_card(CardText("Word " * 40, "Course " * 40, "4 min"))) < 60_000


@pytest.mark.parametrize(
    "title",
    ["", " ", "x" * 200, "Ж", "日本語", "\U000e0001", "مرحبا", "😀 a", "\x00\n\t", "W" * 200],
)
def test_no_title_is_too_strange_to_draw(title):
    assert Image.open(io.BytesIO(draw_card(CardText(title, title, title)))).size == (1200, 630)


def test_what_no_font_can_show_is_left_out_and_not_shown_as_boxes():
    unknown = "\U000e0ff0\U000e0ff1"
    assert draw_card(CardText(unknown, "Animals")) == draw_card(CardText("", "Animals"))


def test_a_machine_without_fonts_draws_with_the_one_that_pillow_brings(monkeypatch):
    monkeypatch.setattr(fonts, "OTHER_SCRIPTS", ())
    font = fonts.font_for("Cats", (), 40)
    assert font is not None
    assert font.getname()[0] == "Aileron"


def test_long_titles_are_wrapped_and_never_wider_than_the_card():
    font = fonts.font_for("abc…", (), 40)
    assert font is not None
    lines = wrapped("one two three " + "x" * 100, font, 300)
    assert len(lines) > 3
    assert all(font.getlength(line) <= 300 for line in lines)
    assert shortened("word " * 40, font, 300).endswith("…")
    assert font.getlength(shortened("word " * 40, font, 300)) <= 300


def test_only_what_learners_may_see_has_a_card(course):
    make_lesson(make_course("plans", status="draft"), "plan", [])
    refresh_cards()
    assert drawn() == ["cats", "dogs"]
    Lesson.objects.filter(slug="dogs").update(retired_at=NOW)
    refresh_cards()
    assert drawn() == ["cats"]
    assert SharingCard.objects.count() == 2  # the course has one, too


def test_a_course_has_a_card_that_tells_how_much_there_is_to_read(client, course):
    def address():
        head = client.get("/courses/animals/").content.decode().partition("</head>")[0]
        return re.search(r'property="og:image" content="http://testserver([^"]+)"', head)[1]

    refresh_cards()
    assert course_card_text(course, lessons=2, minutes=9).facts == "2 lessons · 9 min of reading"
    assert client.get(address()).status_code == 200
    before = address()
    make_lesson(course, "owls", [], position=4)
    assert address() != before
    assert client.get(address()).status_code == 302  # the site's own, until it is drawn
    refresh_cards([course.pk])
    assert client.get(address()).status_code == 200
    assert client.get(before).status_code == 302


def test_a_card_is_drawn_again_only_when_something_on_it_changed(course, monkeypatch):
    refresh_cards()
    texts = []

    def watch(text):
        texts.append(text.title)
        return draw_card(text)

    monkeypatch.setattr(cards, "draw_card", watch)
    refresh_cards()
    assert texts == []
    cats = lessons()["cats"].live
    cats.title = "Cats at home"
    cats.save()
    refresh_cards()
    assert texts == ["Cats at home"]
    course.title = "Pets"
    course.save()
    refresh_cards([course.pk])
    assert sorted(texts[1:]) == ["Cats at home", "Dogs", "Pets"]
    assert SharingCard.objects.count() == 3


def test_a_card_is_served_for_ever_at_the_address_that_the_lesson_names(client, course):
    refresh_cards()
    response = client.get(f"/cards/{card_digest(lessons()['cats'])}.png")
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)


def test_where_there_is_no_card_the_sites_own_is_shown(client, course):
    response = client.get(f"/cards/{card_digest(lessons()['cats'])}.png")
    assert response.status_code == 302
    assert response["Location"].endswith("img/card.png")


def test_the_card_of_a_course_that_was_taken_off_is_not_shown(client, course):
    refresh_cards()
    course.retired_at = NOW
    course.save()
    assert client.get(f"/cards/{card_digest(lessons()['cats'])}.png").status_code == 302


def test_a_drawing_that_fails_stops_nothing(course, monkeypatch, caplog):
    def fail(text):
        if text.title == "Cats":
            raise ValueError("a broken font")
        return b"png"

    monkeypatch.setattr(cards, "draw_card", fail)
    with caplog.at_level(logging.ERROR):
        refresh_cards()
    assert drawn() == ["dogs"]
    assert "No card" in caplog.text


def test_a_publication_draws_the_cards_and_succeeds_without_them(
    tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    """The course is on the site before its first picture is drawn."""
    folder = tmp_path / "content" / "animals"
    folder.mkdir(parents=True)
    (folder / "01-cats.md").write_text("# Cats\n\nCats sleep.\n")
    (folder / "02-dogs.md").write_text("# Dogs\n\nDogs bark.\n")

    def fail(text):
        assert Lesson.objects.published().count() == 2
        raise OSError("a broken font")

    def publish(renderer):
        with django_capture_on_commit_callbacks(execute=True):
            return sync_content(tmp_path / "content", at=NOW, renderer=renderer)

    with Renderer() as renderer, monkeypatch.context() as patched:
        patched.setattr(cards, "draw_card", fail)
        assert publish(renderer).is_fine
        assert drawn() == []
        patched.undo()
        (folder / "01-cats.md").write_text("# Cats\n\nCats sleep a lot.\n")
        assert publish(renderer).is_fine
    assert drawn() == ["cats", "dogs"]
