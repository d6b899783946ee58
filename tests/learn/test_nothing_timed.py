"""Nobody is hurried: what ends by itself ends late, or can be had again, and nothing is lost."""

import re
from datetime import timedelta

import pytest
from allauth.account import app_settings
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone

from quizzes.envelope import stamp
from quizzes.kinds.choice import choice_ids
from quizzes.models import Attempt, Response
from quizzes.review_sessions import begin_review
from tests.factories import answer, begin, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")
CHECK = "/courses/animals/cats/check/"
LONG = timedelta(hours=20)
# Every timer of the scripts. None of them takes away what somebody reads or does.
TIMERS = {
    "site/offline.js": 1,  # asks whether a lesson is kept by now
    "site/queue.js": 1,  # sends answers that wait, once more
    "site/reading.js": 1,  # a term's meaning closes after pointer or focus have left it
    "pages/studio-keeping.js": 5,  # saves a draft, and tries again
    "pages/studio-panes.js": 1,  # a preview that takes long is marked as the one before
    "pages/watch.js": 2,  # asks an author's folder for news; marks what is new
}


def test_no_script_has_a_timer_that_is_not_accounted_for():
    found = {}
    folder = settings.BASE_DIR / "static" / "js"
    for path in sorted(folder.rglob("*.js")):
        calls = re.findall(r"\b(?:setTimeout|setInterval)\(", path.read_text())
        if calls:
            found[path.relative_to(folder).as_posix()] = len(calls)
    assert found == TIMERS


def test_no_page_reloads_or_moves_on_by_itself():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = path.read_text()
        assert 'http-equiv="refresh"' not in text, path
        assert not re.search(r'hx-trigger="[^"]*\b(every|load delay)', text), path
        assert "<marquee" not in text, path


def test_sessions_and_links_by_mail_last_longer_than_a_day():
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) > LONG
    assert timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) > LONG
    assert not settings.SESSION_EXPIRE_AT_BROWSER_CLOSE


def test_a_code_by_mail_leaves_a_quarter_of_an_hour_and_can_be_had_ten_times():
    assert app_settings.LOGIN_BY_CODE_TIMEOUT >= 15 * 60
    assert app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT >= 15 * 60
    assert app_settings.LOGIN_BY_CODE_MAX_RESEND_COUNT >= 10
    assert app_settings.EMAIL_VERIFICATION_MAX_RESEND_COUNT >= 10


def form_of(response):
    form = BeautifulSoup(response.content, "html.parser").find("form", class_="question")
    return {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}


def test_a_question_left_open_for_a_month_is_answered_as_ever(client):
    lesson, user = make_lesson(drafts=[make_draft("one"), make_draft("two")]), make_learner()
    client.force_login(user)
    begin(lesson, user, at=timezone.now() - timedelta(days=31))
    fields = form_of(client.get(f"{CHECK}1/"))
    fields["shown"] = stamp(timezone.now() - timedelta(days=30))
    told = client.post(f"{CHECK}1/", {**fields, "choice": choice_ids(["yes"])}, follow=True)
    assert 'data-verdict="correct"' in told.content.decode()
    assert Response.objects.get().item.attempt == Attempt.objects.get()


def test_a_review_left_open_over_night_is_answered_as_ever(client):
    lesson, user = make_lesson(drafts=[make_draft("one"), make_draft("two")]), make_learner()
    client.force_login(user)
    now = timezone.now()
    attempt = begin(lesson, user, at=now - timedelta(days=40))
    for position in (1, 2):
        answer(attempt, position, "yes", at=now - timedelta(days=40))
    review = begin_review(user, now - timedelta(days=3))
    version = review.items.get(position=1).version
    fields = {"attempt": review.token, "version": version.code, "try": "1"}
    told = client.post("/review/1/", {**fields, "choice": choice_ids(["yes"])}, follow=True)
    assert 'data-verdict="correct"' in told.content.decode()
    assert Response.objects.filter(item__attempt=review).count() == 1
