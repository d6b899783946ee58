"""Tables are tables to everybody: names, headers with a scope, sorting that is announced."""

from playwright.sync_api import expect

from tests.journeys.access.water import COURSE, DRILL, LESSON, go_through, let_days_pass, sign_in

# What is wrong with a page's tables, in the browser's own words.
FAULTS = """() => [...document.querySelectorAll("main table")].flatMap((table) => [
    !table.caption?.textContent.trim()
        && !table.closest("[role=region]:is([aria-label], [aria-labelledby])") && "no name",
    !table.tHead?.querySelector("th") && "no head",
    ...[...table.querySelectorAll("th")].map((th) => !th.scope && `no scope: ${th.textContent}`),
    ...[...table.querySelectorAll("thead th")].map(
        (th) => th.scope !== "col" && `not of a column: ${th.textContent}`),
]).filter(Boolean)"""


def faults(page):
    return page.evaluate(FAULTS)


def table(page):
    return page.locator("figure#forms")


def test_every_table_has_a_name_and_headers_with_a_scope(arrive, water):
    person = arrive()
    page = person.page
    person.go(f"{LESSON}check/")
    go_through(person)
    let_days_pass(water, 11)
    for path in (LESSON, f"{LESSON}print/", f"{DRILL}?cover=ice", "/progress/", "/review/"):
        person.go(path)
        assert page.locator("main table").count(), path
        assert faults(page) == [], path
    sign_in(person, "ada")
    for path in ("/my-data/", "/studio/water/people/", "/studio/water/history/01-ice.md"):
        person.go(path)
        assert page.locator("main table").count(), path
        assert faults(page) == [], path


def test_a_table_is_sorted_by_keyboard_and_says_so(arrive):
    person = arrive(viewport={"width": 1280, "height": 900})
    page = person.page
    person.go(LESSON)
    head = table(page).get_by_role("columnheader", name="Ice")
    button = head.get_by_role("button", name="Ice")
    status = page.get_by_role("status")
    table(page).get_by_role("button", name="Aspect").focus()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    for key, order, said in (
        ("Enter", "ascending", "Sorted by Ice, ascending."),
        ("Space", "descending", "Sorted by Ice, descending."),
        ("Enter", None, "In the order of the lesson."),
    ):
        page.keyboard.press(key)
        assert head.get_attribute("aria-sort") == order
        expect(status).to_have_text(said)
        expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert table(page).locator("[aria-sort]").count() == 1
    expect(status).to_have_text("Sorted by Steam, ascending.")


def test_what_a_filter_leaves_and_what_is_covered_is_said(arrive):
    person = arrive()
    page = person.page
    person.go(LESSON)
    status = page.get_by_role("status")
    table(page).get_by_label("Filter").fill("water")
    expect(status).to_have_text("1 of 6 rows shown.")
    table(page).get_by_label("Filter").fill("")
    table(page).get_by_label("Cover").select_option(label="Steam")
    expect(status).to_have_text("Steam is covered. Recall a cell, then show it.")
    table(page).get_by_role("button", name="Show: Shape, Steam").press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "none"


def test_as_cards_a_lessons_table_is_still_one(arrive):
    person = arrive(viewport={"width": 360, "height": 740})
    page = person.page
    person.go(LESSON)
    table(page).get_by_role("button", name="Show as cards").click()
    row = table(page).get_by_role("table").get_by_role("row", name="Feels Ice cold Steam hot")
    expect(row.get_by_role("rowheader")).to_have_text("Feels")
    expect(row.get_by_role("cell")).to_have_text(["cold", "hot"])


def test_on_a_phone_the_table_of_progress_is_still_one(arrive):
    person = arrive(viewport={"width": 360, "height": 740})
    page = person.page
    person.go(f"{COURSE}sure/check/")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Certain").check()
    person.check()
    person.go("/progress/")
    row = page.get_by_role("region", name="Water").get_by_role("row", name="How sure?")
    expect(row.get_by_role("rowheader")).to_have_text("How sure?")
    expect(row.get_by_role("cell").first).to_contain_text("1 of 1 right")
