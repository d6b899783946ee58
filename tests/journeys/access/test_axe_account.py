"""axe finds nothing on the pages of accounts: at the door, within, and with every second factor."""

import re

import pytest

from tests.journeys.access.looking import left_out
from tests.journeys.access.water import newest_mail, sign_in
from tests.journeys.accounts import PASSWORD, enter_code_of_app, sign_up, with_authenticator

VIEWS = [
    "account",
    "account_change_password",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "account_signup_by_passkey",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_signup_webauthn",
    "mfa_view_recovery_codes",
    "usersessions_list",
]
ACCOUNT = [
    "/accounts/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/my-data/",
]
FORM = "form.account-form"


def press(page, name):
    """Press a button of the page's first form and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def refuse(visit, name, where):
    """Send the page's form as it is, past the browser's own checks, and look at what comes."""
    page = visit.page
    page.locator(FORM).first.evaluate("(form) => { form.noValidate = true }")
    press(page, name)
    visit.look_at_refusal(f"{where} refused")


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/accounts/signup/", "Make an account"),
        ("/accounts/login/", "Sign in"),
        ("/accounts/password/reset/", "Get a link"),
        ("/accounts/login/code/", "Get a code"),
    ],
)
def test_refusals_at_the_door(walk, path, button):
    visit = walk()
    visit.person.go(path)
    refuse(visit, button, path)


def test_an_account(walk):
    visit = walk()
    sign_in(visit.person, "ada")
    visit.go(*ACCOUNT)
    visit.person.go("/accounts/password/change/")
    refuse(visit, "Change password", "new password")
    press_sign_out(visit)


def press_sign_out(visit):
    visit.person.go("/accounts/logout/")
    press(visit.page, "Sign out")
    visit.look("signed out")


def test_a_code_and_a_link_by_mail(walk, water):
    visit = walk()
    page = visit.page
    sign_up(visit.person, "mail@example.com")
    visit.look("account made")
    visit.person.go("/accounts/reauthenticate/?next=/accounts/email/")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Confirm")
    page.get_by_label("New e-mail address").fill("other@example.com")
    press(page, "Change address")
    visit.look("code to confirm an address")
    page.get_by_role("textbox").first.fill("WRONG-CODE")
    refuse(visit, "Confirm", "code to confirm an address")
    visit.go("/accounts/email/", "/accounts/confirm-email/")
    page.get_by_role("textbox").first.fill(newest_mail(water, r"^[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}$"))
    press(page, "Confirm")
    visit.look("address confirmed")
    press_sign_out(visit)

    visit.person.go("/accounts/login/code/")
    page.get_by_role("textbox").first.fill("other@example.com")
    press(page, "Get a code")
    visit.look("code to sign in")
    page.get_by_role("textbox").first.fill("WRONG-CODE")
    refuse(visit, "Confirm", "code to sign in")
    page.context.clear_cookies()

    visit.person.go("/accounts/password/reset/")
    page.get_by_role("textbox").first.fill("other@example.com")
    press(page, "Get a link")
    visit.look("link is on its way")
    link = re.sub("^https?://[^/]+", "", newest_mail(water, r"^https?://\S+$"))
    visit.go(link)
    refuse(visit, "Change password", "new password by link")
    for field in page.locator("input[type=password]").all():
        field.fill("seven slow green boats")
    press(page, "Change password")
    visit.look("password changed by link")
    page.context.clear_cookies()
    visit.go(link, "/accounts/password/reset/key/done/", "/accounts/inactive/")


def test_a_passkey_from_its_making_to_its_end(walk):
    visit = walk()
    page = visit.page
    with_authenticator(visit.person)
    visit.person.go("/accounts/signup/passkey/")
    refuse(visit, "Continue", "address for a passkey")
    page.get_by_label("E-mail").fill("passkey@example.com")
    press(page, "Continue")
    visit.look("passkey to be made")
    press(page, "Make the passkey")
    visit.go("/accounts/", "/accounts/password/set/", "/accounts/2fa/reauthenticate/")
    visit.go("/accounts/2fa/webauthn/reauthenticate/?next=/accounts/2fa/webauthn/")
    press(page, "Use a security key")
    visit.look("passkeys")
    page.get_by_role("link", name="Rename").click()
    visit.look("passkey to be renamed")
    visit.person.go("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    visit.look("passkey to be removed")
    visit.go("/accounts/2fa/webauthn/add/")


def test_an_app_from_its_start_to_its_end(walk):
    visit = walk()
    page = visit.page
    sign_up(visit.person, "app@example.com")
    visit.go("/accounts/2fa/totp/activate/")
    refuse(visit, "Confirm", "is it still you?")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Confirm")
    visit.look("app to be added")
    page.get_by_role("textbox").fill("000000")
    refuse(visit, "Switch it on", "app to be added")
    enter_code_of_app(page)
    press(page, "Switch it on")
    visit.look("recovery codes")
    code = page.locator(".codes li").first.inner_text()
    visit.go(
        "/accounts/",
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/reauthenticate/",
    )
    refuse(visit, "Confirm", "is it still you, by code?")
    press_sign_out(visit)

    visit.person.go("/accounts/login/")
    page.get_by_label("E-mail").fill("app@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    visit.look("second factor")
    page.get_by_role("textbox").fill("12345678")
    refuse(visit, "Sign in", "second factor")
    page.get_by_role("textbox").fill(code)
    press(page, "Sign in")
    visit.look("signed in by a recovery code")


def test_no_page_of_these_was_left_out(request):
    assert left_out(request, VIEWS) == []
