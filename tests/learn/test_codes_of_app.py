"""Codes of an authenticator app: good while they are typed, and good for once."""

import time
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.cache.backends import db as database_cache

from learn.models import User
from tests.authenticator import STEP_SECONDS, code_of_app

pytestmark = pytest.mark.django_db(databases="__all__")

ADDRESS, PASSWORD = "ann@example.org", "three calm otters swim"
MID_STEP = STEP_SECONDS / 2


@pytest.fixture
def later(monkeypatch):
    """Move the clock to the middle of a step, and on from there by so many seconds."""
    cache.clear()
    begin = time.time() // STEP_SECONDS * STEP_SECONDS + MID_STEP

    def move(seconds):
        at = begin + seconds
        monkeypatch.setattr(time, "time", lambda: at)
        monkeypatch.setattr(database_cache, "tz_now", lambda: datetime.fromtimestamp(at, UTC))

    move(0)
    return move


def make_account():
    user = User.objects.create_user("ann", ADDRESS, PASSWORD)
    EmailAddress.objects.create(user=user, email=ADDRESS, primary=True, verified=True)
    return user


@pytest.fixture
def secret():
    """An account whose second step is an app; the secret that both know."""
    user = make_account()
    made = generate_totp_secret()
    TOTP.activate(user, made)
    return made


def is_let_in(client, code):
    """Sign in by password and code."""
    client.logout()
    asked = client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert asked["Location"].startswith("/accounts/2fa/authenticate/")
    told = client.post("/accounts/2fa/authenticate/", {"code": code})
    if told.status_code == 200:
        faults = BeautifulSoup(told.content.decode(), "html.parser").select_one(".form-faults")
        assert "not right, or too old" in faults.get_text()
    return told.status_code == 302


GOOD = {2: False, 1: True, 0: True, -1: True, -2: False}


@pytest.mark.parametrize(("steps_ago", "is_good"), GOOD.items())
def test_a_code_that_changed_while_it_was_typed_is_good(client, later, secret, steps_ago, is_good):
    assert is_let_in(client, code_of_app(secret, steps_ago=steps_ago)) is is_good


def test_the_code_that_an_app_began_with_is_used_up(client, later):
    user = make_account()
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = BeautifulSoup(client.get("/accounts/2fa/totp/activate/").content, "html.parser")
    code = code_of_app(page.select_one(".secret").get_text(strip=True))
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    assert not is_let_in(client, code)


@pytest.mark.parametrize("seconds", [0, STEP_SECONDS + 1])
def test_a_code_is_good_once(client, later, secret, seconds):
    code = code_of_app(secret)
    assert is_let_in(client, code)
    later(seconds)
    assert not is_let_in(client, code)
    assert is_let_in(client, code_of_app(secret, steps_ago=-1))
