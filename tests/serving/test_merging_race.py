"""Two windows of one browser sign in at the same moment, while a third one still answers."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from bs4 import BeautifulSoup

from tests.serving.earlier import site_with_course
from tests.serving.site import ROOT, Site

pytestmark = pytest.mark.server

PASSWORD = "three calm otters swim"
QUESTION = "/courses/aws-compute/what-they-are/check/{}/"


class Window:
    """A window with cookies of its own, or those of another one as they are now."""

    def __init__(self, site, like=None):
        self.site, self.jar = site, CookieJar()
        for cookie in like.jar if like else ():
            self.jar.set_cookie(cookie)
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def form(self, path, selector="form"):
        """The fields of a form as the page shows it."""
        page = BeautifulSoup(self.opener.open(self.site + path).read(), "html.parser")
        form = page.select_one(selector)
        fields = {field["name"]: field.get("value", "") for field in form.select("[type=hidden]")}
        choices = form.select("[name=choice]")
        return {**fields, "choice": choices[0]["value"]} if choices else fields

    def post(self, path, fields):
        data = urlencode(fields).encode()
        try:
            with self.opener.open(Request(self.site + path, data)) as response:
                return response.status
        except HTTPError as error:
            error.close()
            return error.code


def test_one_merge_wins_and_no_acknowledged_answer_is_lost(tmp_path):
    with Site(tmp_path / "var", ROOT / "content", like=site_with_course) as server:
        server.wait_until_ready()
        site = f"http://127.0.0.1:{server.port}"
        owner = Window(site)
        account = {"email": "ann@example.org", "password1": PASSWORD}
        sign_up = owner.form("/accounts/signup/", "form.account-form")
        assert owner.post("/accounts/signup/", {**sign_up, **account}) == 200
        guest = Window(site)
        first = QUESTION.format(1)
        assert guest.post(first, guest.form(first, "form.question")) == 200
        windows = [Window(site, like=guest) for _ in range(4)]
        login = {"login": "ann@example.org", "password": PASSWORD}
        forms = [w.form("/accounts/login/", "form.account-form") | login for w in windows]
        second = QUESTION.format(2)
        late = Window(site, like=guest)
        answer = late.form(second, "form.question")
        with ThreadPoolExecutor(5) as pool:
            signing = [
                pool.submit(window.post, "/accounts/login/", form)
                for window, form in zip(windows, forms, strict=True)
            ]
            answering = pool.submit(late.post, second, answer)
            signed = [each.result() for each in signing]
            answered = answering.result()
        # On a machine that stands still allauth refuses who waited a second for the others.
        assert 200 in signed
        assert set(signed) <= {200, 429}
        # What was under way in that moment is found again at the next sign-in.
        final = Window(site)
        form = final.form("/accounts/login/", "form.account-form") | login
        assert final.post("/accounts/login/", form) == 200
    base = sqlite3.connect(tmp_path / "var" / "checkmark.sqlite3")
    kept = base.execute("SELECT count(*) FROM quizzes_response").fetchone()[0]
    merged = base.execute("SELECT sum(answers) FROM learn_mergerecord").fetchone()[0]
    people = base.execute("SELECT count(*) FROM learn_user").fetchone()[0]
    astray = base.execute(
        "SELECT count(*) FROM quizzes_attempt a JOIN quizzes_attemptitem i ON i.attempt_id = a.id "
        "LEFT JOIN quizzes_response r ON r.item_id = i.id "
        "WHERE i.user_id <> a.user_id OR r.user_id <> a.user_id"
    ).fetchone()[0]
    faults = base.execute("PRAGMA foreign_key_check").fetchall()
    base.close()
    assert kept == merged == 1 + (answered == 200)
    assert people == 1
    assert faults == []
    assert astray == 0
