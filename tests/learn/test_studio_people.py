"""Pictures, people and new courses in the studio."""

import io

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from PIL import Image

from learn.models import Course, CourseRole, MediaFile, User
from tests.factories import keep_draft, make_author, make_course, make_learner

pytestmark = pytest.mark.django_db(databases="__all__")

JSON = {"Accept": "application/json"}


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def png(colour="teal"):
    target = io.BytesIO()
    Image.new("RGB", (20, 10), colour).save(target, "PNG")
    target.name = "Job queue.png"
    target.seek(0)
    return target


def test_a_picture_needs_words_and_is_kept_clean(as_ada, course):
    address = "/studio/sea/pictures/"
    assert as_ada.post(address, {"picture": png()}).status_code == 422
    assert not MediaFile.objects.exists()
    told = as_ada.post(
        address, {"picture": png(), "alternative": "A [long] queue", "file": "a/b.md"}
    )
    assert "![A \\[long\\] queue](../media/job-queue.png)" in text_of(told)
    picture = as_ada.get("/courses/sea/media/job-queue.png")
    assert picture["Content-Type"] == "image/png"
    assert "sandbox" in picture["Content-Security-Policy"]


def test_a_picture_is_not_overwritten_without_asking(as_ada, course):
    fields = {"alternative": "A queue"}
    as_ada.post("/studio/sea/pictures/", {**fields, "picture": png()})
    first = MediaFile.objects.get().digest
    same = as_ada.post("/studio/sea/pictures/", {**fields, "picture": png()}, headers=JSON)
    assert same.json()["markdown"] == "![A queue](media/job-queue.png)"
    other = as_ada.post("/studio/sea/pictures/", {**fields, "picture": png("red")}, headers=JSON)
    assert (other.status_code, other.json()["taken"]) == (409, "job-queue.png")
    assert MediaFile.objects.get().digest == first
    as_ada.post("/studio/sea/pictures/", {**fields, "picture": png("red"), "replace": "1"})
    assert MediaFile.objects.get().digest != first


def test_a_program_that_is_called_a_picture_is_refused(as_ada, course):
    program = io.BytesIO(b"MZ\x90\x00 run me")
    program.name = "queue.png"
    told = as_ada.post("/studio/sea/pictures/", {"picture": program, "alternative": "x"})
    assert told.status_code == 422
    assert "no picture" in text_of(told)


def test_an_instructor_gives_and_takes_roles(client, course, ada):
    client.force_login(make_author(course, "ivy", role="instructor"))
    newcomer = make_learner("new", email="new@example.com")
    address = "/studio/sea/people/"
    client.post(address, {"who": "NEW@example.com", "role": "author"})
    given = CourseRole.objects.get(user=newcomer)
    assert given.role == "author"
    client.post(address, {"remove": given.pk})
    assert not CourseRole.objects.filter(user=newcomer).exists()
    own = CourseRole.objects.get(user__username="ivy")
    guest = User.objects.guest_for("g" * 32).username
    for fields in (
        {"remove": own.pk}, {"remove": "9999"}, {"remove": "x"}, {"who": "ivy", "role": "author"},
        {"who": "nobody@example.com", "role": "author"}, {"who": "ada", "role": "king"},
        {"who": "\x00", "role": "author"}, {"who": guest, "role": "author"},
    ):  # fmt: skip
        assert client.post(address, fields).status_code == 422, fields
    assert CourseRole.objects.get(pk=own.pk).role == "instructor"


def test_a_role_of_another_course_cannot_be_taken(client, course):
    client.force_login(make_author(course, "ivy", role="instructor"))
    foreign = CourseRole.objects.create(
        user=make_learner("far"), course=make_course("far"), role="author"
    )
    client.post("/studio/sea/people/", {"remove": foreign.pk})
    assert CourseRole.objects.filter(pk=foreign.pk).exists()


def test_a_superuser_begins_a_course(admin_client):
    assert admin_client.post("/studio/new-course/", {"title": "Rivers"}).status_code == 302
    assert Course.objects.get(slug="rivers").status == "draft"
    again = admin_client.post("/studio/new-course/", {"title": "Rivers"})
    assert again.status_code == 422
    assert "already" in text_of(again)
    assert "Rivers" in text_of(admin_client.get("/studio/"))
    about = admin_client.get("/studio/rivers/edit/course.md")
    assert "status: draft" in about.content.decode()


def test_the_roles_promise_what_is_there(client, course):
    client.force_login(make_author(course, "ivy", role="instructor"))
    page = BeautifulSoup(client.get("/studio/sea/people/").content, "html.parser")
    lead = page.select_one(".lead")
    assert "learners" not in lead.get_text()
    [report] = lead.select("a")
    assert client.get(report["href"]).status_code == 200
    way = f"`{page.h1.get_text()}` makes others its authors"
    assert way in (settings.BASE_DIR / "README.md").read_text()
    assert page.h1.get_text() in text_of(client.get("/studio/"))


def test_people_with_a_role_know_each_other_by_more_than_a_drawn_name(client, course):
    """Whoever signs up gets a user name that says nothing."""
    drawn = make_learner("learner-0a1b", email="mo@example.com")
    named = make_learner("learner-2c3d", email="lu@example.com", first_name="Lu", last_name="Ka")
    for user in (drawn, named):
        CourseRole.objects.create(user=user, course=course, role="author")
        keep_draft(course, user, "01-tides.md", "# Tides\n")
    client.force_login(make_author(course, "ivy", role="instructor"))
    new = make_learner("learner-4e5f", email="new@example.com")
    given = client.post("/studio/sea/people/", {"who": new.email, "role": "author"}, follow=True)
    assert "new@example.com has the role now" in text_of(given)
    for page in ("/studio/", "/studio/sea/people/", "/studio/sea/history/01-tides.md",
                 "/studio/sea/edit/01-tides.md"):  # fmt: skip
        told = text_of(client.get(page))
        assert "mo@example.com" in told, page
        assert "Lu Ka" in told, page
        assert "learner-" not in told, page


def test_who_has_no_role_is_told_what_to_be_found_by(client, course):
    newcomer = make_learner("learner-0a1b", email="mo@example.com")
    client.force_login(newcomer)
    told = text_of(client.get("/studio/"))
    assert "mo@example.com" in told
    client.force_login(make_author(course, "ivy", role="instructor"))
    client.post("/studio/sea/people/", {"who": "mo@example.com", "role": "author"})
    assert CourseRole.objects.filter(user=newcomer).exists()


@pytest.mark.parametrize("page", ["people", "reports"])
def test_an_author_is_told_whose_page_it_is_and_whom_to_ask(as_ada, course, page):
    told = as_ada.get(f"/studio/sea/{page}/")
    assert told.status_code == 403
    assert "You are an author of Sea" in text_of(told)
    assert "ask the administrator of this site" in text_of(told)
    make_author(course, "ivy", role="instructor")
    otto = make_author(make_course("far"), "otto", role="instructor")
    CourseRole.objects.create(user=otto, course=course, role="author")
    asked = text_of(as_ada.get(f"/studio/sea/{page}/"))
    assert "Ask one of them to look, or to make you an instructor: ivy@example.com" in asked
    assert "otto" not in asked


def test_an_author_who_begins_a_course_is_told_who_does(as_ada):
    told = text_of(as_ada.get("/studio/new-course/"))
    assert "Only an administrator begins a course" in told
    assert "no role" not in told
