"""Who may do what in the studio: every address, every method, every kind of person."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from learn import studio_urls
from learn.models import CourseRole, Draft, FileConflict, MediaFile, Revision, User
from tests.factories import NOW, keep_draft, make_course, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")

LOGIN, KEPT, KIND, GONE, FORBIDDEN = "login", 401, 403, 404, 403
ACTORS = ("guest", "learner", "author", "stranger", "instructor", "superuser")

# A page of a course: who is not in it meets a login, a kind page, or no course at all. What is
# left are the statuses for its author, its instructor and a superuser.
POLICY = {
    ("home", "GET"): (200, 200, 200, 200),
    ("home", "POST"): (405, 405, 405, 405),
    ("new-course", "GET"): (FORBIDDEN, FORBIDDEN, FORBIDDEN, 200),
    ("new-course", "POST"): (FORBIDDEN, FORBIDDEN, FORBIDDEN, 422),
    ("new-lesson", "GET"): (200, GONE, 200, 200),
    ("new-lesson", "POST"): (422, GONE, 422, 422),
    ("roles", "GET"): (FORBIDDEN, GONE, 200, 200),
    ("roles", "POST"): (FORBIDDEN, GONE, 422, 422),
    ("reports", "GET"): (FORBIDDEN, GONE, 200, 200),
    ("reports", "POST"): (FORBIDDEN, GONE, 302, 302),
    ("pictures", "GET"): (200, GONE, 200, 200),
    ("pictures", "POST"): (422, GONE, 422, 422),
    ("take-off-picture", "GET"): (302, GONE, 302, 302),  # two of its name wait for a decision
    ("take-off-picture", "POST"): (302, GONE, 302, 302),
    ("put-back-picture", "GET"): (405, GONE, 405, 405),
    ("put-back-picture", "POST"): (302, GONE, 302, 302),
    ("edit", "GET"): (200, GONE, 200, 200),
    ("edit", "POST"): (302, GONE, 302, 302),
    ("discard", "GET"): (200, GONE, GONE, GONE),
    ("discard", "POST"): (302, GONE, GONE, GONE),
    ("retire", "GET"): (200, GONE, 200, 200),
    ("retire", "POST"): (302, GONE, 302, 302),
    ("preview", "GET"): (200, GONE, 200, 200),
    ("preview", "POST"): (405, GONE, 405, 405),
    ("answer", "GET"): (200, GONE, 200, 200),
    ("answer", "POST"): (200, GONE, 200, 200),
    ("history", "GET"): (200, GONE, 200, 200),
    ("history", "POST"): (405, GONE, 405, 405),
    ("restore", "GET"): (200, GONE, 200, 200),
    ("restore", "POST"): (409, GONE, 409, 409),
    ("conflict", "GET"): (200, GONE, 200, 200),
    ("conflict", "POST"): (302, GONE, 302, 302),
    ("two-pictures", "GET"): (200, GONE, 200, 200),
    ("two-pictures", "POST"): (422, GONE, 422, 422),
    # The folder of these tests has no such picture.
    ("folder-picture", "GET"): (GONE, GONE, GONE, GONE),
    ("folder-picture", "POST"): (405, GONE, 405, 405),
}
PICTURE = "media/cat.svg"
ABOUT_PICTURES = ("two-pictures", "folder-picture", "take-off-picture", "put-back-picture")
SOURCE = """\
# Cats

They purr.

## Knowledge check

### Why? {#why}

- [x] yes
- [ ] no
  > Because.
"""


@pytest.fixture
def course():
    course = make_course("animals")
    lesson = make_lesson(course, slug="cats", drafts=[])
    Revision.objects.filter(pk=lesson.live_id).update(source=SOURCE)
    FileConflict.objects.create(
        course=course, file_name="cats.md", folder_source="# Cats\n", found_at=NOW
    )
    FileConflict.objects.create(
        course=course, file_name=PICTURE, folder_source="", folder_digest="f", found_at=NOW
    )
    MediaFile.objects.create(course=course, path=PICTURE, digest="s", file="s.svg")
    return course


@pytest.fixture
def people(course):
    people = {name: make_learner(name) for name in ACTORS if name != "guest"}
    other = make_course("plants")
    for name, in_course in (("author", course), ("instructor", course), ("stranger", other)):
        role = name if name == "instructor" else "author"
        CourseRole.objects.create(user=people[name], course=in_course, role=role)
    User.objects.filter(username="superuser").update(is_superuser=True)
    keep_draft(course, people["author"], "cats.md", SOURCE)
    return {**people, "guest": None}


def address(name):
    arguments = {"home": [], "new-course": [], "restore": ["animals", 1, "cats.md"]}
    arguments |= {key: ["animals", PICTURE] for key in ABOUT_PICTURES}
    in_course = {"new-lesson", "roles", "reports", "pictures"}
    default = ["animals"] if name in in_course else ["animals", "cats.md"]
    return reverse(f"studio:{name}", args=arguments.get(name, default))


def expected(name, method, actor):
    author, stranger, instructor, superuser = POLICY[name, method]
    by_actor = {
        "guest": LOGIN if method == "GET" else KEPT,
        "learner": KIND,
        "author": author,
        "stranger": stranger,
        "instructor": instructor,
        "superuser": superuser,
    }
    return by_actor[actor]


def test_every_address_has_a_row():
    names = {
        (pattern.name, method) for pattern in studio_urls.urlpatterns for method in ("GET", "POST")
    }
    assert set(POLICY) == names


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("name", "method"), list(POLICY))
def test_policy(client, people, name, method, actor):
    if people[actor] is not None:
        client.force_login(people[actor])
    fields = (
        {"key": "why", "source": SOURCE, "edition": "1"} if method == "POST" else {"key": "why"}
    )
    response = getattr(client, method.lower())(address(name), fields)
    wanted = expected(name, method, actor)
    if wanted == LOGIN:
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=/studio/")
    else:
        assert response.status_code == wanted, response.content[:400]


@pytest.mark.parametrize(("name", "method"), list(POLICY))
def test_nobody_from_outside_changes_anything(client, people, name, method):
    for actor in ("guest", "learner", "stranger"):
        if people[actor] is None:
            client.logout()
        else:
            client.force_login(people[actor])
        before = list(Draft.objects.values_list("author", "source"))
        getattr(client, method.lower())(address(name), {"source": "mine now", "who": "learner"})
        assert list(Draft.objects.values_list("author", "source")) == before
        assert Revision.objects.count() == 1
        assert CourseRole.objects.count() == 3


def test_a_learner_is_told_kindly(client, people):
    client.force_login(people["learner"])
    page = client.get("/studio/")
    assert page.status_code == 403
    assert "The studio is for authors" in page.content.decode()
    assert "learner" in page.content.decode()


def test_every_form_is_protected(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["author"])
    for (name, method), row in POLICY.items():
        if method == "POST" and row[0] not in {405}:
            response = client.post(address(name), {"source": SOURCE, "edition": "1"})
            assert response.status_code == 403, name
    assert Draft.objects.get().source == SOURCE
    assert not Revision.objects.filter(number__gt=1)


def test_a_foreign_site_gets_no_page_with_its_text(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["author"])
    response = client.post(
        address("edit"), {"source": "planted"}, headers={"Origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert b"planted" not in response.content


def test_a_guest_with_progress_is_still_a_guest(client, people):
    guest = User.objects.guest_for("x" * 32)
    assert not isinstance(guest, AnonymousUser)
    client.cookies["visitor"] = "x" * 32
    assert client.get("/studio/").status_code == 302
