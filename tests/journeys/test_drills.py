"""A table is sorted, filtered, covered and practised by pointer, keyboard and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import violations

COURSE = "/courses/aws-compute/"
LESSON = f"{COURSE}side-by-side/"
DRILL = f"{LESSON}drill/side-by-side/"


def table(page):
    return page.locator("figure#side-by-side")


def practise(person, answer):
    """Go through a practice; ``answer`` answers the question that is shown."""
    page = person.page
    for _ in range(10):
        answer()
        page.locator("[data-verdict]").first.wait_for()
        following = page.locator(".action-bar").get_by_role("link", name="Next", exact=True)
        number = int(re.search(r"Question (\d+) of", page.title()).group(1))
        if number == 10:
            break
        following.click()
        expect(page).to_have_title(re.compile(f"^Question {number + 1} of"))
    page.locator(".action-bar").get_by_role("link", name="See the result").click()
    page.locator("h1.result-sentence").wait_for()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_table_is_practised_from_its_lesson_and_back(visit, javascript):
    person = visit(java_script_enabled=javascript)
    page = person.page
    person.go(LESSON)
    table(page).get_by_role("link", name="Practise this table").click()
    person.arrives_at(DRILL)
    page.get_by_role("button", name="Start").click()
    person.arrives_at(f"{DRILL}1/")

    def answer():
        person.pick(1)
        page.get_by_role("button", name="Check", exact=True).click()

    practise(person, answer)
    assert "What it comes down to" in page.content()
    assert page.locator("td .held").count() == 24
    page.get_by_role("link", name="Back to the table in the lesson").first.click()
    person.arrives_at(f"{LESSON}#side-by-side")


def test_the_keyboard_alone_is_enough(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(DRILL)
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    person.arrives_at(f"{DRILL}1/")

    def answer():
        page.locator("input[name=choice]").first.focus()
        page.keyboard.press("2")
        page.keyboard.press("Enter")

    practise(person, answer)


def test_the_heat_map_is_shown_in_the_table_on_demand(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(DRILL)
    page.get_by_role("button", name="Start").click()
    person.pick(1)
    person.check()
    person.go(LESSON)
    button = table(page).get_by_role("button", name="Show what you know")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert table(page).locator("td .held").count() == 24
    assert violations(page) == []
    button.click()
    assert table(page).locator("td .held").count() == 0


def test_a_column_is_covered_and_recalled_cell_by_cell(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(LESSON)
    table(page).get_by_label("Cover").select_option("Lambda")
    expect(page.locator("#page-status")).to_contain_text("Lambda is covered")
    covers = table(page).locator("button.cover")
    assert covers.count() == 12
    expect(table(page).get_by_text("15 minutes on default")).to_be_hidden()
    assert violations(page) == []
    covers.nth(2).focus()
    assert page.evaluate("document.activeElement.ariaLabel") == "Show: Job duration, Lambda"
    page.keyboard.press("Enter")
    assert "15 minutes on default" in person.focused
    for _ in ("footnote 7", "footnote 8", "the next cell"):
        page.keyboard.press("Tab")
    assert "What scaling follows" in page.evaluate("document.activeElement.ariaLabel")
    table(page).get_by_role("button", name="Show all").click()
    assert covers.count() == 0
    expect(table(page).get_by_text("15 minutes on default")).to_be_visible()


def test_rows_are_sorted_and_filtered(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(LESSON)
    first = table(page).locator("tbody th").first
    head = table(page).locator("thead th").first
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(first).to_contain_text("Complexity")
    head.get_by_role("button").click()
    expect(first).to_contain_text("What scaling follows")
    head.get_by_role("button").click()
    expect(first).to_contain_text("Execution model")
    assert head.get_attribute("aria-sort") is None
    table(page).get_by_label("Filter").fill("GB-second")
    assert table(page).locator("tbody tr:visible").count() == 1
    expect(page.locator("#page-status")).to_have_text("1 of 12 rows shown.")


def test_cards_on_a_phone_say_that_they_are_on(visit):
    person = visit()
    page = person.page
    person.go(LESSON)
    button = table(page).get_by_role("button", name="Show as cards")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(table(page)).to_have_class(re.compile("cards"))
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_page_of_a_practice_scrolls_sideways(visit, width, direction):
    person = visit(viewport={"width": width, "height": 800})
    page = person.page
    for path in (LESSON, DRILL, f"{DRILL}?cover=lambda"):
        person.go(path)
        page.evaluate("dir => { document.documentElement.dir = dir }", direction)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
