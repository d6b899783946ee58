"""A course whose folder is renamed stays what it was, with all that learners did there."""

import pytest

from learn.loading import sync_content
from learn.models import Course, CourseRole, Lesson, Note
from learn.publishing import studio_publication
from learn.releasing import publish_file
from learn.site_state import site_state
from quizzes.models import Response
from tests.factories import (
    DAY,
    NOW,
    answer,
    begin,
    keep_draft,
    make_author,
    make_learner,
    write_files,
)
from tests.learn.page_from_before import CAT_QUIZ, PageFromBefore

pytestmark = pytest.mark.django_db(databases="__all__")

ANIMALS = {
    "course.md": "---\ntitle: Animals\n---\n\nBegin with [cats](01-cats.md).\n",
    "01-cats.md": f"# Cats\n\nCats sleep. So do [dogs](02-dogs.md).\n{CAT_QUIZ}",
    "02-dogs.md": "# Dogs\n\nDogs bark. [Cats](01-cats.md) do not.\n",
    "03-cows.md": "# Cows\n\nCows moo.\n",
}
PLANTS = {"01-moss.md": "# Moss\n\nMoss is soft.\n", "02-fern.md": "# Fern\n\nFerns unroll.\n"}


@pytest.fixture
def content(tmp_path):
    write_files(tmp_path / "content" / "animals", ANIMALS)
    return tmp_path / "content"


@pytest.fixture
def sync(renderer, content):
    return lambda: sync_content(content, at=NOW + DAY, renderer=renderer)


def courses():
    """The addresses of the courses that are up, with their keys in the database."""
    return dict(Course.objects.filter(retired_at=None).values_list("slug", "pk"))


def test_what_learners_did_stays_with_a_renamed_course(sync, content):
    sync()
    before, learner = courses(), make_learner()
    lesson = Lesson.objects.get(slug="cats")
    answer(begin(lesson, learner), 1, "Sleep")
    Note.objects.create(
        user=learner, lesson=lesson, anchor="", text="Purr!", created_at=NOW, changed_at=NOW
    )
    (content / "animals").rename(content / "beasts")
    report = sync()
    assert courses() == {"beasts": before["animals"]}
    assert (report.taken_off, report.held_back) == ({}, [])
    assert any("animals is beasts now" in line for line in report.lines), report.lines
    assert [lesson.pk] == [*Lesson.objects.filter(slug="cats").values_list("pk", flat=True)]
    assert Response.objects.get().item.attempt.lesson == lesson
    assert Note.objects.get().lesson == lesson


def test_every_page_of_it_leads_to_its_new_address_at_once(sync, content, client):
    sync()
    (content / "animals").rename(content / "beasts")
    sync()
    for address in ("/courses/beasts/", "/courses/beasts/cats/", "/courses/beasts/dogs/"):
        html = client.get(address).content.decode()
        assert "/courses/beasts/" in html
        assert "/courses/animals/" not in html
    assert "/courses/beasts/cats/" in client.get("/search/?q=sleep").content.decode()


def test_a_second_run_changes_nothing(sync, content):
    sync()
    (content / "animals").rename(content / "beasts")
    assert len(sync().renamed_courses) == 1
    report = sync()
    assert (report.renamed_courses, report.rendered, report.unchanged) == ([], [], 3)


def test_the_addresses_before_lead_to_the_new_ones(sync, content, client):
    sync()
    (content / "animals").rename(content / "beasts")
    sync()
    for page in ("", "feed.xml", "cats/", "cats/check/", "cats/print/?a=1", "cats.md"):
        response = client.get(f"/courses/animals/{page}")
        assert response.status_code == 308
        assert response["Location"] == f"/courses/beasts/{page}"
        assert response["Cache-Control"] == "no-cache"
    assert client.get("/courses/planets/").status_code == 404


def test_an_address_leads_on_through_several_names_of_course_and_lesson(sync, content, client):
    sync()
    (content / "animals" / "03-cows.md").rename(content / "animals" / "03-cattle.md")
    sync()
    (content / "animals").rename(content / "beasts")
    sync()
    (content / "beasts").rename(content / "creatures")
    sync()
    response = client.get("/courses/animals/cows/", follow=True)
    assert response.redirect_chain == [("/courses/creatures/cattle/", 308)]
    assert response.status_code == 200


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_an_answer_to_a_page_from_before_is_taken(sync, content, headers):
    sync()
    page = PageFromBefore("/courses/animals/cats/check/")
    (content / "animals").rename(content / "beasts")
    sync()
    sent = page.answer_to(page.address, headers)
    assert (sent.status_code, sent["Location"]) == (308, "/courses/beasts/cats/check/1/")
    assert page.answer_to(sent["Location"], headers).status_code in {200, 302}
    assert Response.objects.count() == 1


def test_a_folder_that_is_called_as_before_gets_its_address_back(sync, content, client):
    sync()
    before = courses()
    (content / "animals").rename(content / "beasts")
    sync()
    (content / "beasts").rename(content / "animals")
    sync()
    assert courses() == before
    assert client.get("/courses/animals/cats/").status_code == 200
    assert client.get("/courses/beasts/cats/")["Location"] == "/courses/animals/cats/"


def test_another_course_may_take_the_address(sync, content, client):
    sync()
    (content / "animals").rename(content / "beasts")
    sync()
    write_files(content / "animals", PLANTS)
    sync()
    assert set(courses()) == {"animals", "beasts"}
    assert client.get("/courses/animals/").status_code == 200
    assert client.get("/courses/animals/moss/").status_code == 200
    assert client.get("/courses/animals/cats/").status_code == 404


def test_lessons_may_be_renamed_and_edited_on_the_way(sync, content):
    sync()
    course, lessons = courses()["animals"], dict(Lesson.objects.values_list("slug", "pk"))
    (content / "animals").rename(content / "beasts")
    folder = content / "beasts"
    (folder / "02-dogs.md").rename(folder / "02-hounds.md")
    cats = ANIMALS["01-cats.md"].replace("02-dogs", "02-hounds")
    write_files(folder, {"01-cats.md": cats, "03-cows.md": "# Cows\n\nCows moo at all hours.\n"})
    report = sync()
    assert courses() == {"beasts": course}
    assert dict(Lesson.objects.filter(retired_at=None).values_list("slug", "pk")) == {
        "cats": lessons["cats"],
        "hounds": lessons["dogs"],
        "cows": lessons["cows"],
    }
    assert (len(report.renamed_courses), len(report.renamed)) == (1, 1)
    assert report.rendered == ["beasts/01-cats.md", "beasts/03-cows.md"]


def test_another_text_is_another_course(sync, content):
    sync()
    (content / "animals").rename(content / "beasts")
    for name in ANIMALS:
        (content / "beasts" / name).unlink()
    write_files(content / "beasts", PLANTS)
    report = sync()
    assert report.renamed_courses == []
    assert set(report.taken_off) == {f"animals/{name}" for name in ANIMALS if name != "course.md"}


def test_several_are_renamed_at_once(sync, content):
    write_files(content / "plants", PLANTS)
    sync()
    before = courses()
    (content / "animals").rename(content / "beasts")
    (content / "plants").rename(content / "greens")
    sync()
    assert courses() == {"beasts": before["animals"], "greens": before["plants"]}


@pytest.mark.parametrize("is_kept", [True, False], ids=["beside it", "twice"])
def test_a_copy_is_another_course(sync, content, is_kept):
    """Of two copies nobody can say which is the course that it was."""
    sync()
    before = courses()
    write_files(content / "beasts", ANIMALS)
    if not is_kept:
        (content / "animals").rename(content / "creatures")
    report = sync()
    assert report.renamed_courses == []
    now = courses()
    assert set(now) == ({"animals", "beasts"} if is_kept else {"beasts", "creatures"})
    assert ("animals" in now and now["animals"] == before["animals"]) is is_kept


def test_what_belongs_to_the_course_goes_with_it(sync, content, renderer, client):
    sync()
    course = Course.objects.get()
    ada = make_author(course)
    draft = keep_draft(course, ada, "02-dogs.md", "# Dogs\n\nDogs howl.\n")
    publish_file(
        course=course,
        file_name="03-cows.md",
        source="# Cows\n\nCows [sleep](01-cats.md).\n",
        base_digest=site_state("animals").file("03-cows.md").up,
        publication=studio_publication(ada, at=NOW + DAY),
        renderer=renderer,
    )
    (content / "animals").rename(content / "beasts")
    report = sync()
    course.refresh_from_db()
    draft.refresh_from_db()
    assert course.slug == "beasts"
    assert draft.course == course
    assert CourseRole.objects.get().course == course
    # What the studio has newer stays up, and leads to where the course is now.
    assert report.ahead == ["beasts/03-cows.md"]
    assert 'href="/courses/beasts/cats/"' in client.get("/courses/beasts/cows/").content.decode()
