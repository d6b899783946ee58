"""Lesson pages out of memory: never old, never somebody else's, and as good as new ones."""

import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learn.annotations import save_note
from learn.caching.front import KeptPages
from learn.caching.pages import BYTES_BESIDE_A_PAGE, KeptPage, PageMemory
from learn.caching.standing import standing_of
from learn.models import LessonVisit, Note, User
from learn.models.statements import connection_of
from learn.personal_data import delete_person
from learn.publishing import locked_course, retire_lessons
from learn.site_state import site_state
from quizzes.models import Question, ReviewCard, Role
from tests.factories import (
    NOW,
    answer,
    begin,
    make_course,
    make_draft,
    make_learner,
    make_lesson,
    make_question,
)
from tests.worker import WorkerClient

pytestmark = pytest.mark.django_db(databases="__all__")
LESSON = "/courses/animals/cats/"
SECOND = timedelta(seconds=1)
PEOPLE = 150  # so many that each order of choices is there


@pytest.fixture
def lesson():
    course = make_course()
    make_lesson(course, "dogs", position=2)
    lesson = make_lesson(
        course,
        "cats",
        [make_draft("one"), make_draft("two"), make_question("typed", key="why", role=Role.QUICK)],
    )
    lesson.live.blocks = [
        {"kind": "prose", "html": "<p>Before.</p>"},
        {"kind": "question", "key": "why"},
    ]
    lesson.live.save()
    return lesson


class Browser:
    """A browser with cookies and a cache of its own, at a worker that others use too."""

    def __init__(self, worker):
        self.worker, self.cookies = worker, SimpleCookie()
        self.tag = ""

    def get(self, path=LESSON, **headers):
        self.worker.cookies, mine = self.cookies, self.worker.cookies
        try:
            response = self.worker.get(path, headers=headers or None)
        finally:
            self.worker.cookies = mine
        self.tag = response.headers.get("ETag", self.tag)
        return response

    def again(self):
        return self.get(**{"If-None-Match": self.tag})

    def post(self, path, fields):
        self.worker.cookies, mine = self.cookies, self.worker.cookies
        try:
            return self.worker.post(path, fields)
        finally:
            self.worker.cookies = mine

    def sign_in(self, user):
        client = Client()
        client.force_login(user)
        self.cookies.load(client.cookies.output(header="", sep=";"))
        self.get()  # takes the cookies that every browser gets
        return self


@pytest.fixture
def worker():
    """One process: its memory serves whoever comes, and it checks tokens as a real one does."""
    return another_worker()


def token_in(response):
    return re.search(rb'csrfmiddlewaretoken" value="(\w+)"', response.content)[1].decode()


def publish(course):
    """Publish in the course, in the way of all publications."""
    with locked_course(site_state(course.slug)) as row:
        retire_lessons(row, ["dogs"], at=NOW)


def test_a_page_that_is_still_true_is_not_sent_again(lesson, worker):
    guest = Browser(worker)
    first = guest.get()
    assert first.status_code == 200
    assert first["Cache-Control"] == "private, no-cache"
    assert guest.again().status_code == 304
    assert guest.again().content == b""
    learner = Browser(worker).sign_in(make_learner())
    learner.get()
    assert learner.again().status_code == 304


def test_what_is_kept_costs_one_query_for_a_guest_and_two_for_an_account(lesson, worker):
    guest, learner = Browser(worker), Browser(worker).sign_in(make_learner())
    for browser, queries in ((guest, 1), (learner, 2)):
        browser.get()
        browser.get()
        for ask in (browser.get, browser.again):
            with CaptureQueriesContext(connection) as asked:
                ask()
            # On SQLite the session is in a database of its own.
            assert len(asked) <= queries


def test_newcomers_share_a_page_and_no_cookie_or_token(lesson, worker):
    seen = [Browser(worker) for _ in range(PEOPLE)]
    pages = [browser.get() for browser in seen]
    assert len({browser.cookies["visitor"].value for browser in seen}) == PEOPLE
    assert len({browser.cookies["csrftoken"].value for browser in seen}) == PEOPLE
    assert len({token_in(page) for page in pages}) == PEOPLE
    persons = {re.search(rb'data-person="([^"]+)"', page.content)[1] for page in pages}
    assert len(persons) == PEOPLE
    assert not User.objects.exists()
    with CaptureQueriesContext(connection) as asked:
        Browser(worker).get()
    assert len(asked) == 1


def test_a_newcomers_kept_page_can_be_answered_from(lesson, worker):
    for _ in range(PEOPLE):
        Browser(worker).get()
    guest = Browser(worker)
    page = guest.get()
    form = BeautifulSoup(page.content, "html.parser").select_one("form.question")
    fields = {f["name"]: f.get("value", "") for f in form.select("input[type=hidden]")}
    response = guest.post(form["action"], {**fields, "answer": "cloudwatch logs"})
    assert response.status_code == 302
    assert b'data-verdict="correct"' in guest.again().content
    assert guest.post(f"{LESSON}read/", {"csrfmiddlewaretoken": token_in(page)}).status_code == 302
    stranger = Browser(worker)
    stranger.get()
    forged = stranger.post(f"{LESSON}read/", {"csrfmiddlewaretoken": token_in(page)})
    assert forged.status_code == 403


def test_a_page_as_a_newcomer_got_it_is_the_one_that_is_made_next_time(lesson, worker):
    guest = Browser(worker)
    first = guest.get().content
    again = Client()
    again.cookies = guest.cookies
    token = re.compile(rb'csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", again.get(LESSON).content) == token.sub(b"", first)


def test_nobody_sees_what_another_did(lesson, worker):
    ada, bob = (Browser(worker).sign_in(make_learner(name)) for name in ("ada", "bob"))
    guest = Browser(worker)
    user = User.objects.get(username="ada")
    save_note(user=user, lesson=lesson, anchor="", text="mine", is_bookmarked=False, at=NOW)
    answer(begin(lesson, user), 1, "yes", at=NOW)
    before = ada.get()
    assert b"mine" in before.content
    assert b"1 of 2 answered" in before.content
    for other in (bob, guest, Browser(worker)):
        for _ in range(2):
            page = other.get(**{"If-None-Match": ada.tag})
            assert page.status_code == 200
            assert b"mine" not in page.content
            assert b"1 of 2 answered" not in page.content
            assert token_in(page) != token_in(before)


def test_cookies_are_read_as_django_reads_them(lesson, worker):
    """Django takes this for a session; whoever takes it for none must not show the page to all."""
    plain = make_lesson(lesson.course, "mice", position=3)
    ada = Browser(worker).sign_in(make_learner("ada"))
    user = User.objects.get(username="ada")
    save_note(user=user, lesson=plain, anchor="", text="mine", is_bookmarked=False, at=NOW)
    blank = "\u2003".encode().decode("latin-1")
    session = f"{blank}sessionid={ada.cookies['sessionid'].value}"
    assert b"mine" in worker.get(plain.get_absolute_url(), HTTP_COOKIE=session).content
    for _ in range(2):
        assert b"mine" not in Browser(worker).get(plain.get_absolute_url()).content


def changes():
    def note(user, lesson, text="so"):
        save_note(user=user, lesson=lesson, anchor="", text=text, is_bookmarked=True, at=NOW)

    def change_password(user, lesson):
        user.set_password("another one that is long")
        user.save()

    return {
        "an answer": lambda u, lesson: answer(begin(lesson, u), 2, "yes", at=NOW + SECOND),
        "an attempt": lambda u, lesson: begin(lesson, make_learner("x")) and begin(lesson, u),
        "a mark": lambda u, lesson: LessonVisit.objects.mark_read(
            user=u, lesson=lesson, at=NOW + SECOND
        ),
        "a mark taken back": lambda u, lesson: LessonVisit.objects.mark_unread(
            user=u, lesson=lesson, at=NOW + SECOND
        ),
        "a note": note,
        "a note gone": lambda u, lesson: Note.objects.filter(user=u, anchor="old").delete(),
        "another password": change_password,
        "an account closed": lambda u, lesson: User.objects.filter(pk=u.pk).update(is_active=False),
        "a publication": lambda u, lesson: publish(lesson.course),
    }


@pytest.mark.parametrize("change", changes())
def test_whatever_changes_a_page_makes_it_anew(lesson, worker, change):
    user = make_learner()
    save_note(user=user, lesson=lesson, anchor="old", text="so", is_bookmarked=False, at=NOW)
    if change != "an attempt":
        answer(begin(lesson, user), 1, "yes", at=NOW)
    learner = Browser(worker).sign_in(user)
    learner.get()
    assert learner.again().status_code == 304
    changes()[change](user, lesson)
    page = learner.again()
    assert page.status_code == 200
    fresh = Client()
    fresh.cookies = learner.cookies
    strip = re.compile(rb'value="\w{64}"')
    assert strip.sub(b"", page.content) == strip.sub(b"", fresh.get(LESSON).content)


def test_a_publication_is_seen_by_everybody_at_once(lesson, worker):
    guest, learner = Browser(worker), Browser(worker).sign_in(make_learner())
    for browser in (guest, learner, Browser(worker)):
        assert b"Dogs" in browser.get().content
    publish(lesson.course)
    for browser in (guest, learner, Browser(worker)):
        page = browser.again()
        assert page.status_code == 200
        assert b"Dogs" not in page.content


def test_what_is_gone_is_gone(lesson, worker):
    guest = Browser(worker)
    guest.get()
    with locked_course(site_state("animals")) as row:
        retire_lessons(row, ["cats"], at=NOW)
    assert guest.again().status_code == 404
    assert Browser(worker).get().status_code == 404


def test_a_session_that_is_over_shows_nothing_of_its_account(lesson, worker):
    user = make_learner()
    learner = Browser(worker).sign_in(user)
    save_note(user=user, lesson=lesson, anchor="", text="mine", is_bookmarked=False, at=NOW)
    assert b"mine" in learner.get().content
    delete_person(user)
    page = learner.again()
    assert page.status_code == 200
    assert b"mine" not in page.content


def standing(visitor="", session=""):
    return standing_of("animals", "cats", session=session, visitor=visitor)


def test_who_did_nothing_yet_sees_the_page_of_nobody(lesson):
    assert standing(visitor="t" * 32) == standing() is not None
    assert standing_of("animals", "nothing", session="", visitor="") is None
    assert standing(session="unknown") is None


def test_what_cannot_be_a_session_is_neither_asked_for_nor_remembered(lesson):
    with CaptureQueriesContext(connection_of(Session)) as asked:
        assert standing(session="s" * 60_000) is None
    assert not asked.captured_queries


def test_a_session_that_was_seen_before_is_looked_at_anew(lesson):
    client = Client()
    client.force_login(make_learner())
    key = client.cookies["sessionid"].value
    first = standing(session=key)
    with CaptureQueriesContext(connections["default"]) as asked:
        assert standing(session=key) == first is not None
    assert len(asked) == 1
    session = client.session
    session["seen"] = "a notice"
    session.save()
    second = standing(session=key)
    assert second == standing(session=key) not in (None, first)
    client.logout()
    assert standing(session=key) is None


def test_what_is_remembered_of_a_tables_cell_is_part_of_its_lessons_page(lesson):
    user = User.objects.guest_for("t" * 32)
    cell = Question.objects.get(lesson=lesson, key="two")
    Question.objects.filter(pk=cell.pk).update(role=Role.CELL)
    before = standing(visitor="t" * 32)
    answer(begin(lesson, user), 1, "yes", at=NOW)
    begun = standing(visitor="t" * 32)
    card = ReviewCard.objects.get(user=user)
    ReviewCard.objects.filter(pk=card.pk).update(question=cell)
    held = standing(visitor="t" * 32)
    ReviewCard.objects.filter(pk=card.pk).update(stability=card.stability + 1)
    assert len({before, begun, held, standing(visitor="t" * 32)}) == 4


@pytest.mark.parametrize(
    ("path", "headers"),
    [(f"{LESSON}?a=b", {}), (LESSON, {"HX-Request": "true"})],
)
def test_only_whole_pages_under_their_plain_address_are_kept(lesson, worker, path, headers):
    guest = Browser(worker)
    guest.get()
    response = guest.get(path, **headers, **{"If-None-Match": guest.tag})
    assert response.status_code == 200


def another_worker():
    return WorkerClient(KeptPages(WSGIHandler()))


def test_a_kept_page_has_every_header_of_a_new_one(lesson, worker):
    learner = Browser(worker).sign_in(make_learner())
    fresh, kept = another_worker(), learner.get()
    fresh.cookies = learner.cookies
    assert dict(fresh.get(LESSON).items()) == dict(kept.items())


@pytest.mark.parametrize("coding", ["identity", "zstd"])
def test_a_newcomers_kept_page_has_every_header_and_cookie_of_a_new_one(lesson, worker, coding):
    fresh = Browser(another_worker()).get(**{"Accept-Encoding": coding})
    for _ in range(PEOPLE):
        kept = Browser(worker).get(**{"Accept-Encoding": coding})
    own = {"etag", "content-length", "x-noise"}
    assert kept.headers.keys() == fresh.headers.keys()
    assert [kept[name] for name in kept.headers if name.lower() not in own] == [
        fresh[name] for name in kept.headers if name.lower() not in own
    ]
    assert kept.cookies.keys() == fresh.cookies.keys()
    for name, cookie in fresh.cookies.items():
        until = {"expires"}
        assert {key: kept.cookies[name][key] for key in cookie if key not in until} == {
            key: value for key, value in cookie.items() if key not in until
        }


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
def test_a_kept_page_is_compressed_once_and_only_for_who_takes_it(lesson, worker, coding):
    learner = Browser(worker).sign_in(make_learner())
    plain = learner.get()
    sent = [learner.get(**{"Accept-Encoding": coding}) for _ in range(2)]
    assert {page["Content-Encoding"] for page in sent} == {coding}
    assert sent[0].content == sent[1].content
    assert len(sent[0].content) < len(plain.content)
    assert "accept-encoding" in sent[1]["Vary"].lower()
    assert "Content-Encoding" not in learner.get()


def test_the_memory_is_bounded_and_keeps_what_is_used():
    weight = 100 + BYTES_BESIDE_A_PAGE
    memory = PageMemory(limit=3 * weight)
    for name in "abc":
        memory.keep(name, KeptPage((), bytes(100)))
    assert memory.get("a") is not None
    memory.keep("d", KeptPage((), bytes(100)))
    assert memory.get("b") is None
    assert memory.get("a") is not None
    memory.keep("d", KeptPage((), bytes(50)))
    assert (len(memory), memory.size) == (3, 3 * weight - 50)


@pytest.mark.parametrize("path", ["/", "/courses/animals/", "/progress/", "/nowhere/"])
def test_no_page_may_be_kept_for_all_on_the_way(lesson, path):
    assert "private" in Client().get(path)["Cache-Control"]
