"""Searching as a person does it: typing, reading, going there; by keyboard and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import violations


def typed(person, text):
    """Opens the search from any page and types into its field."""
    person.go("/")
    person.page.get_by_role("link", name="Search").click()
    field = person.page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.press_sequentially(text, delay=20)
    return field


def test_results_appear_while_typing_and_lead_to_the_section(visit):
    person = visit()
    page = person.page
    field = typed(person, "compute env")
    expect(page.locator("#page-results mark").first).to_be_visible()
    expect(page.locator("#page-status")).to_have_text(re.compile(r"\d+ results"))
    expect(field).to_be_focused()
    person.page.wait_for_url(re.compile(r"/search/\?q=compute%20env$"))
    expect(page).to_have_title(re.compile("^Search: compute env"))
    link = page.locator("#page-lesson + ol h3 a").first
    target = link.get_attribute("href")
    link.click()
    person.arrives_at(target)
    if "#" in target:
        expect(page.locator(f"[id='{target.partition('#')[2]}']")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#page-results mark").first).to_be_visible()


def test_an_answered_question_is_found_and_an_unanswered_one_is_not(visit):
    person = visit()
    page = person.page
    person.go("/courses/aws-compute/what-they-are/check/")
    stem = page.locator("h1.stem").inner_text()
    person.go(f"/search/?in=question&q={stem}")
    expect(page.locator("#page-question")).to_have_count(0)
    person.go("/courses/aws-compute/what-they-are/check/")
    person.pick(1)
    person.check()
    person.go(f"/search/?in=question&q={stem}")
    page.locator("#page-question + ol h3 a").first.click()
    expect(page.locator("[data-verdict]").first).to_be_visible()
    assert page.locator("h1.stem").inner_text() == stem


def test_a_mistyped_word_is_mended_while_typing(visit):
    person = visit()
    typed(person, "thumnail")
    expect(person.page.locator(".notice")).to_contain_text("Showing results for thumbnail")
    person.page.get_by_role("link", name="Search instead for thumnail").click()
    expect(person.page.locator(".lead")).to_contain_text("Nothing was found")


def test_it_works_without_scripts(visit):
    person = visit(java_script_enabled=False)
    page = person.page
    person.go("/search/")
    page.get_by_role("searchbox").fill("cold start")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile(r"/search/\?q=cold\+start$"))
    expect(page.get_by_role("heading", name="Lessons")).to_be_visible()
    assert page.locator("#page-results mark").count() > 2


@pytest.mark.parametrize("scheme", ["light"])  # the dark: journeys/access/test_axe.py
def test_axe_finds_nothing(visit, scheme):
    person = visit(color_scheme=scheme, reduced_motion="reduce")
    for query in ("", "?q=cold+start", "?q=thumnail", "?q=job&in=lesson&page=2", "?q=xyzzyplugh"):
        person.go(f"/search/{query}")
        assert violations(person.page) == []
    typed(person, "queue")
    expect(person.page.locator("#page-results mark").first).to_be_visible()
    assert violations(person.page) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_scrolls_sideways(visit, width):
    person = visit(viewport={"width": width, "height": 740})
    for query in ("", "?q=job+queue", f"?q={'x' * 150}"):
        person.go(f"/search/{query}")
        if width == 360:
            root = "document.documentElement"
            person.page.evaluate(f"{root}.style.setProperty('font-size', '200%')")
        assert person.page.evaluate("document.documentElement.scrollWidth") <= width
