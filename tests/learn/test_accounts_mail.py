"""Mail and sign-in with other sites: one setting each, one clear line for a wrong one."""

import json
import re
import subprocess
import sys

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from learn.accounts.environment import read_mail, read_providers
from learn.environment import EnvironmentFault
from learn.models import User
from tests.factories import answer, begin, make_lesson
from tests.learn.test_accounts import make_account, page_of, sign_in, sign_up
from tests.serving.site import ROOT, free_port, site_environment

GITHUB = {"github": {"client_id": "our-id", "secret": "hunter2"}}


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    for name in ("EMAIL_URL", "EMAIL_FROM", "SOCIAL_PROVIDERS"):
        monkeypatch.delenv(name, raising=False)


class Letters(Message):
    """Keeps what was delivered."""

    def __init__(self):
        super().__init__()
        self.kept = []

    def handle_message(self, message):
        self.kept.append(message)


@pytest.fixture
def post_office():
    """A real mail server on this machine: its port, what it got, who proved who they are."""
    letters, let_in_as = Letters(), []

    def let_in(_server, _session, _envelope, _mechanism, data):
        let_in_as.append((data.login, data.password))
        return AuthResult(success=True)

    controller = Controller(
        letters,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=let_in,
        auth_require_tls=False,
    )
    controller.start()
    yield controller.port, letters.kept, let_in_as
    controller.stop()


@pytest.mark.django_db(databases="__all__")
def test_a_real_mail_server_is_one_setting(client, post_office, monkeypatch, tmp_path):
    port, letters, let_in_as = post_office
    monkeypatch.setenv("EMAIL_URL", f"smtp://me%40a.org:p%3Aw@127.0.0.1:{port}")
    box = read_mail(tmp_path)
    with override_settings(
        MAILERS=box.mailers, MAIL_IS_SENT=box.is_sent, DEFAULT_FROM_EMAIL=box.sender
    ):
        sign_up(client, password="")
        [letter] = letters
        assert let_in_as == [(b"me@a.org", b"p:w")]
        assert (letter["To"], letter["From"]) == ("ann@example.org", "me@a.org")
        text = letter.get_payload(decode=True).decode().replace("\r", "")
        code = re.search(r"^[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}$", text, re.MULTILINE)[0]
        client.post("/accounts/confirm-email/", {"code": code})
        assert client.get("/accounts/").status_code == 200


@pytest.mark.django_db(databases="__all__")
def test_a_mail_server_that_is_gone_is_told_and_nobody_is_stuck(client, monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{free_port()}")
    with override_settings(MAILERS=read_mail(tmp_path).mailers, MAIL_IS_SENT=True):
        refused = sign_up(client)
        assert refused.status_code == 503
        assert "The e-mail was not sent" in refused.content.decode()
    cache.clear()  # as ten seconds later
    with override_settings(MAIL_IS_SENT=True):
        assert sign_in(client)["Location"] == "/accounts/confirm-email/"
        assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.org", {"port": None, "use_tls": True, "use_ssl": False}),
        ("smtp://a:b@mail.org:2525", {"port": 2525, "use_tls": True, "username": "a"}),
        ("smtps://a:b@mail.org", {"use_ssl": True, "use_tls": False, "password": "b"}),
        ("smtp://localhost:25", {"use_tls": False, "use_ssl": False}),
    ],
)
def test_mail_is_encrypted_except_to_this_machine(monkeypatch, tmp_path, url, expected):
    monkeypatch.setenv("EMAIL_URL", url)
    options = read_mail(tmp_path).mailers["default"]["OPTIONS"]
    assert {name: options[name] for name in expected} == expected


@pytest.mark.parametrize(
    "url",
    ["http://a:hunter2@b", "smtp://", "smtp://a:hunter2@b:many", "hunter2", "smtp://a@b:70000"],
)
def test_a_wrong_mail_server_is_refused_without_its_password(monkeypatch, tmp_path, url):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(EnvironmentFault, match=r"^EMAIL_URL holds ") as error:
        read_mail(tmp_path)
    assert "hunter2" not in str(error.value)
    assert "\n" not in str(error.value)


def test_the_sender_is_an_address(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_FROM", "Checkmark <learn@a.org>")
    assert read_mail(tmp_path).sender == "Checkmark <learn@a.org>"
    monkeypatch.setenv("EMAIL_FROM", "learn at a.org")
    with pytest.raises(EnvironmentFault, match=r"^EMAIL_FROM holds 'learn at a\.org'"):
        read_mail(tmp_path)


def test_other_sites_are_off_unless_named(monkeypatch):
    assert read_providers().apps == ()
    monkeypatch.setenv("SOCIAL_PROVIDERS", json.dumps(GITHUB))
    providers = read_providers()
    assert "allauth.socialaccount.providers.github" in providers.apps
    assert providers.origins == ("https://github.com",)
    school = {"name": "School", "server_url": "https://id.school.org/x"}
    entry = {"openid_connect": {**school, "client_id": "a", "secret": "b"}}
    monkeypatch.setenv("SOCIAL_PROVIDERS", json.dumps(entry))
    assert read_providers().origins == ("https://id.school.org",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hunter2", "is not JSON"),
        ("[]", "names no provider"),
        ('{"myspace": {"client_id": "a", "secret": "hunter2"}}', "names 'myspace'"),
        ('{"github": {"client_id": "a"}}', "must give github exactly client_id, secret"),
        ('{"github": {"client_id": "", "secret": "hunter2"}}', "gives github an empty value"),
        ('{"github": "hunter2"}', "must give github exactly"),
        (
            json.dumps(
                {"openid_connect": {**GITHUB["github"], "name": "x", "server_url": "http://x"}}
            ),
            "gives openid_connect a server_url that is no https:// address",
        ),
    ],
)
def test_wrong_providers_are_told_in_one_line_without_secrets(monkeypatch, text, told):
    monkeypatch.setenv("SOCIAL_PROVIDERS", text)
    with pytest.raises(EnvironmentFault) as error:
        read_providers()
    assert str(error.value).startswith(f"SOCIAL_PROVIDERS {told}")
    assert "hunter2" not in str(error.value)
    assert "\n" not in str(error.value)


SOCIAL_VISIT = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
call_command("migrate", database="sessions", verbosity=0)
call_command("createcachetable", database="sessions", verbosity=0)
from django.test import Client
from django.test.utils import setup_test_environment
from django.conf import settings
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"]["BACKEND"] = plain
setup_test_environment()
client = Client()
page = client.get("/accounts/login/")
assert b"Go on with GitHub" in page.content, page.content
assert "form-action 'self' https://github.com" in page["Content-Security-Policy"]
asked = client.get("/accounts/github/login/?process=login")
assert asked.status_code == 200, asked.status_code
sent = client.post("/accounts/github/login/?process=login")
print(sent["Location"])
"""


@pytest.mark.server
def test_a_provider_that_is_named_leads_to_its_sign_in_page(tmp_path):
    environment = site_environment(tmp_path / "var", SOCIAL_PROVIDERS=json.dumps(GITHUB))
    environment.pop("EMAIL_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", SOCIAL_VISIT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.startswith("https://github.com/login/oauth/authorize?client_id=our-id&")
    assert "state=" in done.stdout


@pytest.mark.django_db(databases="__all__")
def test_a_guests_lesson_costs_no_query_for_accounts(client):
    """Neither sessions, cache nor accounts are asked on the reading path."""
    lesson = make_lesson()
    token = "v" * 32
    answer(begin(lesson, User.objects.guest_for(token)), 1, "yes")
    client.cookies["visitor"] = token
    client.get(lesson.get_absolute_url())
    asked = []
    for alias in connections:
        with CaptureQueriesContext(connections[alias]) as queries:
            client.get(lesson.get_absolute_url())
        asked += [query["sql"] for query in queries]
    tables = ("account_", "mfa_", "usersessions_", "django_session", '"cache"')
    assert [sql for sql in asked if any(table in sql for table in tables)] == []


@pytest.mark.django_db(databases="__all__")
def test_progress_offers_an_account_to_guests_alone(client):
    assert "Make an account" not in client.get("/progress/").content.decode()
    token = "v" * 32
    answer(begin(make_lesson(), User.objects.guest_for(token)), 1, "yes")
    client.cookies["visitor"] = token
    assert "Make an account" in page_of(client.get("/progress/")).select_one("main").get_text()
    make_account()
    sign_in(client)
    assert "Make an account" not in client.get("/progress/").content.decode()
