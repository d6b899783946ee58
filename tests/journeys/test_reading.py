"""Reading comfort in a real browser: what is left, terms, notes, looks, paper."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import violations

COURSE = "/courses/aws-compute/"
LESSON = f"{COURSE}what-they-are/"
PAGES = [f"{LESSON}notes/", "/notes/", f"{LESSON}unclear/", f"{LESSON}print/", "/offline/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_fault_that_axe_knows_and_fits_a_phone(visit, path, scheme):
    person = visit(color_scheme=scheme, viewport={"width": 360, "height": 740})
    person.go(path)
    assert violations(person.page) == []
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_header_is_one_line_on_a_phone(visit):
    person = visit(viewport={"width": 360, "height": 740})
    person.go("/")
    tops = {
        round(link.bounding_box()["y"] + link.bounding_box()["height"] / 2)
        for link in person.page.locator(
            ".masthead a:not(.preferences-panel a), .preferences summary"
        ).all()
    }
    assert max(tops) - min(tops) <= 2


def test_looks_are_chosen_at_once_and_stay(visit):
    person = visit(color_scheme="light", viewport={"width": 360, "height": 740})
    page = person.page
    person.go(LESSON)
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.locator(".preferences summary").click()
    expect(page.get_by_label("Dark")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Dark").check()
    page.get_by_label("Very large").check()
    dark = page.evaluate(paper)
    assert dark != light
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "21.6px"
    page.keyboard.press("Escape")
    expect(page.locator(".preferences-form")).to_be_hidden()
    for path in (LESSON, "/", f"{COURSE}side-by-side/", f"{LESSON}check/", "/progress/", *PAGES):
        person.go(path)
        assert page.evaluate(paper) == dark
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_header_takes_two_lines_at_twice_the_text(visit, direction):
    person = visit(viewport={"width": 360, "height": 740})
    person.go("/")
    twice = {"fontSizes": {"standard": 32, "fixed": 26}}
    person.page.context.new_cdp_session(person.page).send("Page.setFontSizes", twice)
    person.page.locator("html").evaluate("(html, to) => html.dir = to", direction)
    header = person.page.locator(".masthead")
    ways = header.locator("> a, nav > a, nav > details > summary")
    boxes = [way.bounding_box() for way in ways.all()]
    assert len(boxes) == 6
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    assert header.bounding_box()["height"] < 3 * 44
    for way in ways.all():
        way.click(trial=True)  # nothing lies over it


@pytest.mark.parametrize(("theme", "scheme"), [("light", "dark"), ("dark", "light")])
def test_a_drawing_is_seen_where_the_system_forces_other_colours(visit, theme, scheme):
    person = visit(color_scheme=scheme, forced_colors="active")
    person.go(f"{COURSE}how-a-batch-job-runs/")
    person.page.locator("html").evaluate("(html, theme) => html.dataset.theme = theme", theme)
    drawing = person.page.locator(".prose img").first.screenshot()
    shades = [
        n for n, count in enumerate(Image.open(BytesIO(drawing)).convert("L").histogram()) if count
    ]
    # Strokes alone, without the text, are at most half as far from the ground.
    assert max(shades) - min(shades) > 200


def test_what_is_left_and_where_one_is_follow_the_reading(visit):
    person = visit()
    page = person.page
    person.go(LESSON)
    left, title = page.locator(".minutes-left"), page.locator(".contents-title")
    expect(left).to_have_text(re.compile(r"^\d+ min left$"))
    first = int(left.inner_text().split()[0])
    expect(title).to_have_text("On this page")
    page.locator(".prose h2").nth(2).evaluate("(heading) => heading.scrollIntoView()")
    expect(title).to_have_text(page.locator(".prose h2").nth(2).inner_text())
    assert 0 < int(left.inner_text().split()[0]) < first
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(left).to_have_text("read to the end")
    expect(title).to_have_text("Knowledge check")


def test_a_term_is_explained_by_keyboard_pointer_and_tap(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(LESSON)
    term, tip = page.locator("abbr", has_text="ECS").first, page.get_by_role("tooltip")
    term.focus()
    expect(tip).to_have_text("Elastic Container Service")
    expect(term).to_have_attribute("aria-describedby", "page-term")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(term).to_be_focused()
    term.hover()
    expect(tip).to_be_visible()
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_a_term_is_explained_by_a_tap_within_a_phone(visit):
    person = visit(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    page = person.page
    person.go(LESSON)
    tip = page.get_by_role("tooltip")
    for term in page.locator(".prose abbr").all()[:6]:
        term.scroll_into_view_if_needed()
        term.tap()
        expect(tip).to_be_visible()
        box = tip.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    page.locator(".prose h2").first.tap()
    expect(tip).to_be_hidden()


def test_a_note_is_written_beside_its_section_and_is_there_again(visit):
    person = visit()
    page = person.page
    person.go(LESSON)
    tool = page.get_by_role("button", name="Note on: AWS Lambda, the reactor")
    tool.click()
    note = page.get_by_role("textbox", name="Note")
    expect(note).to_be_focused()
    assert violations(page) == []
    note.fill("Compare with cron.")
    page.get_by_label("Bookmark").check()
    page.get_by_role("button", name="Save", exact=True).click()
    kept = page.locator(".note-kept")
    expect(kept).to_contain_text("Compare with cron.")
    expect(kept).to_contain_text("bookmarked")
    assert violations(page) == []
    page.reload()
    beside = page.locator(".section-head:has-text('the reactor') + .section-aside .note-kept")
    expect(beside).to_contain_text("Compare with cron.")
    expect(page.locator(".own-notes")).to_be_hidden()
    beside.get_by_role("link", name="Change").click()
    page.get_by_role("textbox", name="Note").fill("")
    page.get_by_label("Bookmark").uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("There is no note here.")).to_be_visible()
    page.reload()
    expect(page.locator(".note-kept")).to_have_count(0)


def test_notes_and_terms_are_there_without_a_script(visit):
    person = visit(java_script_enabled=False)
    page = person.page
    person.go(f"{LESSON}notes/")
    page.get_by_role("textbox", name="Note").nth(1).fill("by hand")
    page.get_by_role("button", name="Save").nth(1).click()
    person.go(LESSON)
    expect(page.locator(".own-notes")).to_contain_text("by hand")
    page.locator(".terms summary").click()
    expect(page.locator(".terms dd").first).to_be_visible()
    page.locator(".preferences summary").click()
    page.get_by_role("link", name="Text size and colours").click()
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Apply").click()
    person.arrives_at(LESSON)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_note_that_cannot_be_sent_keeps_its_text(visit):
    person = visit(service_workers="block")
    page = person.page
    person.go(LESSON)
    page.get_by_role("button", name="Note on: AWS Lambda, the reactor").click()
    page.get_by_role("textbox", name="Note").fill("not lost")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("alert").filter(has_text="offline").wait_for()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("not lost")
    page.context.set_offline(False)
    person.complaints.clear()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".note-kept")).to_contain_text("not lost")


def test_a_note_that_was_not_saved_is_there_again_after_a_reload(visit):
    person = visit()
    page = person.page
    for address, note in (
        (LESSON, page.get_by_role("textbox", name="Note")),
        (f"{LESSON}notes/", page.get_by_role("textbox", name="Note").nth(2)),
    ):
        person.go(address)
        if address == LESSON:
            page.get_by_role("button", name="Note on: AWS Lambda, the reactor").click()
        note.fill("half a thou")
        page.reload()
        expect(note).to_have_value("half a thou")
        expect(note).not_to_be_focused()
    person.go(LESSON)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".note-kept")).to_contain_text("half a thou")
    page.reload()
    expect(page.locator(".note-kept")).to_contain_text("half a thou")
    expect(note).to_have_count(0)


def test_two_tabs_do_not_write_over_each_others_notes(visit):
    person = visit()
    page = person.page
    person.go(LESSON)
    other = page.context.new_page()
    other.goto(page.url)
    for tab, text in ((page, "from here"), (other, "from there")):
        tab.get_by_role("button", name="Note on: AWS Lambda, the reactor").click()
        tab.get_by_role("textbox", name="Note").fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".note-kept")).to_contain_text("from here")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator(".note-form .note-kept")).to_contain_text("from here")
    expect(other.get_by_role("textbox", name="Note")).to_have_value("from there")
    assert violations(other) == []
    other.get_by_role("textbox", name="Note").fill("from both")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator(".note-kept")).to_contain_text("from both")
    other.reload()
    expect(other.get_by_role("textbox", name="Note")).to_have_count(0)


def test_what_is_unclear_is_told_from_its_section(visit):
    person = visit()
    page = person.page
    person.go(LESSON)
    page.get_by_role("button", name="Note on: AWS Lambda, the reactor").click()
    page.get_by_role("link", name="Something unclear here?").click()
    page.locator(".excerpts label").nth(1).click()
    page.get_by_role("button", name="Tell the instructors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.get_by_role("link", name="My notes").click()
    expect(page.locator(".note-list")).to_contain_text("still open")
    assert violations(page) == []


def test_paper_has_the_whole_text_and_no_controls(visit):
    person = visit()
    page = person.page
    person.go(f"{COURSE}side-by-side/")
    page.emulate_media(media="print")
    for gone in (
        ".masthead",
        ".contents",
        ".table-tools",
        ".section-tool",
        ".lesson-tools",
        "form",
    ):
        for element in page.locator(gone).all():
            expect(element).to_be_hidden()
    table = page.locator(".prose table").first
    scroll = page.locator(".prose .table-scroll").first
    assert scroll.evaluate("(box) => getComputedStyle(box).overflowX") == "visible"
    assert table.is_visible()
    assert page.locator(".terms dd").first.is_visible()
    link = page.locator('.prose a[href^="http"]').first
    after = link.evaluate("(link) => getComputedStyle(link, '::after').content")
    assert link.get_attribute("href") in after


@pytest.mark.parametrize("width", [1280, 820])
def test_the_heads_of_a_long_table_stay_in_view_where_it_has_the_room(visit, width):
    person = visit(viewport={"width": width, "height": 500}, reduced_motion="reduce")
    page = person.page
    person.go(f"{COURSE}side-by-side/")
    table = page.locator("figure.compare").first
    head = table.get_by_role("columnheader", name="Batch")
    last = table.locator("tbody tr").last
    last.evaluate("(row) => row.scrollIntoView({ block: 'end' })")
    expect(head).to_be_in_viewport(ratio=1)
    above = page.locator(".contents summary").bounding_box()
    if width < 1024:
        assert head.bounding_box()["y"] == pytest.approx(above["y"] + above["height"], abs=2)
    for name in ("Aspect", "Batch"):
        box = table.get_by_role("columnheader", name=name).bounding_box()
        inside = [box["x"] + 20, box["y"] + 20]
        assert page.evaluate(
            "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('thead'))", inside
        ), f"{name} is covered by what scrolls below it"
    # Who goes back through it by keyboard sees what has the focus, below the heads.
    table.get_by_label("Cover").select_option(label="Batch")
    last.evaluate("(row) => row.scrollIntoView({ block: 'start' })")
    shown = table.get_by_role("button", name="Show:").nth(3)
    shown.evaluate("(button) => button.focus()")
    heads, button = head.bounding_box(), shown.bounding_box()
    assert button["y"] >= heads["y"] + heads["height"]
    page.set_viewport_size({"width": 390, "height": 800})
    last.evaluate("(row) => row.scrollIntoView({ block: 'end' })")
    expect(head).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_terms_of_a_question_are_explained_too_and_after_each_swap(visit):
    person = visit(viewport={"width": 1280, "height": 800})
    page = person.page
    person.go(f"{LESSON}check/")
    page.locator("label abbr").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.locator("label abbr").first.click()
    assert page.locator("input[name=choice]:checked").count() == 1
    person.check()
    assert page.locator("abbr[title]").count() == 0
    assert violations(page) == []
