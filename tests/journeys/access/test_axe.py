"""axe finds nothing on any page type and after any swap, in both schemes."""

import pytest
from playwright.sync_api import expect

from tests.journeys.access.looking import left_out
from tests.journeys.access.water import (
    CHECK,
    COURSE,
    DRILL,
    EXAM_CHECK,
    EXAM_LESSON,
    KINDS_CHECK,
    KINDS_LESSON,
    LESSON,
    answer,
    go_through,
    let_days_pass,
)
from tests.journeys.kinds_course import KINDS, answer_wrongly

VIEWS = [
    "learn:home",
    "learn:course",
    "learn:lesson",
    "learn:print",
    "learn:unclear",
    "learn:notes",
    "learn:my-notes",
    "learn:progress",
    "learn:history",
    "learn:my-data",
    "learn:my-data-delete",
    "learn:search",
    "learn:preferences",
    "quizzes:check",
    "quizzes:question",
    "quizzes:quick",
    "quizzes:result",
    "quizzes:drill",
    "quizzes:drill-question",
    "quizzes:drill-result",
    "review:start",
    "review:question",
    "review:result",
    "review:retention",
]
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


@pytest.mark.parametrize("paths", [STRANGERS[:13], STRANGERS[13:]], ids=["to learn", "around it"])
def test_what_a_stranger_can_open(walk, paths):
    walk().go(*paths)


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


def test_notes_from_the_first_to_the_last_word(walk):
    visit = walk()
    page = visit.page
    visit.person.go(LESSON)
    page.locator(".section-tool").first.click()
    form = page.locator(".note-form")
    form.locator("textarea").evaluate("(area) => { area.value = 'long '.repeat(10_000) }")
    form.get_by_role("button", name="Save").click()
    page.locator(".note-form .field-fault").wait_for()
    visit.look("note refused")
    form.locator("textarea").fill("Remember this")
    form.get_by_role("button", name="Save").click()
    page.locator(".note-kept").wait_for()
    page.locator(".note-kept").get_by_role("link", name="Change").click()
    form.wait_for()
    visit.look("note opened again")
    visit.go(f"{LESSON}notes/", "/notes/")
    visit.person.go(f"{LESSON}notes/")
    form = page.locator(".note-form", has_text="Remember this")
    form.locator("textarea").fill("")
    form.get_by_role("button", name="Save").click()
    page.locator(".note-head:focus").wait_for()
    visit.look("note taken away")
    visit.go("/my-data/", "/my-data/delete/")
    page.get_by_role("button", name="Delete everything").click()
    visit.look_at_refusal("deletion refused")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    visit.look("everything deleted")


def test_a_search_while_it_is_typed(walk):
    visit = walk()
    page = visit.page
    visit.person.go("/search/")
    for typed, found in (
        ("steam", "result"),
        ("steem", "Showing results for"),
        ("qqqq", "Nothing"),
    ):
        page.locator("#page-query").fill(typed)
        expect(page.locator("#page-results")).to_contain_text(found)
        visit.look(f"search: {typed}")


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
        if kind == "order":
            page.get_by_role("button", name="Move down").first.click()
            expect(page.get_by_role("status")).to_contain_text("is now number 2")
            visit.look("order changed")
        else:
            page.get_by_role("button", name="Check", exact=True).click()
            visit.look_at_refusal(f"{kind} refused")
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
    card.get_by_role("link", name="Try again").click()
    card.locator("form.question").wait_for()
    visit.look("quick check once more")
    visit.go(f"{KINDS_CHECK}quick/quick/")


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
    page.get_by_role("link", name="This question is unclear").click()
    page.get_by_role("heading", name="This question is unclear").wait_for()
    visit.look("question unclear")
    page.go_back()
    visit.person.next()
    visit.look("what was missed comes back")
    go_through(visit.person)
    visit.look("result with a miss")
    page.get_by_role("button", name="Retry the question you missed").click()
    page.locator("form.question").wait_for()
    go_through(visit.person)
    visit.look("result of the retry")
    visit.go("/", COURSE, LESSON, "/progress/", "/progress/history/", "/review/")


def test_an_exam_while_it_is_open_and_its_results(walk):
    visit = walk()
    page = visit.page
    visit.go(EXAM_LESSON, EXAM_CHECK)
    page.get_by_role("button", name="Check", exact=True).click()
    visit.look_at_refusal("exam refused")
    visit.person.pick(1)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    visit.look("exam: the next question")
    visit.go("/", COURSE, EXAM_LESSON, EXAM_CHECK)
    visit.person.pick(2)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("h1.result-sentence").wait_for()
    visit.look("exam's result")
    visit.go(EXAM_LESSON)


def test_a_question_that_was_changed_meanwhile(walk):
    visit = walk()
    page = visit.page
    visit.person.go(CHECK)
    page.locator("input[name=version]").evaluate("(field) => { field.value = 'gone' }")
    visit.person.pick(1)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("was changed while you were answering")
    visit.look("question changed meanwhile")
    visit.person.complaints.clear()  # answered with 409


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
    page.locator("#page-retention").evaluate("(field) => { field.value = '7' }")
    page.locator("#page-retention").check()
    page.get_by_role("button", name="Save").click()
    visit.look_at_refusal("how often: refused")
    visit.person.go("/review/")
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


def test_no_page_of_these_was_left_out(request):
    assert left_out(request, VIEWS) == []
