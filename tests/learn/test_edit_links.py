"""Who writes a course finds the way from its pages to the editor; nobody else sees it or pays."""

import pytest
from bs4 import BeautifulSoup
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learn.caching.front import KeptPages
from learn.models import CourseRevision, CourseRole
from tests.factories import NOW, make_author, make_course, make_learner, make_lesson
from tests.worker import WorkerClient

pytestmark = pytest.mark.django_db(databases="__all__")
COURSE, LESSON = "/courses/animals/", "/courses/animals/cats/"
EDITORS = {LESSON: "/studio/animals/edit/cats.md", COURSE: "/studio/animals/edit/course.md"}


@pytest.fixture
def animals():
    course = make_course()
    make_lesson(course)
    course.live = CourseRevision.objects.create(
        course=course, number=1, digest="d", source="# Animals\n", created_at=NOW
    )
    course.save()
    return course


def ways_to_edit(client, page):
    soup = BeautifulSoup(client.get(page).content, "html.parser")
    return [link["href"] for link in soup.select('a[href^="/studio/"]')]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("page", EDITORS)
def test_only_who_may_edit_sees_the_way_to_the_editor(animals, page):
    for role in ("author", "instructor"):
        writer = signed_in(make_author(animals, role, role=role))
        assert ways_to_edit(writer, page) == [EDITORS[page]]
        assert writer.get(EDITORS[page]).status_code == 200
    assert ways_to_edit(signed_in(make_learner("root", is_superuser=True)), page) == [EDITORS[page]]
    stranger = make_author(make_course("plants"), "stranger")
    for reader in (Client(), signed_in(make_learner()), signed_in(stranger)):
        assert ways_to_edit(reader, page) == []


def test_a_course_without_a_text_of_its_own_can_be_given_one(animals):
    animals.live = None
    animals.save()
    author = signed_in(make_author(animals))
    for page in (COURSE, "/studio/"):
        assert EDITORS[COURSE] in ways_to_edit(author, page)
    assert EDITORS[COURSE].replace("edit", "history") not in ways_to_edit(author, EDITORS[COURSE])
    text = "---\ntitle: Beasts\n---\n"
    author.post(EDITORS[COURSE], {"source": text, "base_digest": "", "action": "publish"})
    assert "Beasts" in author.get(COURSE).content.decode()


@pytest.mark.parametrize("page", EDITORS)
def test_it_costs_no_query(animals, page):
    counts = set()
    for user in (make_learner(), make_author(animals), make_learner("root", is_superuser=True)):
        client = signed_in(user)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        counts.add(len(asked))
        roles = [one["sql"] for one in asked.captured_queries if "courserole" in one["sql"]]
        # Asked together with what the page is found by.
        assert all("slug" in query for query in roles)
    assert len(counts) == 1


def test_a_kept_page_follows_the_role(animals):
    user = make_learner()
    browser = WorkerClient(KeptPages(WSGIHandler()))
    browser.cookies = signed_in(user).cookies

    def shows():
        # The second time out of memory.
        first, second = (ways_to_edit(browser, LESSON) for _ in range(2))
        assert first == second
        return bool(first)

    browser.get(LESSON)
    assert not shows()
    role = CourseRole.objects.create(user=user, course=animals, role="author")
    assert shows()
    role.delete()
    assert not shows()
    user.is_superuser = True
    user.save()
    assert shows()
