"""A person makes an account and signs in elsewhere: with a password, a passkey and an app."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.accounts import (
    PASSWORD,
    SIGNED_IN,
    enter_code_of_app,
    sign_up,
    with_authenticator,
)
from tests.journeys.conftest import violations

LESSON = "/courses/aws-compute/what-they-are/"


@pytest.fixture
def named(site):
    """The site at an address with a name: passkeys do not work at a number."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def arrive(visit, named):
    def make(**options):
        person = visit(**options)
        person.site = named
        return person

    return make


def answer_once(person):
    person.go(f"{LESSON}check/")
    person.pick(1)
    person.check()


def sign_in(person, email):
    page = person.page
    person.go("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_what_was_learned_before_is_on_the_second_device(arrive, javascript):
    email = f"two-devices-{javascript}@example.org"
    first = arrive(java_script_enabled=javascript)
    answer_once(first)
    first.page.get_by_role("link", name="Checkmark").click()
    first.page.get_by_role("link", name="Sign in").click()
    first.page.get_by_role("link", name="Make one").click()
    first.page.get_by_label("E-mail").fill(email)
    first.page.get_by_label("Password").fill(PASSWORD)
    first.page.get_by_role("button", name="Make an account").click()
    expect(first.page.locator(".messages")).to_contain_text("1 answer and 1 lesson from this")
    second = arrive(java_script_enabled=javascript)
    sign_in(second, email)
    expect(second.page.locator(".continue")).to_contain_text("1 of")
    first.go("/accounts/")
    first.page.get_by_role("button", name="Sign out").click()
    expect(first.page.locator(".messages")).to_contain_text("Whoever learns here next")
    first.go("/progress/")
    expect(first.page.locator("main")).to_contain_text("Nothing here yet")


def test_a_passkey_alone_makes_an_account_and_signs_in(arrive):
    person = arrive()
    page = person.page
    with_authenticator(person)
    answer_once(person)
    person.go("/accounts/signup/")
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_label("E-mail").fill("passkey@example.org")
    page.get_by_role("button", name="Continue").click()
    assert violations(page) == []
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator(".messages")).to_contain_text("1 answer and 1 lesson")
    person.go("/accounts/")
    expect(page.locator(".account-list")).to_contain_text("1 passkey")
    page.get_by_role("button", name="Sign out").click()
    person.go("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator(".messages")).to_contain_text(SIGNED_IN)


def test_a_passkey_that_is_not_used_is_told_in_words(arrive):
    person = arrive()
    with_authenticator(person)
    person.go("/accounts/login/")
    person.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(person.page.locator("#page-alert")).to_contain_text("The passkey was not used")


def test_passkeys_are_not_offered_where_they_cannot_work(visit, arrive):
    number, silent = visit(), arrive(java_script_enabled=False)
    for person in (number, silent):
        person.go("/accounts/login/")
        expect(person.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        expect(person.page.get_by_role("button", name="passkey")).to_be_hidden()


def test_an_app_as_second_factor_and_a_recovery_code_when_it_is_gone(arrive):
    person = arrive()
    page = person.page
    sign_up(person, "app@example.org")
    person.go("/accounts/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".qr svg")).to_be_visible()
    assert violations(page) == []
    enter_code_of_app(page)
    page.get_by_role("button", name="Switch it on").click()
    code = page.locator(".codes li").first.inner_text()
    assert re.fullmatch(r"\w{8}", code)
    assert violations(page) == []
    person.go("/accounts/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(person, "app@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Two-step sign-in")
    assert violations(page) == []
    page.get_by_role("textbox").fill("12345678")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".form-faults")).to_contain_text("not right, or too old")
    page.get_by_role("textbox").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".messages")).to_contain_text(SIGNED_IN)


# What axe says of them: journeys/access/test_axe_account.py.
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_accounts_scrolls_sideways(arrive, width):
    person = arrive(reduced_motion="reduce", viewport={"width": width, "height": 800})
    page = person.page

    def look(path):
        person.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    for path in ("login/", "signup/", "signup/passkey/", "password/reset/", "login/code/"):
        look(f"/accounts/{path}")
    person.go("/accounts/signup/")
    page.get_by_label("E-mail").fill("weak@example.org")
    page.get_by_label("Password").fill("password1234")
    page.get_by_role("button", name="Make an account").click()
    expect(page.locator("#id_password1_error")).to_contain_text("too common")
    assert page.evaluate("document.activeElement.className") == "form-faults"
    sign_up(person, f"look-{width}@example.org")
    for path in ("", "email/", "2fa/", "2fa/webauthn/", "sessions/", "password/change/", "logout/"):
        look(f"/accounts/{path}")


def test_signing_in_goes_by_keyboard_alone(arrive):
    person = arrive()
    sign_up(person, "keys@example.org")
    person.page.context.clear_cookies()
    person.go("/accounts/login/")
    keyboard = person.page.keyboard
    person.page.get_by_label("E-mail").focus()
    keyboard.type("keys@example.org")
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    expect(person.page.locator(".messages")).to_contain_text(SIGNED_IN)
