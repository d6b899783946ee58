"""Every kind of question in a real browser: by touch, by keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import company, new_visitor, site_of_one_lesson, violations
from tests.journeys.kinds_course import KINDS, LESSON, answer_rightly

CHECK = "/courses/all/kinds/check/"
LESSON_PAGE = "/courses/all/kinds/"


@pytest.fixture(scope="module")
def kinds_site(tmp_path_factory):
    with site_of_one_lesson(tmp_path_factory.mktemp("kinds"), "all/kinds.md", LESSON) as address:
        yield address


@pytest.fixture
def visit_kinds(browser, kinds_site):
    with company(browser, kinds_site) as make:
        yield make


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_all_kinds_are_answered_rightly_to_the_end(visit_kinds, javascript):
    person = visit_kinds(java_script_enabled=javascript, reduced_motion="reduce")
    person.go(CHECK)
    for number, kind in enumerate(KINDS, start=1):
        answer_rightly(person.page, kind)
        assert person.check() == "correct", kind
        if number < len(KINDS):
            person.next()
    person.page.get_by_role("link", name="See the result").click()
    assert "All 8 right." in person.page.locator("h1.result-sentence").inner_text()


@pytest.mark.parametrize("scheme", ["light"])  # the dark: journeys/access/test_axe.py
def test_no_kind_has_a_fault_that_axe_knows(visit_kinds, scheme):
    person = visit_kinds(color_scheme=scheme, reduced_motion="reduce")
    for number, kind in enumerate(KINDS, start=1):
        person.go(f"{CHECK}{number}/")
        assert violations(person.page) == [], kind
        answer_rightly(person.page, kind)
        person.check()
        assert violations(person.page) == [], kind
    person.go(LESSON_PAGE)
    assert violations(person.page) == []


def test_an_order_is_made_by_keyboard_and_the_focus_stays_on_the_button(visit_kinds):
    person = visit_kinds(viewport={"width": 1280, "height": 900})
    page = person.page
    person.go(f"{CHECK}5/")
    names = page.locator(".arranging li > span:nth-child(2)").all_inner_texts()
    button = page.get_by_role("button", name=f"Move down: {names[0]}")
    button.focus()
    page.keyboard.press("Enter")
    moved = page.locator(".arranging li > span:nth-child(2)").all_inner_texts()
    assert moved == [names[1], names[0], names[2]]
    assert page.evaluate("document.activeElement.ariaLabel") == f"Move down: {names[0]}"
    assert page.get_by_role("status").inner_text() == f"{names[0]} is now number 2 of 3"


def test_enter_in_a_text_checks_the_answer(visit_kinds):
    person = visit_kinds()
    page = person.page
    person.go(f"{CHECK}3/")
    page.get_by_label("Your answer").fill("evaporation")
    page.keyboard.press("Enter")
    page.locator("[data-verdict=correct]").wait_for()


def test_a_hint_keeps_what_was_typed(visit_kinds):
    person = visit_kinds()
    page = person.page
    person.go(f"{CHECK}3/")
    page.get_by_label("Your answer").fill("evap")
    page.get_by_role("button", name="Show a hint").click()
    page.get_by_text("It begins with an e").wait_for()
    assert page.get_by_label("Your answer").input_value() == "evap"


def test_a_second_try_comes_without_the_key(visit_kinds):
    person = visit_kinds()
    page = person.page
    person.go(f"{CHECK}4/")
    page.get_by_label("Your number").fill("15 s")
    assert person.check() == "incorrect"
    assert "Seconds are too short" in page.locator("#question").inner_text()
    assert "quarter of an hour" not in page.content()
    page.get_by_role("link", name="Try again").click()
    page.get_by_label("Your number").fill("15")
    assert person.check() == "correct"


def test_a_quick_check_is_answered_in_the_middle_of_the_lesson(visit_kinds):
    person = visit_kinds()
    page = person.page
    person.go(LESSON_PAGE)
    card = page.locator(".quick")
    card.get_by_label("No", exact=True).check()
    card.get_by_role("button", name="Check", exact=True).click()
    card.get_by_text("other way round").wait_for()
    card.get_by_role("link", name="Try again").click()
    card.get_by_label("Yes", exact=True).check()
    card.get_by_role("button", name="Check", exact=True).click()
    card.locator("[data-verdict=correct]").wait_for()
    page.reload()
    assert page.locator(".quick [data-verdict=correct]").count() == 1
    person.arrives_at(LESSON_PAGE)


def tab_to(page, locator):
    """Press Tab until the element has the focus."""
    for _ in range(30):
        if locator.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not reach the element")


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        (4, {"Your number": "15"}),
        (6, {"solid": "ice", "liquid": "water"}),
        (7, {"cold": "Ice", "hot": "Steam", "own": "Ice", "none": "Steam"}),
        (8, {"Gap 1": "0", "Gap 2": "100"}),
    ],
    ids=["number", "matching", "sorting", "gaps"],
)
def test_a_form_is_filled_in_and_checked_by_keyboard_alone(visit_kinds, number, keys):
    person = visit_kinds(viewport={"width": 1280, "height": 900})
    page = person.page
    person.go(f"{CHECK}{number}/")
    form = page.locator("form.question")
    fields = form.locator("input[type=text], select")
    for index in range(fields.count()):
        field = fields.nth(index)
        name = field.evaluate("(f) => f.ariaLabel || f.labels[0].innerText")
        [text] = [text for label, text in keys.items() if label in name]
        tab_to(page, field)
        page.keyboard.type(text)
    tab_to(page, page.get_by_role("button", name="Check", exact=True))
    page.keyboard.press("Enter")
    page.locator("[data-verdict=correct]").wait_for()


def test_choices_items_and_buttons_answer_to_touch(visit_kinds):
    person = visit_kinds(has_touch=True, is_mobile=True)
    page = person.page
    person.go(f"{CHECK}1/")
    page.get_by_text("This", exact=True).tap()
    page.get_by_role("button", name="Check", exact=True).tap()
    page.locator("[data-verdict=correct]").wait_for()
    person.go(f"{CHECK}5/")
    names = page.locator(".arranging li > span:nth-child(2)").all_inner_texts()
    page.get_by_role("button", name=f"Move down: {names[0]}").tap()
    moved = page.locator(".arranging li > span:nth-child(2)").all_inner_texts()
    assert moved == [names[1], names[0], names[2]]


@pytest.fixture
def typist(browser, kinds_site):
    """Somebody who answered with a slip while there was no connection."""
    person = new_visitor(browser, kinds_site)
    person.go(f"{CHECK}{KINDS.index('typed') + 1}/")
    person.page.get_by_role("textbox").fill("evaporatoin")
    person.page.context.set_offline(True)
    person.page.get_by_role("button", name="Check", exact=True).click()
    expect(person.page.locator(".queued")).to_be_visible()
    yield person
    person.page.context.close()


def test_what_needs_another_look_comes_back_as_it_was_typed_offline(typist):
    page = typist.page
    page.goto("about:blank")
    page.context.set_offline(False)
    typist.go(LESSON_PAGE)
    page.locator("#page-queue").get_by_role("link", name="Answer again").click()
    expect(page.locator(".field-fault")).to_contain_text("check the spelling")
    expect(page.get_by_role("textbox")).to_have_value("evaporatoin")
    page.get_by_role("textbox").fill("evaporation")
    assert typist.check() == "correct"
    page.reload()
    page.locator("[data-verdict=correct]").first.wait_for()


@pytest.mark.parametrize(("typed", "told"), [("evaporatoin", 1), ("evapor", 0)])
def test_where_the_form_is_still_open_it_says_so_unless_more_was_typed(typist, typed, told):
    page = typist.page
    field = page.get_by_role("textbox")
    field.fill(typed)
    with page.expect_response(lambda response: response.status == 422):
        page.context.set_offline(False)
    expect(page.locator(".field-fault")).to_have_count(told)
    page.wait_for_timeout(500)
    expect(page.locator(".field-fault")).to_have_count(told)
    expect(field).to_have_value(typed)
