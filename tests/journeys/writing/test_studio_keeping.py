"""What was typed survives: lost connections, expired logins, a killed server, other people."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import new_visitor, violations
from tests.journeys.studio import (
    SOURCE,
    WIDE,
    File,
    add_people,
    begin,
    is_saved,
    press,
    sign_in,
    text_in,
    type_at_end,
)
from tests.serving.site import Site

pytestmark = pytest.mark.server


def test_leaving_with_unsaved_text_asks_first(writer, file):
    person = writer()
    page = person.page
    person.go(file.edit)
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.context.set_offline(True)
    type_at_end(page, "Unsaved.")
    page.evaluate("setTimeout(() => location.assign('/'), 0)")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    is_saved(page)
    person.go("/")
    assert asked == ["beforeunload"]
    person.complaints.clear()  # the browser itself reports what was sent while offline


def test_a_lost_connection_loses_nothing(writer, file):
    person = writer()
    page = person.page
    person.go(file.edit)
    page.context.set_offline(True)
    type_at_end(page, "Typed in a tunnel.")
    expect(page.locator("#page-keeping")).to_contain_text("No connection")
    page.context.set_offline(False)
    is_saved(page)
    expect(page.locator("#page-keeping")).to_be_hidden()
    page.reload()
    assert text_in(page).endswith("Typed in a tunnel.")
    person.complaints.clear()


def test_a_text_that_never_reached_the_site_is_offered(writer, file):
    person = writer()
    page = person.page
    person.go(file.edit)
    # Only this window has no connection: its last attempt cannot slip through when it closes.
    page.route("**/studio/**", lambda route: route.abort())
    type_at_end(page, "Lost and found.")
    expect(page.locator("#page-keeping")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    context = page.context
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(person.site + file.edit)
    expect(page.locator("#page-newer")).to_be_visible()
    expect(page.locator("#page-newer")).to_contain_text("never reached the site")
    assert text_in(page) == file.text
    page.get_by_role("button", name="Use that text").click()
    assert text_in(page) == file.text + "Lost and found."
    is_saved(page)
    press(page, "Control+z")
    assert text_in(page) == file.text
    person.complaints.clear()


def test_an_expired_login_loses_nothing(writer, file):
    person = writer()
    page = person.page
    person.go(file.edit)
    page.context.clear_cookies(name="sessionid")
    type_at_end(page, "Signed out.")
    expect(page.locator("#page-keeping")).to_contain_text("You are signed out")
    tab = page.context.new_page()
    sign_in(person, "ada", tab)
    tab.close()
    is_saved(page)
    expect(page.locator("#page-keeping")).to_be_hidden()
    page.reload()
    assert text_in(page).endswith("Signed out.")
    person.complaints.clear()


def test_a_server_that_is_killed_loses_nothing(browser, tmp_path):
    file = File(1)
    with begin(tmp_path) as first:
        first.wait_until_ready()
        add_people(first)
        port = first.port
        person = new_visitor(browser, f"http://127.0.0.1:{port}", **WIDE)
        page = person.page
        sign_in(person)
        person.go(file.edit)
        type_at_end(page, "Before. ")
        is_saved(page)
    # Leaving the block killed the server and all its workers with SIGKILL.
    type_at_end(page, "After.")
    expect(page.locator("#page-keeping")).to_be_visible()
    assert text_in(page).endswith("Before. After.")
    with Site(tmp_path / "var", tmp_path / "content", "--workers", "1", port=port) as second:
        second.wait_until_ready()
        expect(page.locator("#page-keeping")).to_be_hidden(timeout=25_000)
        is_saved(page)
        page.reload()
        assert text_in(page).endswith("Before. After.")
        page.context.close()


def test_two_people_at_one_lesson(writer, file):
    ada, ben = writer("ada"), writer("ben")
    for person in (ada, ben):
        person.go(file.edit)
    ben.page.locator(SOURCE).fill(file.text.replace("Twice a day.", "Ben was here."))
    ada.page.locator(SOURCE).fill(file.text.replace("The moon", "The old moon"))
    ben.page.get_by_role("button", name="Publish").click()
    expect(ben.page.locator(".messages")).to_contain_text("Published")
    is_saved(ada.page)
    ada.page.get_by_role("button", name="Publish").click()
    expect(ada.page.get_by_role("heading", name="Somebody published this file")).to_be_visible()
    assert violations(ada.page) == []
    expect(ada.page.locator("#page-theirs ~ .changes")).to_contain_text("Ben was here.")
    merged = text_in(ada.page)
    assert "Ben was here." in merged
    assert "The old moon" in merged
    ada.page.get_by_role("button", name="Publish this text").click()
    expect(ada.page.locator(".messages")).to_contain_text("Published")
    ada.go(file.page)
    expect(ada.page.locator("main")).to_contain_text("The old moon")
    expect(ada.page.locator("main")).to_contain_text("Ben was here.")
    ada.complaints.clear()  # the conflict itself is answered with 409


def test_a_merge_that_was_published_too_early_comes_back_and_nothing_else(writer, file):
    ada, ben = writer("ada"), writer("ben")
    for person, words in ((ada, "Ada was here."), (ben, "Ben was here.")):
        person.go(file.edit)
        person.page.locator(SOURCE).fill(file.text.replace("Twice a day.", words))
        is_saved(person.page)
    ben.page.get_by_role("button", name="Publish").click()
    expect(ben.page.locator(".messages")).to_contain_text("Published")
    ada.page.get_by_role("button", name="Publish").click()
    ada.page.get_by_role("button", name="Publish this text").click()
    expect(ada.page.locator(".form-faults")).to_contain_text("have to be mended first")
    assert {"Ada was here.", "Ben was here."} <= set(text_in(ada.page).split("\n"))
    # Her first text reached the site as a draft: nothing else is left to be offered.
    expect(ada.page.locator("#page-newer")).to_be_hidden()
    ada.page.locator(SOURCE).fill(file.text.replace("Twice a day.", "Both were here."))
    ada.page.get_by_role("button", name="Publish").click()
    expect(ada.page.locator(".messages")).to_contain_text("Published")
    ada.complaints.clear()  # the conflict is answered with 409, the marks with 422


def test_two_windows_of_one_person(writer, file):
    person = writer()
    page, other = person.page, person.page.context.new_page()
    person.go(file.edit)
    other.goto(person.site + file.edit)
    type_at_end(page, "First window.")
    is_saved(page)
    type_at_end(other, "Second window.")
    expect(other.locator("#page-keeping")).to_contain_text("in another window")
    other.get_by_role("button", name="Save draft").last.click()
    expect(other.get_by_role("heading", name="in another window")).to_be_visible()
    expect(other.locator("main")).to_contain_text("First window.")
    assert "Second window." in text_in(other)
    person.complaints.clear()
