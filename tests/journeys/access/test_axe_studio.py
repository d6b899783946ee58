"""axe finds nothing in the studio: on its pages, after a refusal, and after every swap."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.access.looking import left_out
from tests.journeys.access.water import LESSON, PICTURE, SPARE, sign_in

VIEWS = [
    "studio:answer",
    "studio:conflict",
    "studio:discard",
    "studio:edit",
    "studio:history",
    "studio:home",
    "studio:new-course",
    "studio:new-lesson",
    "studio:pictures",
    "studio:reports",
    "studio:restore",
    "studio:retire",
    "studio:roles",
    "studio:take-off-picture",
    "studio:two-pictures",
]
PAGES = [
    "/studio/",
    "/studio/water/new/",
    "/studio/water/people/",
    "/studio/water/reports/",
    "/studio/water/pictures/",
    "/studio/water/edit/01-ice.md",
    "/studio/water/edit/09-broken.md",
    "/studio/water/edit/course.md",
    "/studio/water/history/01-ice.md",
    "/studio/water/restore/1/01-ice.md",
    "/studio/water/conflict/03-sure.md",
    f"/studio/water/two-pictures/{PICTURE}",
    "/studio/water/remove/02-kinds.md",
    "/studio/water/discard/09-broken.md",
]
WIDE = {"viewport": {"width": 1280, "height": 850}}
KINDS = "/studio/water/edit/02-kinds.md"


@pytest.fixture
def author(walk):
    """An instructor who asks axe at every step."""

    def begin(name="ada", **options):
        visit = walk(**options)
        sign_in(visit.person, name)
        return visit

    return begin


def refuse(visit, name):
    """Press a button that is refused, past the browser's own checks, and look at what comes."""
    page = visit.page
    for form in page.locator("main form").all():
        form.evaluate("(form) => { form.noValidate = true }")
    page.get_by_role("button", name=name, exact=True).first.click()
    visit.look_at_refusal(f"{visit.person.path}: {name!r} refused")


@pytest.mark.parametrize("pages", [PAGES[:7], PAGES[7:]], ids=["to write", "to decide"])
def test_what_an_author_opens(author, pages):
    author().go(*pages)


def test_what_is_refused(author):
    visit = author()
    for path, button in (
        ("/studio/water/new/", "Begin"),
        ("/studio/water/people/", "Give the role"),
        ("/studio/water/pictures/", "Upload"),
        ("/studio/water/edit/09-broken.md", "Publish"),
    ):
        visit.person.go(path)
        refuse(visit, button)
    visit.person.go("/studio/water/conflict/03-sure.md")
    visit.page.locator("#page-source").fill("# How sure?\n\n## Check {.quiz}\n\n### What?\n")
    refuse(visit, "Publish this text")
    visit.person.go(f"/studio/water/two-pictures/{PICTURE}")
    visit.page.locator("button[value=studio]").evaluate("(button) => { button.value = '' }")
    refuse(visit, "Keep the studio's")


def test_a_picture_is_taken_off_and_put_back(author):
    visit = author()
    page = visit.page
    visit.go(f"/studio/water/pictures/{SPARE}")
    page.get_by_role("button", name="Take it off").click()
    expect(page.locator(".messages")).to_contain_text("taken off")
    page.locator(".taken-off summary").click()
    visit.look("a picture taken off")
    page.get_by_role("button", name="Put back").click()
    expect(page.locator(".messages")).to_contain_text("there again")


def test_who_makes_courses(author):
    visit = author("dora")
    visit.go("/studio/", "/studio/new-course/")
    refuse(visit, "Begin")


def test_dialogs_and_what_is_wrong_beside_the_text(author):
    visit = author(**WIDE)
    page = visit.page
    visit.person.go(KINDS)
    for button in ("Table…", "Question…", "Callout…", "Picture…"):
        page.get_by_role("button", name=button).click()
        visit.look(f"dialog {button}")
        page.keyboard.press("Escape")
    page.locator("#page-source").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n### Why? {#why}\n\n- [x] yes\n- [ ] [no](nowhere.md)\n")
    expect(page.locator(".finding.error")).not_to_have_count(0)
    expect(page.locator("#page-saving")).to_contain_text("Draft saved at")
    visit.look("problems beside the text")
    visit.go("/studio/", "/studio/water/history/02-kinds.md", "/studio/water/discard/02-kinds.md")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(".messages")).to_be_visible()
    visit.look("draft discarded")


def test_questions_tried_in_the_preview(author):
    visit = author(**WIDE)
    page = visit.page
    visit.person.go(KINDS)
    card = page.locator(".trial", has_text="What is it called?")
    card.get_by_role("button", name="Check", exact=True).click()
    card.locator(".field-fault").wait_for()
    visit.look("trial refused")
    card.get_by_role("button", name="Show a hint").click()
    card.locator(".hint").wait_for()
    visit.look("trial with a hint")
    card.get_by_label("Your answer").fill("condensation")
    card.get_by_role("button", name="Check", exact=True).click()
    card.locator("[data-verdict]").wait_for()
    visit.look("trial answered")
    card.get_by_role("button", name="Try again").click()
    card.locator("form.question").first.wait_for()
    visit.look("trial once more")
    # Without JavaScript the card has a page of its own.
    visit.go("/studio/water/answer/02-kinds.md?key=typed")


def test_the_editor_a_part_at_a_time(author):
    visit = author()
    visit.person.go("/studio/water/edit/09-broken.md")
    for tab in ("Preview", "Problems", "Write"):
        visit.page.get_by_role("tab", name=tab).click()
        visit.look(f"editor on a phone: {tab}")


def test_a_text_that_comes_too_late_is_not_lost(author):
    visit = author()
    page = visit.page

    def send(heading):
        with page.expect_navigation():
            page.evaluate("document.getElementById('page-editor').submit()")
        expect(page.get_by_label("Your text")).to_have_value(re.compile("Ice and steam"))
        visit.look(heading)

    visit.person.go("/studio/water/edit/01-ice.md")
    page.context.clear_cookies()
    send("signed out")
    sign_in(visit.person, "ada")
    visit.person.go("/studio/water/edit/01-ice.md")
    page.context.clear_cookies()
    other = page.context.new_page()
    sign_in(visit.person, "ada", page=other)
    send("signed in anew")
    visit.person.complaints.clear()


def test_what_readers_reported_is_settled(author):
    visit = author()
    page = visit.page
    visit.person.go(f"{LESSON}unclear/")
    page.locator("main textarea").fill("Why does it float?")
    page.get_by_role("button", name="Tell the instructors").click()
    expect(page).to_have_url(re.compile(r"\?told"))
    visit.go("/studio/water/reports/")
    while page.locator("main .report").count():
        with page.expect_navigation():
            page.get_by_role("button", name="Settle").first.click()
    visit.look("all reports settled")


def test_no_page_of_these_was_left_out(request):
    assert left_out(request, VIEWS) == []
