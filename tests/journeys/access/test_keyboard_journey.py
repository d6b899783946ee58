"""From the first visit to a finished review by keyboard alone, and the focus is never lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.access.keyboard import Keyboard
from tests.journeys.access.water import KNOWN, LESSON, let_days_pass

# Beside the text, with the contents; below them, on a screen that is low and no wider than a book.
SCREENS = {"wide": (1280, 800), "narrow": (900, 600)}


def answer(keyboard, *, is_right=True):
    """Choose by its digit and check; the focus is then on the verdict."""
    page = keyboard.page
    stem = page.locator("h1.stem").inner_text()
    wanted = KNOWN[stem] if is_right else "Water"
    keyboard.tab_to_choices()
    texts = page.locator("label.choice").all_inner_texts()
    keyboard.press(str(texts.index(wanted) + 1))
    expect(page.get_by_label(wanted, exact=True)).to_be_checked()
    keyboard.swap("[data-verdict]")


def answer_all(keyboard, misses):
    """Answer to the end, the first ``misses`` of the questions wrongly."""
    page = keyboard.page
    for number in range(10):
        answer(keyboard, is_right=number >= misses)
        if not page.get_by_role("link", name="Next", exact=True).count():
            break
        keyboard.tab_to("Next")
        keyboard.swap("h1.stem")
    keyboard.tab_to("See the result")
    keyboard.follow(re.compile("/results/"))


@pytest.mark.parametrize("screen", SCREENS)
def test_from_the_first_visit_to_a_finished_review(arrive, water, screen):
    width, height = SCREENS[screen]
    person = arrive(viewport={"width": width, "height": height})
    page, keyboard = person.page, Keyboard(person)
    person.go("/")
    keyboard.press("Tab")
    assert keyboard.name == "Skip to the content"
    keyboard.tab_to("Start the first lesson")
    keyboard.follow(f"**{LESSON}")

    keyboard.press("Tab")
    assert keyboard.name == "Skip to the content"
    page.keyboard.press("Enter")
    keyboard.tab_to("Check what you know")
    keyboard.follow("**/check/")

    keyboard.press("Tab", "Enter")
    answer_all(keyboard, misses=1)
    assert page.locator("h1").inner_text() == "1 of 2 right."
    passed = keyboard.tab_to("Take the whole check again")
    assert "Retry the question you missed" in passed

    let_days_pass(water, 11)
    person.go("/")
    keyboard.tab_to("2 questions are due for review")
    keyboard.follow("**/review/")
    assert page.locator("h1").inner_text() == "2 questions are due"
    keyboard.tab_to("Review 2 questions")
    keyboard.follow("**/review/1/")
    answer_all(keyboard, misses=0)
    assert page.locator("h1").inner_text() == "You still knew all 2."
    keyboard.tab_to("Go on learning")
    keyboard.follow(f"{person.site}/")


def test_a_refused_answer_leads_to_its_field_and_a_hint_into_the_text(arrive):
    person = arrive(viewport={"width": 900, "height": 600})
    page, keyboard = person.page, Keyboard(person)
    person.go("/courses/water/kinds/check/3/")
    keyboard.tab_to("Your answer")
    keyboard.swap(".form-faults")
    expect(page).to_have_title(re.compile("^Error: Question 3 of 8"))
    keyboard.press("Tab")
    assert keyboard.name == "Type an answer."
    keyboard.press("Enter")
    assert keyboard.name == "Your answer"
    page.keyboard.insert_text("evap")
    keyboard.tab_to("Show a hint")
    keyboard.swap(".hint")
    keyboard.tab_to("Your answer")
    assert page.get_by_label("Your answer").input_value() == "evap"


def test_what_opens_in_place_gives_the_focus_back(arrive):
    person = arrive(viewport={"width": 900, "height": 600})
    page, keyboard = person.page, Keyboard(person)
    person.go(LESSON)
    keyboard.tab_to("Aa")
    keyboard.press("Enter")
    page.locator(".preferences-form").wait_for()
    keyboard.tab_to("Medium")
    keyboard.press("Escape")
    assert keyboard.name.startswith("Aa")
    keyboard.tab_to("On this page")
    keyboard.press("Enter")
    keyboard.tab_to("Which to choose")
    keyboard.press("Escape")
    assert keyboard.name.startswith("On this page")
    keyboard.press("Enter")
    keyboard.tab_to("H2O")
    assert page.locator(".contents details[open]").count() == 0
    keyboard.tab_to("Note on: Side by side")
    page.keyboard.press("Enter")
    page.locator(".note-form textarea:focus").wait_for()
    keyboard.look()
    page.keyboard.insert_text("Look at this again.")
    keyboard.tab_to("Save")
    keyboard.swap(".note-head")
    keyboard.tab_to("Mark as read")
    keyboard.swap(".mark.done")
