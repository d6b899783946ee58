"""Answers that come together ask PostgreSQL together, and read nothing more by themselves."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from granian.wsgi import Response

from learn.models.group import waiting_changes, write_waiting
from learn.models.memory import Memory
from learn.serving.short_way import ShortWay, ask_ahead
from quizzes.kinds.choice import choice_ids
from quizzes.models import Response as StoredResponse
from tests.factories import make_draft, make_learner, make_lesson
from tests.serving.test_short_way import CHECK, HTMX, form_of, no_long_way

pytestmark = [
    pytest.mark.django_db(databases="__all__", transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite is asked nothing ahead: it is no journey away"
    ),
]

type Environ = dict[str, Any]


def browser_of(person: str) -> Client:
    """The browser of somebody who is signed in, or of a guest."""
    browser = Client(headers=HTMX)
    if not person.startswith("guest"):
        browser.force_login(make_learner(person))
    return browser


def answer_by(browser: Client, position: int) -> Environ:
    """What a worker is handed when a question is answered in a browser."""
    fields = {**form_of(browser.cookies, position), "choice": choice_ids(["yes"])[0]}
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    factory = RequestFactory(headers={**HTMX, "Cookie": cookies})
    form = "application/x-www-form-urlencoded"
    return factory.post(f"{CHECK}{position}/", urlencode(fields), content_type=form).environ


def answered(scope: Environ) -> tuple[int, str]:
    """Answer by the short way; return the status and the page."""
    told = Response()
    body = ShortWay(no_long_way)(scope, told)
    return told.status, b"".join(body).decode()


@pytest.fixture
def browsers() -> list[Client]:
    """Three browsers in each of which the first question was answered."""
    make_lesson(drafts=[make_draft(name, stem=f"{name}?") for name in ("one", "two", "three")])
    browsers = [browser_of(person) for person in ("ann", "guest", "bea")]
    for browser in browsers:
        scope = answer_by(browser, 1)
        fields = scope["wsgi.input"].read().decode()
        form = "application/x-www-form-urlencoded"
        assert browser.post(f"{CHECK}1/", fields, content_type=form).status_code == 200
    return browsers


def forget_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learn.accounts.sessions._accounts", Memory(64))
    monkeypatch.setattr("learn.models.people._guests", Memory(64))


def forget_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizzes.sittings._held", Memory(64))


# Those who are signed in ask something else than guests do, so there are two of a first statement.
@pytest.mark.parametrize(
    ("forgets", "most"),
    [([], 2), ([forget_people], 4), ([forget_attempts], 3), ([forget_people, forget_attempts], 5)],
)
def test_a_group_asks_at_once(
    browsers: list[Client], monkeypatch: pytest.MonkeyPatch, forgets: list[Any], most: int
) -> None:
    scopes = [answer_by(browser, 2) for browser in browsers]
    for forget in forgets:
        forget(monkeypatch)
    with CaptureQueriesContext(connection) as queries:
        ask_ahead(scopes)
    assert len(queries) == most, [query["sql"][:90] for query in queries]
    with waiting_changes() as waiting, CaptureQueriesContext(connection) as queries:
        told = [answered(scope) for scope in scopes]
    assert [query["sql"] for query in queries] == []
    assert all(status == 200 and 'data-verdict="correct"' in page for status, page in told), told
    assert write_waiting(waiting)
    assert StoredResponse.objects.count() == 6


def test_what_another_worker_took_meanwhile_is_asked_for_all_at_once(
    browsers: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as another_worker:
        forget_attempts(another_worker)
        for browser in browsers:
            scope = answer_by(browser, 2)
            ask_ahead([scope])
            assert answered(scope)[0] == 200
    scopes = [answer_by(browser, 3) for browser in browsers]
    with CaptureQueriesContext(connection) as queries:
        ask_ahead(scopes)
    assert len(queries) == 3, [query["sql"][:90] for query in queries]
    # What is asked is in memory: only the answers to it are needed.
    assert "shown_order" not in queries[-1]["sql"]
    with waiting_changes() as waiting, CaptureQueriesContext(connection) as queries:
        assert [answered(scope)[0] for scope in scopes] == [200] * 3
    assert [query["sql"] for query in queries] == []
    assert write_waiting(waiting)
    assert StoredResponse.objects.count() == 9


def test_a_cookie_that_is_nobodys_is_no_fault(browsers: list[Client]) -> None:
    scopes = [answer_by(browser, 2) for browser in browsers]
    for scope, session in zip(scopes, ("a\x00b", "gone", '"\\ud800"'), strict=True):
        scope["HTTP_COOKIE"] += f"; sessionid={session}"
    ask_ahead(scopes)
    assert {answered(scope)[0] for scope in scopes} == {200}
