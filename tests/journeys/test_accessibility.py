"""Nothing overflows, shifts or moves, and what is told is told in words; axe: see ``access``."""

import re

import pytest

COURSE = "/courses/aws-compute/"
PAGES = ["/", COURSE, f"{COURSE}side-by-side/", f"{COURSE}what-they-are/check/", "/progress/"]


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(visit, path, width):
    person = visit(viewport={"width": width, "height": 800})
    person.go(path)
    assert person.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 360])
def test_the_header_is_one_line_on_the_narrowest_phone(visit, width):
    person = visit(viewport={"width": width, "height": 640})
    person.go(COURSE)
    tops = person.page.locator(".masthead nav > a").evaluate_all(
        "(links) => links.map((link) => Math.round(link.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1


def test_targets_for_answers_are_large_enough_for_a_thumb(visit):
    person = visit()
    person.go(f"{COURSE}what-they-are/check/")
    boxes = [choice.bounding_box() for choice in person.page.locator("label.choice").all()]
    boxes.append(person.page.get_by_role("button", name="Check").bounding_box())
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)


def test_right_and_wrong_are_told_in_words(visit):
    person = visit()
    person.go(f"{COURSE}what-they-are/check/")
    person.pick(1)
    person.check()
    snapshot = person.page.locator("#question").aria_snapshot()
    assert re.search(r"Correct|Not correct|Partly right", snapshot)
    assert re.search(r"Your answer, (not )?correct", snapshot)


def test_motion_is_off_for_those_who_asked_for_that(visit):
    person = visit(reduced_motion="reduce")
    person.go(f"{COURSE}what-they-are/check/")
    person.pick(1)
    person.check()
    duration = person.page.evaluate(
        "getComputedStyle(document.querySelector('.choice .explanation')).animationName"
    )
    assert duration == "none"


@pytest.mark.parametrize("path", [f"{COURSE}side-by-side/", f"{COURSE}what-they-are/check/"])
def test_nothing_shifts_while_a_page_loads(visit, path):
    person = visit()
    person.page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(entry) => { window.shift += entry.value })).observe("
        "{type: 'layout-shift', buffered: true})"
    )
    person.go(path)
    person.page.wait_for_load_state("networkidle")
    assert person.page.evaluate("window.shift") == 0


def test_a_comparison_table_becomes_cards_on_a_phone_and_stays_so(visit):
    person = visit()
    page = person.page
    person.go(f"{COURSE}side-by-side/")
    button = page.get_by_role("button", name="Show as cards").first
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    cell = page.locator("figure.compare td").first
    label = cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert label == '"Batch"'
    page.reload()
    assert page.locator("figure.compare.cards").count() >= 1


@pytest.mark.parametrize("path", [*PAGES, f"{COURSE}choosing/check/5/"])
def test_text_twice_as_large_does_not_scroll_a_phone_sideways(visit, path):
    person = visit(viewport={"width": 360, "height": 740})
    person.go(path)
    person.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_progress_that_was_begun_fits_a_phone(visit):
    person = visit(viewport={"width": 360, "height": 740})
    person.go(f"{COURSE}what-they-are/check/")
    person.pick(1)
    person.check()
    person.go("/progress/")
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_action_bar_leaves_a_low_screen_to_the_question(visit):
    person = visit(viewport={"width": 320, "height": 256})
    person.go(f"{COURSE}what-they-are/check/")
    bar = person.page.locator(".action-bar")
    assert bar.evaluate("(bar) => getComputedStyle(bar).position") == "static"
