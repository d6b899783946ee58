"""Notes and bookmarks: one a section, one's own alone, shown in place, never lost."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learn.annotations import LONGEST_NOTE, NOTES_A_PAGE
from learn.models import Lesson, Note, Revision, User
from tests.factories import NOW, make_course, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")

LESSON = "/courses/animals/cats/"
NOTES = f"{LESSON}notes/"
HTMX = {"HX-Request": "true"}
OUTLINE = [
    {"anchor": "fur", "title": "Fur", "level": 2},
    {"anchor": "claws", "title": "Claws", "level": 3},
    {"anchor": "deep", "title": "Deep", "level": 4},
]


@pytest.fixture
def lesson():
    return make_lesson(make_course(), outline=OUTLINE)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def save(client, section="fur", text="soft", headers=None, **fields):
    return client.post(NOTES, {"section": section, "text": text, **fields}, headers=headers)


def test_every_section_has_a_form_that_needs_no_script(client, lesson):
    forms = soup(client.get(NOTES)).select("form.note-form")
    assert [form.select_one("[name=section]")["value"] for form in forms] == ["", "fur", "claws"]
    response = save(client, text="soft\r\nand warm", bookmark="on")
    assert response.status_code == 302
    assert response["Location"] == NOTES
    note = Note.objects.get()
    assert (note.anchor, note.text, note.is_bookmarked) == ("fur", "soft\nand warm", True)


def test_looking_writes_nothing(client, lesson):
    for address in (NOTES, "/notes/", LESSON):
        assert client.get(address).status_code == 200
    assert not User.objects.exists()


def test_a_note_is_changed_in_place_and_emptied_away(client, lesson):
    save(client)
    save(client, text="softer")
    assert Note.objects.get().text == "softer"
    save(client, text="  ", bookmark="on")
    assert Note.objects.get().is_bookmarked
    save(client, text="  ")
    assert not Note.objects.exists()


def test_htmx_gets_the_form_of_one_section_and_then_the_note(client, lesson):
    form = client.get(f"{NOTES}?section=fur", headers=HTMX).content.decode()
    assert "<html" not in form
    assert form.count("<form") == 1
    kept = save(client, text="<b>soft</b>", headers=HTMX).content.decode()
    assert "&lt;b&gt;soft" in kept
    assert "<form" not in kept
    assert "autofocus" in kept


def test_a_note_too_long_comes_back_whole(client, lesson):
    text = "x" * (LONGEST_NOTE + 1)
    for headers in (None, HTMX):
        response = save(client, text=text, headers=headers)
        assert response.status_code == 422
        assert text in response.content.decode()
        assert "10001" in soup(response).select_one("[role=alert]").get_text()
    assert not Note.objects.exists()
    assert save(client, text="x" * LONGEST_NOTE).status_code == 302


def seen_by(client):
    return soup(client.get(NOTES)).select_one(".note-form [name=section][value=fur] + [name=seen]")[
        "value"
    ]


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_note_that_was_changed_in_another_tab_is_not_written_over_unseen(client, lesson, headers):
    save(client, text="soft")
    seen = seen_by(client)
    assert save(client, text="softer", seen=seen).status_code == 302
    response = save(client, text="warm", seen=seen, headers=headers)
    assert response.status_code == 409
    form = soup(response).select_one("form.note-form")
    assert form.select_one("textarea").get_text().strip() == "warm"
    assert "softer" in form.select_one(".note-kept").get_text()
    assert Note.objects.get().text == "softer"
    again = form.select_one("[name=seen]")["value"]
    assert save(client, text="warm", seen=again).status_code == 302
    assert Note.objects.get().text == "warm"


def test_a_note_sent_twice_or_to_an_empty_place_meets_nothing(client, lesson):
    seen = seen_by(client)
    assert save(client, text="soft", seen=seen).status_code == 302
    assert save(client, text="soft", seen=seen).status_code == 302
    seen = seen_by(client)
    save(client, text="")
    assert save(client, text="softer", seen=seen).status_code == 302


def test_a_note_too_long_is_still_compared_with_the_one_it_was_begun_on(client, lesson):
    save(client, text="soft")
    seen = seen_by(client)
    long = save(client, text="x" * (LONGEST_NOTE + 1), seen=seen)
    kept = soup(long).select_one("[name=seen]")["value"]
    save(client, text="softer", seen=seen)
    assert save(client, text="short", seen=kept).status_code == 409


@pytest.mark.parametrize("section", ["gone", "deep", "\x00", "fur "])
def test_an_unknown_section_is_not_found(client, lesson, section):
    assert save(client, section=section).status_code == 404


def test_nobody_sees_the_notes_of_another(client, lesson):
    client.force_login(make_learner("one"))
    save(client, text="mine alone")
    client.force_login(make_learner("two"))
    for address in (NOTES, "/notes/", LESSON):
        assert b"mine alone" not in client.get(address).content
    assert Note.objects.get().user.username == "one"


def test_the_lesson_shows_own_notes_at_one_query_and_none_to_a_stranger(client, lesson):
    client.get(LESSON)
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(LESSON)
    assert not [q for q in before.captured_queries if "learn_note" in q["sql"]]
    save(client)
    with CaptureQueriesContext(connection) as after:
        page = soup(client.get(LESSON))
    assert len([q for q in after.captured_queries if 'FROM "learn_note"' in q["sql"]]) == 1
    assert page.select_one('[data-note-of="fur"] .note-words').get_text(strip=True) == "soft"


def note_much(learner, lesson, many):
    """Leave so many notes on sections that the lesson had once, and one on its last section."""
    anchors = [*(f"once-{n}" for n in range(many)), "claws"]
    Note.objects.bulk_create(
        Note(user=learner, lesson=lesson, anchor=a, text=a, created_at=NOW, changed_at=NOW)
        for a in anchors
    )


def test_many_notes_come_a_page_at_a_time_in_the_order_of_the_text(client, lesson):
    learner = make_learner()
    client.force_login(learner)
    other = make_lesson(lesson.course, slug="dogs", position=2)
    note_much(learner, other, 1)
    note_much(learner, lesson, 2 * NOTES_A_PAGE)
    seen, address = [], "/notes/"
    while address:
        page = soup(client.get(address))
        shown = page.select(".note-list .note-words")
        assert 0 < len(shown) <= NOTES_A_PAGE
        seen += [one.get_text(strip=True) for one in shown]
        following = page.select_one("a[rel=next]")
        address = following and "/notes/" + following["href"]
    once = [f"once-{n}" for n in range(2 * NOTES_A_PAGE)]
    assert seen == ["claws", *once, "once-0", "claws"]
    assert "51–100 of 103" in soup(client.get("/notes/?page=2")).get_text()
    for unusual in ("0", "-1", "x", "9" * 9, "²"):
        assert client.get("/notes/", {"page": unusual}).status_code == 200


def test_a_section_on_a_later_page_is_saved_and_shown_there(client, lesson):
    learner = make_learner()
    client.force_login(learner)
    note_much(learner, lesson, 2 * NOTES_A_PAGE)
    assert len(soup(client.get(NOTES)).select("form.note-form")) == NOTES_A_PAGE
    last = f"once-{2 * NOTES_A_PAGE - 1}"
    response = save(client, last, "found again")
    assert response["Location"] == f"{NOTES}?page=3"
    page = soup(client.get(response["Location"]))
    assert page.select("form.note-form textarea")[-1].text.strip() == "found again"
    assert b"found again" in client.get(f"{NOTES}?section={last}", headers=HTMX).content
    assert client.get(f"{NOTES}?section=never", headers=HTMX).status_code == 404


def test_all_notes_are_on_one_page_in_the_order_of_the_text(client, lesson):
    save(client, "claws", "sharp")
    save(client, "", "all of it")
    save(client, "fur", "soft", bookmark="on")
    page = soup(client.get("/notes/"))
    titles = [link.get_text() for link in page.select(".note-list h3 a")]
    assert titles == ["The whole lesson", "Fur", "Claws"]
    assert page.select(".note-list h3 a")[1]["href"] == f"{LESSON}#fur"


def test_a_note_outlives_its_section(client, lesson):
    save(client)
    Revision.objects.filter(lesson=lesson).update(outline=[])
    assert "soft" in soup(client.get("/notes/")).get_text()
    forms = soup(client.get(NOTES)).select("form.note-form")
    assert [form.select_one("[name=section]")["value"] for form in forms] == ["", "fur"]
    assert save(client, text="still here").status_code == 302


def test_notes_of_a_lesson_that_is_off_the_site_show_nowhere_and_are_kept(client, lesson):
    save(client)
    Lesson.objects.update(live=None)
    assert client.get("/notes/").status_code == 200
    assert client.get(NOTES).status_code == 404
    assert Note.objects.exists()


def test_progress_leads_to_the_notes(client, lesson):
    assert soup(client.get("/progress/")).select_one('a[href="/notes/"]')
