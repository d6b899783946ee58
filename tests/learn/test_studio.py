"""What the studio promises whoever writes there, with real requests and without JavaScript."""

import json

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from learn.drafting import open_file
from learn.models import (
    Draft,
    FileConflict,
    Lesson,
    LessonVisit,
    Revision,
)
from learn.preparation import digest_of
from learn.publishing import studio_publication
from learn.releasing import publish_file
from learn.views.studio import previewing
from learn.views.studio.findings import Finding, Findings
from learn.views.studio.previewing import RENDERER
from quizzes.models import Attempt, Question, QuestionVersion, Response
from tests.factories import keep_draft, make_author

pytestmark = pytest.mark.django_db(databases="__all__")

TEXT = """\
# Tides

The moon pulls the water.

### How often is high water? {#often .question}

- [x] twice a day
  > Right.
- [ ] once a week
  > That would be a slow moon.

## Knowledge check {.quiz}

### What pulls? {#pulls tries=2}

- [x] the moon
  > So it is.
- [ ] the wind
  > It makes waves.
- [ ] fish
  > They are pulled along.

### Name it {#name .typed}

- [x] gravity
"""
EDIT = "/studio/sea/edit/01-tides.md"
JSON = {"Accept": "application/json"}


def publish(course, by, source=TEXT, base=""):
    return publish_file(
        course=course,
        file_name="01-tides.md",
        source=source,
        base_digest=digest_of(base) if base else "",
        publication=studio_publication(by, at=timezone.now()),
        renderer=RENDERER,
    )


def form_of(client, address=EDIT):
    """The fields of the editor's form, as a browser would send them."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    form = page.select_one("form.editor, form[action]:has(textarea)")
    fields = {f["name"]: f.get("value", "") for f in form.select("input[type=hidden]")}
    return {
        **fields,
        "source": form.textarea.string.removeprefix("\n") if form.textarea.string else "",
    }


def send(client, source, action="save", address=EDIT, **more):
    fields = {**form_of(client, address), "source": source, "action": action, **more}
    return client.post(address, fields)


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_a_lesson_from_a_title_to_its_readers(as_ada, course):
    response = as_ada.post("/studio/sea/new/", {"title": "Tides & moons"})
    assert response.status_code == 302
    address = response["Location"]
    assert "# Tides & moons" in form_of(as_ada, address)["source"]
    published = send(as_ada, TEXT, "publish", address, note="first words")
    assert published.status_code == 302
    lesson = Lesson.objects.get(course=course)
    assert (lesson.live.note, lesson.live.author.username) == ("first words", "ada")
    assert b"The moon pulls the water" in as_ada.get(lesson.get_absolute_url()).content
    assert not Draft.objects.exists()


def test_line_ends_of_a_browser_change_nothing(as_ada, course, ada):
    publish(course, ada)
    send(as_ada, TEXT.replace("\n", "\r\n") + "More.\r\n")
    assert Draft.objects.get().source == TEXT + "More.\n"


def test_saving_checks_and_keeps_faulty_texts(as_ada, course, ada):
    publish(course, ada)
    faulty = "---\ntitle: one\ntitle: two\n---\n" + TEXT
    assert send(as_ada, faulty, "check")["Location"].endswith("#page-problems")
    assert "Error" in text_of(as_ada.get(EDIT))
    refused = send(as_ada, faulty, "publish")
    assert refused.status_code == 422
    assert "Not published" in text_of(refused)
    assert Draft.objects.get().source == faulty
    assert Lesson.objects.get().live.source == TEXT


def test_the_script_gets_problems_and_the_preview(as_ada, course, ada):
    publish(course, ada)
    fields = {**form_of(as_ada), "source": TEXT.replace("  > It makes waves.\n", "")}
    answer = as_ada.post(EDIT, fields, headers=JSON).json()
    assert answer["state"] == "saved"
    assert answer["edition"] == 1
    assert 'data-level="warning"' in answer["problems"]
    preview = as_ada.get("/studio/sea/preview/01-tides.md").json()
    assert "the wind" in preview["html"]
    assert "/courses/sea/tides/check/" not in preview["html"]


def test_a_text_that_cannot_be_rendered_leaves_the_rest_in_place(as_ada, course, ada):
    publish(course, ada)
    assert send(as_ada, TEXT + "\n" + "[" * 500 + "\n").status_code == 302
    preview = as_ada.get("/studio/sea/preview/01-tides.md").json()
    assert preview["html"] is None
    assert "brackets" in preview["fault"]
    assert as_ada.get(EDIT).status_code == 200


def test_one_preview_at_a_time_for_each_person(as_ada, course, ada):
    publish(course, ada)
    previewing._busy.add(ada.pk)
    try:
        assert as_ada.get("/studio/sea/preview/01-tides.md").json()["is_busy"] is True
    finally:
        previewing._busy.discard(ada.pk)
    assert as_ada.get("/studio/sea/preview/01-tides.md").json()["is_busy"] is False


def preview_forms(client):
    page = BeautifulSoup(client.get(EDIT).content, "html.parser")
    return {form.select_one("[name=key]")["value"]: form for form in page.select(".trial form")}


def answer(client, form, **given):
    fields = {f["name"]: f["value"] for f in form.select("input[type=hidden]")}
    return client.post(form["action"], {**fields, **given}, headers={"HX-Request": "true"})


def choice(form, text):
    return next(la.input["value"] for la in form.select("label.choice") if text in la.get_text())


def test_questions_are_answered_in_the_preview_and_nothing_is_written(as_ada, course, ada):
    publish(course, ada)
    forms = preview_forms(as_ada)
    assert set(forms) == {"often", "pulls", "name"}
    tables = (Attempt, Response, LessonVisit, Question, QuestionVersion, Draft, Revision)
    before = [model.objects.count() for model in tables]
    right = answer(as_ada, forms["often"], choice=choice(forms["often"], "twice"))
    assert b'data-verdict="correct"' in right.content
    first = answer(as_ada, forms["pulls"], choice=choice(forms["pulls"], "wind"))
    assert b'data-verdict="incorrect"' in first.content
    assert b"So it is." not in first.content
    second = answer(as_ada, forms["pulls"], choice=choice(forms["pulls"], "wind"), **{"try": "2"})
    assert b"So it is." in second.content
    assert b'data-verdict="correct"' in answer(as_ada, forms["name"], answer="Gravity").content
    empty = answer(as_ada, forms["name"], answer="")
    assert (empty.status_code, b"Type an answer." in empty.content) == (422, True)
    assert [model.objects.count() for model in tables] == before


def test_a_draft_of_a_colleague_is_never_touched(as_ada, course, ada):
    publish(course, ada)
    ben = make_author(course, "ben")
    keep_draft(course, ben, "01-tides.md", "# Ben's\n", at=timezone.now())
    assert "ben@example.com has a draft of this file" in text_of(as_ada.get(EDIT))
    send(as_ada, TEXT + "Ada's.\n")
    send(as_ada, TEXT + "Ada's.\n", "publish")
    assert Draft.objects.get(author=ben).source == "# Ben's\n"


def test_who_publishes_second_sees_what_changed_and_both_texts_survive(as_ada, course, ada):
    publish(course, ada)
    mine = TEXT.replace("The moon pulls", "The old moon pulls")
    send(as_ada, mine)
    theirs = TEXT.replace("- [x] gravity", "- [x] gravitation")
    publish(course, make_author(course, "ben"), theirs, base=TEXT)
    told = send(as_ada, mine, "publish")
    assert told.status_code == 409
    page = BeautifulSoup(told.content, "html.parser")
    assert "gravitation" in page.select_one("#page-theirs ~ .changes").get_text()
    assert "old" in page.select_one("#page-mine ~ .changes ins").get_text()
    merged = str(page.textarea.string).removeprefix("\n")
    assert "gravitation" in merged
    assert "old moon" in merged
    assert Lesson.objects.get().live.source == theirs
    assert Draft.objects.get().source == mine
    fields = {
        f["name"]: f.get("value", "")
        for f in page.select_one("form:has(textarea)").select("input[type=hidden]")
    }
    done = as_ada.post(EDIT, {**fields, "source": merged, "action": "publish"})
    assert done.status_code == 302
    assert Lesson.objects.get().live.source == merged
    assert Revision.objects.filter(source=theirs).exists()


def test_two_windows_of_one_person_notice_each_other(as_ada, course, ada):
    publish(course, ada)
    first, second = form_of(as_ada), form_of(as_ada)
    as_ada.post(EDIT, {**first, "source": TEXT + "One.\n"})
    told = as_ada.post(EDIT, {**second, "source": TEXT + "Two.\n"})
    assert told.status_code == 409
    assert "another window" in text_of(told)
    assert Draft.objects.get().source == TEXT + "One.\n"
    page = BeautifulSoup(told.content, "html.parser")
    assert "One." in str(page.textarea.string)
    assert "Two." in str(page.textarea.string)
    assert as_ada.post(EDIT, {**second, "source": "x"}, headers=JSON).json() == {
        "state": "elsewhere"
    }
    fields = {
        f["name"]: f.get("value", "")
        for f in page.select_one("form:has(textarea)").select("input[type=hidden]")
    }
    as_ada.post(EDIT, {**fields, "source": TEXT + "Both.\n", "action": "save"})
    assert Draft.objects.get().source == TEXT + "Both.\n"


def test_folder_and_studio_are_put_together(as_ada, course, ada):
    publish(course, ada)
    folder = TEXT.replace("a slow moon", "a lazy moon")
    conflict = FileConflict.objects.create(
        course=course, file_name="01-tides.md", base_digest=digest_of(TEXT), folder_source=folder,
        folder_digest=digest_of(folder), found_at=timezone.now(),
    )  # fmt: skip
    publish(course, ada, TEXT.replace("the water", "all water"), base=TEXT)
    assert "edited in the folder too" in text_of(as_ada.get(EDIT))
    address = "/studio/sea/conflict/01-tides.md"
    fields = form_of(as_ada, address)
    assert "lazy moon" in fields["source"]
    assert "all water" in fields["source"]
    assert as_ada.post(address, {**fields, "action": "publish"}).status_code == 302
    conflict.refresh_from_db()
    assert conflict.resolved_at is not None
    assert Lesson.objects.get().live.origin == "merged"
    assert as_ada.get(address).status_code == 404


def test_history_compares_any_two_and_restores_after_asking(as_ada, course, ada):
    publish(course, ada)
    newer = TEXT.replace("the water", "every water")
    publish(course, ada, newer, base=TEXT)
    send(as_ada, newer + "Draft.\n")
    page = as_ada.get("/studio/sea/history/01-tides.md?from=1&to=2")
    changed = BeautifulSoup(page.content, "html.parser").select(".changes ins, .changes del")
    assert [one.get_text() for one in changed] == ["the", "every"]
    restore = "/studio/sea/restore/1/01-tides.md"
    asked = BeautifulSoup(as_ada.get(restore).content, "html.parser")
    assert Lesson.objects.get().live.number == 2
    base = asked.select_one("form [name=base_digest]")["value"]
    assert as_ada.post(restore, {"base_digest": base}).status_code == 302
    live = Lesson.objects.get().live
    assert (live.source, live.origin) == (TEXT, "restored")
    assert Draft.objects.get().source == newer + "Draft.\n"
    for bad in ("from=9", "to=draft-999", "from=x", "to=draft-x", "from=99999999999999999999"):
        assert as_ada.get(f"/studio/sea/history/01-tides.md?{bad}").status_code == 404


def test_discarding_asks_first(as_ada, course, ada):
    publish(course, ada)
    send(as_ada, TEXT + "No.\n")
    assert as_ada.get("/studio/sea/discard/01-tides.md").status_code == 200
    assert Draft.objects.exists()
    as_ada.post("/studio/sea/discard/01-tides.md")
    assert not Draft.objects.exists()
    assert form_of(as_ada)["source"] == TEXT


def test_an_expired_login_loses_nothing(course, ada):
    publish(course, ada)
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    fields = {**form_of(client), "source": TEXT + "Typed for hours.\n", "action": "save"}
    del client.cookies["sessionid"]
    told = client.post(EDIT, fields)
    assert told.status_code == 401
    kept = BeautifulSoup(told.content, "html.parser")
    assert "Typed for hours." in str(kept.textarea.string)
    # Signing in again draws a new token, which the form that was open does not have.
    client.force_login(ada)
    client.cookies["csrftoken"] = "x" * 32
    fields = {
        f["name"]: f.get("value", "")
        for f in kept.select_one("form:has(textarea)").select("input[type=hidden]")
    }
    stale = client.post(EDIT, {**fields, "source": kept.textarea.string.removeprefix("\n")})
    assert stale.status_code == 403
    kept = BeautifulSoup(stale.content, "html.parser")
    fields = {
        f["name"]: f.get("value", "")
        for f in kept.select_one("form:has(textarea)").select("input[type=hidden]")
    }
    client.post(EDIT, {**fields, "source": kept.textarea.string.removeprefix("\n")})
    assert Draft.objects.get().source == TEXT + "Typed for hours.\n"


def test_the_script_is_told_in_a_word(course, ada, client):
    assert client.post(EDIT, {"source": "x"}, headers=JSON).json() == {"state": "signed-out"}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    assert strict.post(EDIT, {"source": "x"}, headers=JSON).json() == {"state": "stale"}


def test_a_text_that_no_draft_can_hold_comes_back(as_ada, course, ada):
    publish(course, ada)
    for source, word in (("x" * 300_000, "KiB"), ("# a\x00b\n", "U+0000")):
        told = send(as_ada, source)
        assert told.status_code == 422
        assert word in text_of(told)
        assert not Draft.objects.exists()
        answer = as_ada.post(EDIT, {"source": source}, headers=JSON)
        assert (answer.status_code, answer.json()["state"]) == (422, "refused")


@pytest.mark.parametrize(
    "name", ["../x.md", "x.txt", "a/../../b.md", ".hidden.md", "x.key.md", "%00.md"]
)
def test_names_that_are_no_lesson_are_refused(as_ada, course, name):
    assert as_ada.get(f"/studio/sea/edit/{name}").status_code == 404
    told = as_ada.post(f"/studio/sea/edit/{name}", {"source": "# x\n"})
    assert told.status_code in {404, 422}
    assert not Draft.objects.exists()


def test_the_outline_says_how_each_file_stands(as_ada, course, ada):
    publish(course, ada, TEXT.replace("  > It makes waves.\n", ""))
    send(as_ada, TEXT)
    shown = text_of(as_ada.get("/studio/"))
    for words in ("published", "your draft", "3 problems", "01-tides.md"):
        assert words in shown
    ben = make_author(course, "ben")
    Client().force_login(ben)
    other = Client()
    other.force_login(ben)
    assert "draft of ada" in text_of(other.get("/studio/"))


def test_what_a_text_would_break_in_other_lessons_counts_as_a_problem(course):
    broken = Finding(3, 1, "error", "link-missing-table", "No table.", "Name another.", "")
    findings = Findings(own=(), elsewhere=(("02-moons.md", (broken,)),))
    shown = BeautifulSoup(
        render_to_string("studio/problems.html", {"findings": findings, "course": course}),
        "html.parser",
    )
    assert shown.select_one(".count.has-errors").get_text() == "1"
    assert "would break 02-moons.md" in shown.get_text()
    assert not shown.select(".all-well")


def test_a_lesson_is_taken_off_and_comes_back(as_ada, course, ada):
    publish(course, ada)
    as_ada.post("/studio/sea/remove/01-tides.md")
    assert as_ada.get("/courses/sea/tides/").status_code == 404
    # The way back is found from the studio's first page.
    listed = BeautifulSoup(as_ada.get("/studio/").content, "html.parser").select_one(".taken-off")
    assert "Tides" in listed.get_text()
    history = as_ada.get(listed.a["href"])
    assert "Restore any of its texts to bring it back." in text_of(history)
    assert "the only text" not in text_of(history)
    restore = BeautifulSoup(history.content, "html.parser").select_one("tbody a")["href"]
    assert as_ada.post(restore, {"base_digest": ""}).status_code == 302
    assert as_ada.get("/courses/sea/tides/").status_code == 200
    assert b"Taken off" not in as_ada.get("/studio/").content


def test_the_answer_of_the_script_is_json(as_ada, course, ada):
    publish(course, ada)
    response = as_ada.post(EDIT, {**form_of(as_ada), "source": TEXT + "!"}, headers=JSON)
    assert json.loads(response.content)["state"] == "saved"
    assert open_file(course=course, file_name="01-tides.md", user=ada).draft.edition == 1
