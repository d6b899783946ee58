"""axe finds nothing on pages of faults, without a connection or a course, and on rarer ones.

The site is broken on purpose for a moment: the pages are those that a person would see.
"""

import sqlite3
from contextlib import closing, contextmanager

from playwright.sync_api import expect

from tests.journeys.access.looking import left_out
from tests.journeys.access.water import CHECK, COURSE, LESSON, sign_in

VIEWS = ["learn:offline"]
TOO_MANY = 1001


def change(site, statement, *values):
    with closing(sqlite3.connect(site.var / "checkmark.sqlite3", timeout=30)) as database:
        database.execute(statement, values)
        database.commit()


@contextmanager
def changed(site, there, back):
    """Change the site's database, and change it back."""
    change(site, *there)
    try:
        yield
    finally:
        change(site, *back)


def arrive_at(visit, path, status):
    answer = visit.page.goto(visit.person.site + path)
    assert answer.status == status
    visit.look(f"{status} at {path}")


def send(visit, status, script=""):
    """Send the form of the preferences, changed by a script, and look at the answer."""
    page = visit.page
    with page.expect_navigation() as answer:
        page.locator("form.preferences-form").evaluate(f"(form) => {{ {script}; form.submit() }}")
    assert answer.value.status == status
    visit.look(f"{status} for a form")


def test_what_is_not_there_or_not_allowed(walk):
    visit = walk()
    arrive_at(visit, "/nothing/", 404)
    sign_in(visit.person, "cleo")
    arrive_at(visit, "/studio/", 403)
    visit.page.context.clear_cookies()
    sign_in(visit.person, "ben")
    arrive_at(visit, "/studio/water/people/", 403)
    visit.person.complaints.clear()


def test_a_form_that_is_too_old_or_makes_no_sense(walk):
    visit = walk()
    visit.person.go("/preferences/")
    field = "<input type=hidden name=x>"
    send(visit, 400, f"form.insertAdjacentHTML('beforeend', '{field}'.repeat({TOO_MANY}))")
    visit.person.go("/preferences/")
    visit.page.context.clear_cookies()
    send(visit, 403)
    visit.person.complaints.clear()


def test_a_site_that_failed_or_cannot_answer(walk, water):
    visit = walk()
    [blocks] = blocks_of(water)
    write = "UPDATE learn_revision SET blocks = ? WHERE title = 'How sure?'"
    with changed(water, (write, "7"), (write, blocks)):
        arrive_at(visit, f"{COURSE}sure/print/", 500)
    rename = "ALTER TABLE {} RENAME TO {}"
    there = rename.format("learn_sharingcard", "learn_hidden")
    back = rename.format("learn_hidden", "learn_sharingcard")
    with changed(water, (there,), (back,)):
        arrive_at(visit, "/cards/0.png", 503)
    visit.person.complaints.clear()


def blocks_of(site):
    with closing(sqlite3.connect(site.var / "checkmark.sqlite3", timeout=30)) as database:
        found = database.execute("SELECT blocks FROM learn_revision WHERE title = 'How sure?'")
        return [blocks for (blocks,) in found]


def test_too_many_attempts(walk):
    visit = walk()
    page = visit.page
    sign_in(visit.person, "cleo")
    visit.person.go("/accounts/password/change/")
    for _ in range(6):
        page.locator("form.account-form").evaluate("(form) => { form.noValidate = true }")
        with page.expect_navigation() as answer:
            page.get_by_role("button", name="Change password").click()
        if answer.value.status == 429:
            break
    assert answer.value.status == 429
    visit.look("429")
    visit.person.complaints.clear()


def test_without_a_connection(walk):
    visit = walk()
    page = visit.page
    visit.person.go(LESSON)
    button = page.locator("[data-keep]")
    button.click()
    expect(button).to_have_text("Saved for offline", timeout=20_000)
    visit.look("lesson kept")
    visit.go("/offline/")
    expect(page.locator(".kept-lessons a").first).to_be_visible()
    page.context.set_offline(True)
    visit.go(LESSON)
    expect(page.locator("#page-queue")).to_contain_text("This is how the page was on")
    page.get_by_role("button", name="Mark as read").click()
    expect(page.locator("#page-alert")).not_to_be_empty()
    visit.look("what was pressed was not sent")
    visit.person.go(CHECK)
    visit.person.pick(1)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".queued")).to_be_visible()
    visit.look("answer waits")
    page.context.set_offline(False)
    expect(page.locator("#page-queue")).to_contain_text("answers sent: 1")
    visit.look("answer was sent")
    visit.person.complaints.clear()


def test_a_site_without_any_course(walk, water):
    publish = "UPDATE learn_course SET status = ?"
    with changed(water, (publish, "draft"), (publish, "published")):
        visit = walk()
        visit.go("/")
        expect(visit.page.locator("h1")).to_have_text("There is no course here yet")
        visit.go("/progress/", "/search/?q=ice")


def test_pages_that_were_drawn_up(walk, peopled):
    _site, drawn = peopled
    visit = walk(viewport={"width": 1280, "height": 900})
    page = visit.page
    for address, html in drawn.items():
        show(page, f"{visit.person.site}{address}", html)
        visit.go(address)
    expect(page.get_by_role("navigation", name="Parts of the list")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    visit.go(address)


def show(page, address, html):
    """Have the browser get a page at an address that the site does not have."""
    # Of the whole browser, since the site's service worker asks too.
    page.context.route(
        lambda asked: asked == address,
        lambda route: route.fulfill(body=html, content_type="text/html"),
    )


def test_no_page_of_these_was_left_out(request):
    assert left_out(request, VIEWS) == []
