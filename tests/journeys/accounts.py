"""What people do at the door: make an account, hold a passkey, read codes off an app."""

from playwright.sync_api import expect

from tests.authenticator import code_of_app

PASSWORD = "three calm otters swim"
SIGNED_IN = "You are signed in."


def sign_up(person, email):
    page = person.page
    person.go("/accounts/signup/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    expect(page.locator(".messages")).to_contain_text(SIGNED_IN)


def with_authenticator(person):
    """Give the browser a device that keeps passkeys and always says yes."""
    session = person.page.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def enter_code_of_app(page):
    """Read the secret that the page shows and enter the six digits that an app makes of it."""
    secret = page.locator(".secret").inner_text()
    page.get_by_role("textbox").fill(code_of_app(secret))
