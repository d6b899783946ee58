"""Accounts over real requests: signing up keeps, signing in merges, signing out isolates."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.http import parse_cookie
from django.test import Client, override_settings

from learn.accounts.environment import read_mail
from learn.models import LessonVisit, MergeRecord, User
from quizzes.models import Attempt, Response
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")

PASSWORD = "three calm otters swim"
CHECK = "/courses/animals/cats/check/"


@pytest.fixture
def lesson():
    return make_lesson()


@pytest.fixture
def sending_mail(settings):
    """As with EMAIL_URL; the messages land in ``mail.outbox``."""
    settings.MAIL_IS_SENT = True
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False


def page_of(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def answer(client, position=1, right=True):
    """Answer a question as the form says, first or second choice."""
    page = page_of(client.get(f"{CHECK}{position}/"))
    form = page.select_one("form.question")
    fields = {field["name"]: field.get("value", "") for field in form.select("[type=hidden]")}
    texts = {label.get_text(strip=True): label.input["value"] for label in form.select("label")}
    fields["choice"] = texts["yes" if right else "no"]
    response = client.post(f"{CHECK}{position}/", fields)
    assert response.status_code == 302


def sign_up(client, email="ann@example.org", password=PASSWORD, **more):
    return client.post("/accounts/signup/", {"email": email, "password1": password, **more})


def sign_in(client, login="ann@example.org", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


def make_account(email="ann@example.org", verified=True):
    user = User.objects.create_user(f"u-{email}", email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=verified)
    return user


def visitor_of(client):
    morsel = client.cookies.get("visitor")
    return morsel.value if morsel else ""


def messages_on(client, path="/"):
    return [item.get_text(strip=True) for item in page_of(client.get(path)).select(".messages li")]


def code_in_last_mail():
    return re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", str(mail.outbox[-1].body), re.MULTILINE)[
        1
    ]


def test_signing_up_without_a_mail_server_works_at_once_and_keeps_everything(client, lesson):
    answer(client, 1)
    answer(client, 2, right=False)
    assert User.objects.get().is_guest
    response = sign_up(client, next="/progress/")
    assert response.status_code == 302
    assert response["Location"] == "/progress/"
    account = User.objects.get()
    assert not account.is_guest
    assert account.email == "ann@example.org"
    assert Response.objects.filter(item__attempt__user=account).count() == 2
    told = messages_on(client)
    assert "2 answers and 1 lesson from this browser were added to your account." in told
    assert "You are signed in." not in told
    assert "1 of 2 right" in client.get("/progress/").content.decode()
    assert mail.outbox == []


def test_signing_in_on_a_second_device_joins_both_histories(lesson):
    phone, laptop = Client(), Client()
    answer(phone, 1)
    sign_up(phone)
    answer(laptop, 2, right=False)
    sign_in(laptop)
    account = User.objects.get()
    attempt = Attempt.objects.get()
    assert attempt.user == account
    assert (attempt.right, attempt.total) == (1, 2)
    assert attempt.finished_at is not None
    assert LessonVisit.objects.get().user == account
    for device in (phone, laptop):
        assert "1 of 2 right" in device.get("/progress/").content.decode()
    assert MergeRecord.objects.filter(user=account).count() == 2


def test_a_browser_with_nothing_done_is_told_nothing_about_merging(client, lesson):
    make_account()
    sign_in(client)
    assert messages_on(client) == ["You are signed in."]
    assert not MergeRecord.objects.exists()


def test_after_signing_out_somebody_new_learns_in_this_browser(client, lesson):
    answer(client, 1)
    before = visitor_of(client)
    sign_up(client)
    assert visitor_of(client) == ""
    client.post("/accounts/logout/")
    page = client.get("/progress/").content.decode()
    assert "Nothing here yet" in page
    assert "ann@example.org" not in page
    answer(client, 1, right=False)
    assert visitor_of(client) not in {"", before}
    assert User.objects.count() == 2
    # The old cookie leads nowhere any more.
    thief = Client()
    thief.cookies["visitor"] = before
    assert "Nothing here yet" in thief.get("/progress/").content.decode()


def test_a_cancelled_sign_in_leaves_the_guest_alone(client, lesson, sending_mail):
    answer(client, 1)
    token = visitor_of(client)
    sign_up(client)
    client.post("/accounts/logout/", {"next": "/"})
    assert visitor_of(client) == token
    assert "1 of 2 answered" in client.get("/").content.decode()


def test_the_session_gets_a_new_key_when_somebody_signs_in(client):
    make_account()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


@pytest.mark.parametrize(
    "leads_to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_a_foreign_next_is_not_followed(client, leads_to):
    make_account()
    assert sign_in(client, next=leads_to)["Location"] == "/"


def test_where_no_mail_is_sent_a_taken_address_is_told(client):
    make_account()
    page = page_of(sign_up(client))
    fault = page.select_one(".field-fault")
    assert "There is an account with this e-mail address already." in fault.get_text()
    assert page.select_one("#id_email")["aria-describedby"] == fault["id"]
    assert page.select_one("#id_email")["value"] == "ann@example.org"
    assert page.title.get_text().startswith("Error:")
    assert User.objects.count() == 1


def test_where_mail_is_sent_nobody_learns_which_addresses_have_an_account(sending_mail):
    make_account("known@example.org")
    answers = {}
    for name in ("known", "fresh"):
        client = Client()
        first = sign_up(client, f"{name}@example.org")
        shown = page_of(client.get(first["Location"])).get_text().replace(name, "")
        reset = client.post("/accounts/password/reset/", {"email": f"{name}@example.org"})
        wrong = page_of(sign_in(Client(), f"{name}@example.org", "no such")).get_text()
        answers[name] = (first.status_code, first["Location"], shown, reset.status_code)
        assert "do not match" in wrong
    assert answers["known"] == answers["fresh"]
    assert "There is an account" not in shown


def test_a_code_by_mail_finishes_signing_up_and_only_then_the_guest_is_merged(
    client, lesson, sending_mail
):
    answer(client, 1)
    response = sign_up(client, password="")
    assert response["Location"] == "/accounts/confirm-email/"
    assert User.objects.filter(guest_key__isnull=False).count() == 1
    answer(client, 2)  # Learning goes on while the code is on its way.
    wrong = client.post("/accounts/confirm-email/", {"code": "AAAAAA"})
    assert "not right, or too old" in wrong.content.decode()
    client.post("/accounts/confirm-email/", {"code": code_in_last_mail()})
    account = User.objects.get()
    assert account.attempts.get().right == 2
    assert EmailAddress.objects.get(user=account).verified
    assert not account.has_usable_password()


def test_the_field_for_a_code_is_empty_until_somebody_types(client, sending_mail):
    make_account()
    asked = client.post("/accounts/login/code/", {"email": "ann@example.org"}, follow=True)
    field = page_of(asked).find("input", attrs={"name": "code"})
    assert field["autocomplete"] == "one-time-code"
    assert not field.has_attr("placeholder")


def test_a_code_signs_in_and_is_good_for_three_minutes_and_three_tries(
    client, sending_mail, monkeypatch
):
    make_account()
    client.post("/accounts/login/code/", {"email": "ann@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in_last_mail()})
    assert client.get("/accounts/").status_code == 200
    client.post("/accounts/logout/")
    client.post("/accounts/login/code/", {"email": "ann@example.org"})
    code = code_in_last_mail()
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "AAA-AAA"})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.get("/accounts/").status_code == 302
    client.post("/accounts/login/code/", {"email": "ann@example.org"})
    with override_settings(ACCOUNT_LOGIN_BY_CODE_TIMEOUT=0):
        client.post("/accounts/login/code/confirm/", {"code": code_in_last_mail()})
    assert client.get("/accounts/").status_code == 302


def test_without_a_mail_server_the_link_for_a_new_password_is_in_a_file(client, tmp_path):
    user = make_account()
    with override_settings(MAILERS=read_mail(tmp_path).mailers):
        client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    shown = page_of(client.get("/accounts/password/reset/done/")).get_text()
    assert "We sent" not in shown
    assert "var/mail" in shown
    [message] = (tmp_path / "mail").iterdir()
    text = Path(message).read_text()
    assert message.stat().st_mode & 0o077 == 0
    assert "To: ann@example.org" in text
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", text)[1]
    form = client.get(link, follow=True).request["PATH_INFO"]
    again = {"password1": "a quite new pass phrase", "password2": "a quite new pass phrase"}
    client.post(form, again)
    user.refresh_from_db()
    assert user.check_password("a quite new pass phrase")
    assert client.get("/accounts/").status_code == 200
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_many_wrong_passwords_are_stopped_with_a_clear_page(client):
    make_account()
    for _ in range(5):
        sign_in(client, password="wrong")
    refused = sign_in(client)
    assert "Too many attempts" in refused.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_flood_of_new_accounts_is_stopped_with_a_clear_page(client):
    for number in range(20):
        sign_up(Client(), f"n{number}@example.org", "short")
    refused = sign_up(client)
    assert refused.status_code == 429
    assert "Wait five minutes" in refused.content.decode()
    cache.clear()


def test_an_operators_name_signs_in_too(client):
    call_command("createsuperuser", username="chief", email="chief@example.org", interactive=False)
    chief = User.objects.get()
    chief.set_password(PASSWORD)
    chief.save()
    for login in ("chief", "chief@example.org"):
        sign_in(client, login)
        assert client.get("/accounts/").status_code == 200
        client.post("/accounts/logout/")


def test_forms_carry_the_hints_that_password_managers_go_by(client):
    login = page_of(client.get("/accounts/login/"))
    assert login.select_one("#id_login")["autocomplete"] == "username webauthn"
    assert login.select_one("#id_password")["autocomplete"] == "current-password"
    signup = page_of(client.get("/accounts/signup/"))
    assert signup.select_one("#id_password1")["autocomplete"] == "new-password"
    assert "sends no e-mail yet" in signup.get_text()
    assert not login.select("a[href*=code]")


def test_a_weak_password_is_refused_at_its_field(client):
    page = page_of(sign_up(client, password="password1234"))
    assert "too common" in page.select_one("#id_password1_error").get_text()
    assert not User.objects.exists()


def test_signing_up_asks_for_a_password_only_where_no_code_can_come(client):
    page = page_of(sign_up(client, password=""))
    assert page.select_one("#id_password1_error")
    assert not User.objects.exists()


@pytest.mark.parametrize("page", ["/", "/progress/", "/accounts/"])
def test_a_session_cookie_that_nobody_can_have_is_nobodys(client, page):
    cookie = r'sessionid="\000abcdefghijk"'
    assert parse_cookie(cookie) == {"sessionid": "\0abcdefghijk"}
    assert client.get(page, headers={"Cookie": cookie}).status_code in (200, 302)


def test_secrets_of_the_account_need_a_fresh_sign_in(client):
    user = make_account()
    client.force_login(user)
    response = client.get("/accounts/2fa/totp/activate/")
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert settings.ACCOUNT_REAUTHENTICATION_REQUIRED
