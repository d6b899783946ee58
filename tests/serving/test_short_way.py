"""The short way of an answer leads to what the long way leads to, and nothing else goes it."""

import gc
from collections.abc import Callable
from contextlib import nullcontext
from http.cookies import SimpleCookie
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learn.models import Lesson, User
from learn.models.group import Waiting, waiting_changes, write_waiting
from learn.serving.short_way import AnswerRequest, ShortWay
from quizzes.kinds.choice import choice_ids
from quizzes.models import Attempt, Response
from tests.factories import ask, make_draft, make_learner, make_lesson
from tests.worker import WorkerClient

pytestmark = pytest.mark.django_db(databases="__all__")
CHECK = "/courses/animals/cats/check/"
QUESTION = f"{CHECK}1/"
HTMX = {"HX-Request": "true"}
NOBODY: list[Waiting] = []
# By the short way an answer is not kept, so what it may vary on is not said.
UNSAID = {"vary", "x-noise"}


# What was looked through for what an answer needs of it; a new one has to be, too.
LAYERS = [
    "django.middleware.security.SecurityMiddleware",
    "learn.middleware.HealthMiddleware",
    "learn.serving.compression.StaticFilesMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "learn.caching.middleware.KeepPagesMiddleware",
    "learn.middleware.StorageFaultMiddleware",
    "learn.middleware.UnspeakableAddressMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "learn.accounts.browser.ForgetVisitorMiddleware",
    "learn.accounts.refusing.RefusedFormMiddleware",
]


def test_no_layer_was_added_that_an_answer_might_need() -> None:
    assert settings.MIDDLEWARE == LAYERS


class LongWayError(Exception):
    """Something took the long way."""


def no_long_way(*_request: Any) -> Any:
    raise LongWayError


@pytest.fixture
def questions() -> None:
    make_lesson(drafts=[make_draft("one"), make_draft("two", stem="Second?")])


def worker(*, is_short: bool) -> WorkerClient:
    """A client whose answers cannot but go the one way."""
    return WorkerClient(ShortWay(no_long_way) if is_short else WSGIHandler())


def form_of(cookies: SimpleCookie, position: int = 1) -> dict[str, str]:
    """The fields of a question as a browser with these cookies is shown it; it gets more."""
    pages = Client()
    pages.cookies = cookies
    soup = BeautifulSoup(pages.get(f"{CHECK}{position}/").content, "html.parser")
    form: Any = soup.find("form", class_="question")
    return {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}


def cookies_of(person: str) -> SimpleCookie:
    """What a browser sends for a person who is signed in, or for a guest."""
    client = Client()
    if person == "learner":
        client.force_login(make_learner())
    return client.cookies


def post(
    client: WorkerClient, cookies: SimpleCookie, fields: dict[str, Any], **headers: str
) -> Any:
    client.cookies = cookies
    return client.post(
        QUESTION,
        "&".join(f"{name}={value}" for name, value in fields.items()),
        content_type="application/x-www-form-urlencoded",
        headers={**HTMX, **headers},
    )


@pytest.mark.django_db(databases="__all__", transaction=True)
@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("person", ["learner", "guest"])
@pytest.mark.parametrize("coding", ["identity", "zstd"])
@pytest.mark.parametrize("is_in_company", [True, False])
def test_an_answer_is_stored_and_told_as_by_the_long_way(
    person: str, coding: str, *, is_in_company: bool
) -> None:
    cookies = cookies_of(person)
    fields = {**form_of(cookies), "choice": choice_ids(["no"])[0]}
    company = waiting_changes() if is_in_company else nullcontext(NOBODY)
    with company as waiting:
        short = post(worker(is_short=True), cookies, fields, **{"Accept-Encoding": coding})
    assert (len(waiting), Response.objects.count()) == ((1, 0) if is_in_company else (0, 1))
    assert write_waiting(waiting)
    assert (short.status_code, Response.objects.count()) == (200, 1)
    again = post(worker(is_short=False), cookies, fields, **{"Accept-Encoding": coding})
    assert Response.objects.count() == 1
    assert headers_of(short) == headers_of(again)
    assert short.cookies.keys() == again.cookies.keys()
    if coding == "identity":
        assert "because no" in short.content.decode()
        assert short.content == again.content


@pytest.mark.django_db(databases="__all__", transaction=True)
@pytest.mark.usefixtures("questions")
def test_the_last_answer_that_waits_for_others_is_told_as_it_will_be() -> None:
    cookies = cookies_of("learner")
    post(worker(is_short=True), cookies, {**form_of(cookies), "choice": choice_ids(["no"])[0]})
    fields = {**form_of(cookies, 2), "choice": choice_ids(["yes"])[0]}
    with waiting_changes() as waiting:
        told = post(worker(is_short=True), cookies, fields)
    assert not Attempt.objects.filter(finished_at__isnull=False)
    assert write_waiting(waiting)
    assert Attempt.objects.get().percent == 50
    assert told.content == post(worker(is_short=False), cookies, fields).content


def headers_of(response: Any) -> dict[str, str]:
    said = {name.lower(): value for name, value in response.items()}
    packed = {"content-length"} if "content-encoding" in said else set()
    return {name: value for name, value in said.items() if name not in UNSAID | packed}


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("wrong", "status"),
    [("csrfmiddlewaretoken", 403), ("choice", 422), ("version", 409)],
)
def test_what_is_refused_is_refused_as_by_the_long_way(wrong: str, status: int) -> None:
    cookies = cookies_of("guest")
    fields = {**form_of(cookies), "choice": choice_ids(["no"])[0]}
    fields[wrong] = "0" * len(fields[wrong])
    told = [post(worker(is_short=is_short), cookies, fields) for is_short in (True, False)]
    assert [response.status_code for response in told] == [status, status]
    assert headers_of(told[0]).keys() == headers_of(told[1]).keys()
    texts = [BeautifulSoup(response.content, "html.parser").get_text() for response in told]
    assert texts[0] == texts[1]
    assert not Response.objects.exists()


@pytest.mark.usefixtures("questions")
def test_a_host_that_is_not_ours_is_refused() -> None:
    cookies = cookies_of("guest")
    fields = {**form_of(cookies), "choice": choice_ids(["no"])[0]}
    refused = post(worker(is_short=True), cookies, fields, Host="elsewhere.example")
    assert (refused.status_code, Response.objects.count()) == (400, 0)


@pytest.mark.usefixtures("questions")
def test_a_session_that_is_over_is_a_guests() -> None:
    cookies = cookies_of("learner")
    fields = {**form_of(cookies), "choice": choice_ids(["yes"])[0]}
    User.objects.get(username="learner").set_password("another")
    learner = User.objects.get(username="learner")
    learner.set_password("another")
    learner.save()
    told = post(worker(is_short=True), cookies, fields)
    assert (told.status_code, "visitor" in told.cookies) == (200, True)
    assert Response.objects.get().item.attempt.user.is_guest


def retire() -> None:
    Lesson.objects.update(retired_at=timezone.now())


def end_sessions() -> None:
    Session.objects.all().delete()


def change_password() -> None:
    learner = User.objects.get(username="learner")
    learner.set_password("another")
    learner.save()


def publish_anew() -> None:
    ask(Lesson.objects.get(), [make_draft("one", stem="New?"), make_draft("two")])


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("change", [retire, end_sessions, change_password, publish_anew])
def test_what_changed_since_a_worker_saw_it_is_seen(change: Callable[[], None]) -> None:
    cookies, client = cookies_of("learner"), worker(is_short=True)
    fields = [{**form_of(cookies, at), "choice": choice_ids(["no"])[0]} for at in (1, 2)]
    assert post(client, cookies, fields[0]).status_code == 200
    change()
    told = [post(worker(is_short=is_short), cookies, fields[1]) for is_short in (True, False)]
    assert told[0].status_code == told[1].status_code == {retire: 404}.get(change, 200)
    learner = User.objects.get(username="learner")
    is_theirs = change is publish_anew
    assert Response.objects.filter(user=learner).count() == 1 + is_theirs


@pytest.mark.usefixtures("questions")
def test_a_database_that_cannot_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = cookies_of("guest")
    fields = {**form_of(cookies), "choice": choice_ids(["yes"])[0]}

    def fail(*_arguments: object, **_names: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("quizzes.flow.record_first_answer", fail)
    told = post(worker(is_short=True), cookies, fields)
    assert (told.status_code, told["Retry-After"]) == (503, "1")
    assert "Content-Security-Policy" in told.headers


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        (QUESTION, "post", {}),
        (QUESTION, "get", HTMX),
        (CHECK, "post", HTMX),
        ("/courses/animals/cats/notes/", "post", HTMX),
        ("/nowhere/at/all/", "post", HTMX),
        ("/courses/a%00b/cats/check/1/", "post", HTMX),
        (f"/courses/{'a' * 2_000}/cats/check/1/", "post", HTMX),
    ],
)
def test_everything_else_goes_the_long_way(path: str, method: str, headers: dict[str, str]) -> None:
    client = worker(is_short=True)
    form = {} if method == "get" else {"content_type": "application/x-www-form-urlencoded"}
    with pytest.raises(LongWayError):
        getattr(client, method)(path, headers=headers, **form)


@pytest.mark.usefixtures("questions")
def test_a_form_with_a_file_goes_the_long_way() -> None:
    with pytest.raises(LongWayError):
        worker(is_short=True).post(QUESTION, {"version": "0"}, headers=HTMX)


@pytest.mark.django_db(databases="__all__", transaction=True)
@pytest.mark.usefixtures("questions")
def test_a_further_answer_asks_no_more_than_it_must() -> None:
    cookies, client = cookies_of("learner"), worker(is_short=True)
    post(client, cookies, {**form_of(cookies), "choice": choice_ids(["no"])[0]})
    fields = {**form_of(cookies, 2), "choice": choice_ids(["yes"])[0]}
    with CaptureQueriesContext(connection) as asked:
        told = post(client, cookies, fields)
    assert 'data-verdict="correct"' in told.content.decode()
    # Whose it is, the lesson, the attempt, the card; then visit, answer, card, attempt, commit.
    most = 2 if connection.vendor == "postgresql" else 9
    assert len(asked) == most, [query["sql"][:90] for query in asked]


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("person", ["learner", "guest"])
def test_an_answer_leaves_nothing_for_python_to_look_for(person: str) -> None:
    cookies = cookies_of(person)
    fields = {**form_of(cookies), "choice": choice_ids(["no"])[0]}
    gc.collect()
    gc.disable()
    try:
        assert post(worker(is_short=True), cookies, fields).status_code == 200
        assert not any(isinstance(each, AnswerRequest) for each in gc.get_objects())
    finally:
        gc.enable()


@pytest.mark.usefixtures("questions")
def test_in_company_a_connection_is_kept_for_those_who_follow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given_back: list[str] = []
    give_back = "learn.serving.short_way.give_connections_back"
    monkeypatch.setattr(give_back, lambda: given_back.append("given back"))
    cookies = cookies_of("learner")
    fields = form_of(cookies)
    with waiting_changes():
        assert post(worker(is_short=True), cookies, fields).status_code == 422
    assert given_back == []
    assert post(worker(is_short=True), cookies, fields).status_code == 422
    assert given_back == ["given back"]
