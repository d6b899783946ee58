"""A lesson whose file is renamed stays the lesson that it was, with all that learners did there."""

import pytest

from learn.loading import sync_content
from learn.models import Draft, FormerAddress, Lesson, LessonVisit, Note, Revision
from quizzes.models import Question, Response
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
CHECK = "/courses/animals/cats/check/"

CATS = f"# Cats\n\nCats sleep. So do [dogs](02-dogs.md).\n\nThey purr.\n{CAT_QUIZ}"
DOGS = "# Dogs\n\nDogs bark. [Cats](01-cats.md) do not.\n\nThey fetch.\n"
COWS = "# Cows\n\nCows moo.\n"


@pytest.fixture
def folder(tmp_path):
    files = {"01-cats.md": CATS, "02-dogs.md": DOGS}
    return write_files(tmp_path / "content" / "animals", files)


@pytest.fixture
def sync(renderer, folder):
    return lambda: sync_content(folder.parent, at=NOW + DAY, renderer=renderer)


def rename(folder, before, after, **changes):
    """Give a file another name; ``changes`` are texts and what takes their place."""
    text = (folder / before).read_text()
    (folder / before).unlink()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / after).write_text(text)


def addresses():
    """The addresses of the lessons that are up, with their keys in the database."""
    return dict(Lesson.objects.filter(retired_at=None).values_list("slug", "pk"))


def test_what_learners_did_stays_with_a_renamed_lesson(sync, folder):
    sync()
    before, learner = addresses(), make_learner()
    attempt = begin(Lesson.objects.get(slug="cats"), learner)
    answer(attempt, 1, "Sleep")
    Note.objects.create(
        user=learner,
        lesson_id=before["cats"],
        anchor="",
        text="Purr!",
        created_at=NOW,
        changed_at=NOW,
    )
    rename(folder, "01-cats.md", "01-felines.md")
    (folder / "02-dogs.md").write_text(DOGS.replace("01-cats", "01-felines"))
    report = sync()
    assert addresses() == {"felines": before["cats"], "dogs": before["dogs"]}
    assert report.taken_off == {}
    assert any("animals/01-cats.md is animals/01-felines.md now" in line for line in report.lines)
    [lesson] = Lesson.objects.filter(slug="felines")
    assert (lesson.file_name, lesson.revisions.count()) == ("01-felines.md", 1)
    assert Response.objects.get().item.attempt.lesson == lesson
    assert LessonVisit.objects.get().lesson == lesson
    assert Note.objects.get().lesson == lesson
    assert set(Question.objects.filter(retired_at=None).values_list("lesson", flat=True)) == {
        lesson.pk
    }


def test_links_to_it_lead_to_its_new_address_at_once(sync, folder):
    sync()
    rename(folder, "02-dogs.md", "02-hounds.md")
    (folder / "01-cats.md").write_text(CATS.replace("02-dogs", "02-hounds"))
    sync()
    html = Revision.objects.get(title="Cats", lesson__live__isnull=False, number=2).blocks[0][
        "html"
    ]
    assert 'href="/courses/animals/hounds/"' in html


def test_the_address_before_leads_to_the_new_one(sync, folder, client):
    sync()
    rename(folder, "01-cats.md", "01-felines.md")
    sync()
    for page in ("", "check/", "print/?a=1"):
        response = client.get(f"/courses/animals/cats/{page}")
        assert response.status_code == 308
        assert response["Location"] == f"/courses/animals/felines/{page}"
        # A browser that remembered it would go in circles once the file is called as before.
        assert response["Cache-Control"] == "no-cache"
    assert client.get("/courses/animals/cats.md").status_code == 308
    assert client.get("/courses/animals/mice/").status_code == 404
    assert client.get("/courses/plants/cats/").status_code == 404


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_an_answer_to_the_page_before_is_taken(sync, folder, headers):
    sync()
    page = PageFromBefore(CHECK)
    rename(folder, "01-cats.md", "01-felines.md")
    sync()
    sent = page.answer_to(page.address, headers)
    assert (sent.status_code, sent["Location"]) == (308, "/courses/animals/felines/check/1/")
    assert page.answer_to(sent["Location"], headers).status_code in {200, 302}
    assert Response.objects.count() == 1


def test_a_file_that_is_called_as_before_gets_its_address_back(sync, folder, client):
    sync()
    before = addresses()
    rename(folder, "01-cats.md", "01-felines.md")
    sync()
    rename(folder, "01-felines.md", "01-cats.md")
    sync()
    assert addresses() == before
    assert client.get("/courses/animals/cats/").status_code == 200
    assert client.get("/courses/animals/felines/")["Location"] == "/courses/animals/cats/"


def test_an_address_belongs_to_who_takes_it_next(sync, folder, client):
    sync()
    rename(folder, "01-cats.md", "01-felines.md")
    sync()
    write_files(folder, {"03-cats.md": COWS.replace("Cows", "Cats, a musical")})
    sync()
    assert b"a musical" in client.get("/courses/animals/cats/").content
    (folder / "03-cats.md").unlink()
    sync()
    assert client.get("/courses/animals/cats/").status_code == 404


def test_a_text_that_was_edited_too_is_still_the_lesson(sync, folder):
    sync()
    before = addresses()
    rename(folder, "01-cats.md", "01-felines.md", **{"They purr.": "They purr, and they hunt."})
    report = sync()
    assert addresses()["felines"] == before["cats"]
    assert report.rendered == ["animals/01-felines.md"]
    assert "hunt" in Lesson.objects.get(slug="felines").live.source


def test_a_renamed_file_with_errors_leaves_the_last_good_text_up(sync, folder, client):
    sync()
    rename(folder, "01-cats.md", "01-felines.md", **{"- [x] Sleep": "- [ ] Sleep"})
    report = sync()
    assert report.held_back == ["animals/01-felines.md"]
    assert b"Cats sleep" in client.get("/courses/animals/felines/").content


def test_several_are_renamed_at_once(sync, folder):
    sync()
    before = addresses()
    rename(folder, "01-cats.md", "02-felines.md")
    rename(folder, "02-dogs.md", "01-hounds.md")
    sync()
    assert addresses() == {"felines": before["cats"], "hounds": before["dogs"]}
    assert FormerAddress.objects.count() == 2


@pytest.mark.parametrize("what", ["another text", "two copies", "two originals"])
def test_what_is_not_clearly_the_same_lesson_is_another_one(sync, folder, what):
    if what == "two originals":
        (folder / "03-tomcats.md").write_text(
            (folder / "01-cats.md").read_text().replace("#cats", "#toms")
        )
    sync()
    before = addresses()
    if what == "another text":
        (folder / "01-cats.md").unlink()
        (folder / "01-felines.md").write_text(COWS)
    elif what == "two copies":
        rename(folder, "02-dogs.md", "03-hounds.md")
        (folder / "04-wolves.md").write_text(DOGS)
    else:
        rename(folder, "01-cats.md", "01-felines.md", **{"#cats": "#pets"})
        (folder / "03-tomcats.md").unlink()
    report = sync()
    assert report.renamed == []
    assert report.taken_off
    assert not set(before.values()) >= set(addresses().values())


def test_a_number_before_the_name_is_no_other_name(sync, folder):
    sync()
    rename(folder, "01-cats.md", "07-cats.md")
    report = sync()
    assert (report.renamed, FormerAddress.objects.count()) == ([], 0)


def test_drafts_of_the_file_go_with_it(sync, folder):
    sync()
    course = Lesson.objects.first().course
    ada = make_author(course)
    keep_draft(course, ada, "01-cats.md", "# Cats\n\nMine.\n")
    rename(folder, "01-cats.md", "01-felines.md")
    sync()
    assert Draft.objects.get().file_name == "01-felines.md"
