"""axe finds nothing on any page type and after any swap, in both schemes."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.access.looking import Walk
from tests.journeys.access.water import (
    CHECK,
    COURSE,
    DRILL,
    KINDS,
    KINDS_CHECK,
    KINDS_LESSON,
    LESSON,
    answer,
    answer_wrongly,
    go_through,
    let_days_pass,
    sign_in,
)

STRANGERS = [
    "/",
    COURSE,
    LESSON,
    f"{LESSON}print/",
    f"{LESSON}unclear/",
    f"{LESSON}unclear/?told",
    f"{LESSON}notes/",
    DRILL,
    f"{DRILL}?cover=ice",
    "/review/",
    "/progress/",
    "/progress/history/",
    "/notes/",
    "/my-data/",
    "/search/",
    "/search/?q=ice",
    "/search/?q=qqqq",
    "/preferences/",
    "/offline/",
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/signup/",
    "/accounts/signup/passkey/",
    "/accounts/password/reset/",
]
ACCOUNT = [
    "/accounts/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/my-data/",
]
STUDIO = [
    "/studio/",
    "/studio/water/new/",
    "/studio/water/people/",
    "/studio/water/reports/",
    "/studio/water/pictures/",
    "/studio/water/edit/01-ice.md",
    "/studio/water/edit/09-broken.md",
    "/studio/water/edit/course.md",
    "/studio/water/history/01-ice.md",
    "/studio/water/conflict/03-sure.md",
    "/studio/water/remove/02-kinds.md",
    "/studio/water/discard/09-broken.md",
]


@pytest.fixture
def walk(arrive):
    """A person who asks axe at every step; at the end it must have found nothing."""
    walks = []

    def begin(**options):
        walks.append(Walk(arrive(**options)))
        return walks[-1]

    yield begin
    assert [fault for each in walks for fault in each.faults] == []


@pytest.mark.parametrize("paths", [STRANGERS[:13], STRANGERS[13:]], ids=["to learn", "around it"])
def test_what_a_stranger_can_open(walk, paths):
    walk().go(*paths)


def test_pages_that_are_not_there(walk):
    visit = walk()
    visit.go("/nothing/", "/studio/water/nothing/x")
    visit.person.complaints.clear()


def test_what_a_lesson_opens_in_place(walk):
    visit = walk()
    page = visit.page
    visit.person.go(LESSON)
    page.locator(".contents summary").click()
    visit.look("contents opened")
    page.locator("abbr").first.focus()
    visit.look("a term explained")
    page.locator(".section-tool").first.click()
    page.locator(".note-form").wait_for()
    visit.look("note opened")
    page.locator(".note-form textarea").fill("Remember this")
    page.locator(".note-form").get_by_role("button").first.click()
    page.locator(".note-kept").wait_for()
    visit.look("note kept")
    figure = page.locator("figure.compare")
    figure.get_by_role("button", name="Ice").click()
    figure.get_by_label("Cover").select_option(label="Steam")
    visit.look("table sorted and covered")
    figure.get_by_role("button", name="Show as cards").click()
    visit.look("table as cards")
    page.get_by_role("button", name="Mark as read").click()
    page.get_by_text("Read on").wait_for()
    visit.look("marked as read")
    page.locator("details.preferences summary").click()
    page.locator(".preferences-form").wait_for()
    visit.look("preferences opened")
    visit.go(f"{LESSON}notes/", "/notes/", "/my-data/", "/my-data/delete/")
    page.get_by_role("button", name="Delete everything").click()
    visit.look("deletion refused")


@pytest.mark.parametrize("kinds", [KINDS[:4], KINDS[4:]], ids=["to choose or type", "to arrange"])
def test_every_kind_asked_refused_and_answered(walk, kinds):
    visit = walk()
    page = visit.page
    for kind in kinds:
        visit.go(f"{KINDS_CHECK}{KINDS.index(kind) + 1}/")
        if kind == "typed":
            page.get_by_role("button", name="Show a hint").click()
            page.get_by_text("It begins with an e").wait_for()
            visit.look("hint")
        if kind != "order":
            page.get_by_role("button", name="Check", exact=True).click()
            page.locator(".field-fault").wait_for()
            visit.look(f"{kind} refused")
        answer_wrongly(page, kind)
        visit.person.check()
        visit.look(f"{kind} wrong or partly right")
        if kind == "number":
            page.get_by_role("link", name="Try again").click()
            page.locator("form.question").wait_for()
            visit.look(f"{kind} once more")
    visit.go(KINDS_LESSON)
    card = page.locator(".quick")
    card.get_by_role("button", name="Check", exact=True).click()
    card.locator(".field-fault").wait_for()
    visit.look("quick check refused")
    card.get_by_label("No", exact=True).check()
    card.get_by_role("button", name="Check", exact=True).click()
    card.locator("[data-verdict]").wait_for()
    visit.look("quick check answered")


def test_a_check_and_its_results(walk):
    visit = walk()
    page = visit.page
    visit.go(f"{COURSE}sure/check/", CHECK)
    answer(page, is_right=False)
    visit.person.check()
    visit.person.next()
    answer(page)
    visit.person.check()
    visit.look("right")
    visit.person.next()
    visit.look("what was missed comes back")
    go_through(visit.person)
    visit.look("result with a miss")
    page.get_by_role("button", name="Retry the question you missed").click()
    page.locator("form.question").wait_for()
    go_through(visit.person)
    visit.look("result of the retry")
    visit.go("/", COURSE, LESSON, "/progress/", "/progress/history/", "/review/")


def test_a_drill_to_its_result(walk):
    visit = walk()
    page = visit.page
    visit.person.go(DRILL)
    page.get_by_role("button", name="Start").click()
    page.locator("form.question").wait_for()
    visit.look("drill asked")
    visit.person.pick(1)
    visit.person.check()
    visit.look("drill answered")
    visit.person.next()
    go_through(visit.person)
    visit.look("drill's result")
    visit.go(DRILL, LESSON)


def test_a_review_to_its_result(walk, water):
    visit = walk()
    page = visit.page
    visit.person.go(CHECK)
    go_through(visit.person)
    let_days_pass(water, 11)
    visit.go("/", "/review/")
    page.get_by_text("The same in figures").click()
    page.get_by_text("How often?").click()
    visit.look("review with all of it opened")
    page.get_by_role("button", name="Review 2 questions").click()
    page.locator("form.question").wait_for()
    visit.look("review asked")
    answer(page, is_right=False)
    visit.person.check()
    visit.look("review answered")
    visit.person.go("/review/")
    visit.look("review left off")
    page.get_by_role("button", name="Go on with the review").click()
    page.locator("form.question").wait_for()
    go_through(visit.person)
    visit.look("review's result")
    visit.go("/review/", "/progress/", "/progress/history/")


def test_refusals_at_the_door(walk):
    visit = walk()
    page = visit.page
    for path, button in (
        ("/accounts/signup/", "Make an account"),
        ("/accounts/login/", "Sign in"),
        ("/accounts/password/reset/", ""),
    ):
        visit.person.go(path)
        page.locator("form.account-form").first.evaluate("(form) => { form.noValidate = true }")
        page.locator("form.account-form").get_by_role("button", name=button).first.click()
        expect(page).to_have_title(re.compile("^Error: "))
        visit.look(f"{path} refused")


def test_an_account_and_the_studio(walk):
    visit = walk()
    sign_in(visit.person, "ada")
    visit.go(*ACCOUNT, *STUDIO)


def test_somebody_without_a_role(walk):
    visit = walk()
    sign_in(visit.person, "cleo")
    visit.go("/studio/")
    visit.person.complaints.clear()
