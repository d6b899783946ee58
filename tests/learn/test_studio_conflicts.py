"""A lesson that one side removed and the other edited: it stays or goes, as a person decides."""

import pytest
from django.utils import timezone

from learn.conflicts import open_conflicts
from learn.exporting import export_content
from learn.loading import sync_content
from learn.models import Course, CourseRole, Lesson
from learn.publishing import studio_publication
from learn.releasing import publish_file, retire_file
from tests.factories import make_learner

pytestmark = pytest.mark.django_db(databases="__all__")

NAME = "01-cats.md"
PAGE = f"/studio/animals/conflict/{NAME}"
REMOVE = f"/studio/animals/remove/{NAME}"
CATS, STUDIO, FOLDER = (f"# Cats\n\nThey {verb}.\n" for verb in ("sleep", "purr", "hiss"))


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "content" / "animals"
    folder.mkdir(parents=True)
    (folder / "course.md").write_text("---\ntitle: Animals\n---\n")
    (folder / "02-dogs.md").write_text("# Dogs\n\nThey bark.\n")
    (folder / NAME).write_text(CATS)
    return folder / NAME


@pytest.fixture
def sync(file, renderer):
    return lambda: sync_content(file.parent.parent, at=timezone.now(), renderer=renderer)


@pytest.fixture
def ada(client, sync):
    assert sync().is_fine
    ada = make_learner("ada")
    CourseRole.objects.create(user=ada, course=Course.objects.get(), role="author")
    client.force_login(ada)
    return ada


@pytest.fixture
def removed(ada, file, sync, renderer):
    """Ada edited the lesson, and its file is gone."""
    course = Course.objects.get()
    base = Lesson.objects.get(file_name=NAME).live.digest
    publish_file(
        course=course,
        file_name=NAME,
        source=STUDIO,
        base_digest=base,
        publication=studio_publication(ada, at=timezone.now()),
        renderer=renderer,
    )
    file.unlink()
    assert sync().conflicts


@pytest.fixture
def retired(ada, file, sync, renderer):
    """Ada took the lesson off, and its file was edited."""
    retire_file(
        course=Course.objects.get(), file_name=NAME, by=ada, at=timezone.now(), renderer=renderer
    )
    file.write_text(FOLDER)
    assert sync().conflicts


def digest(page):
    return page.context["texts"].fields["base_digest"]


def agree(sync, file):
    assert sync().is_fine
    assert export_content(file.parent.parent).is_fine
    assert not open_conflicts(Course.objects.get())


def test_a_removed_file_is_told_and_can_be_kept(client, removed, sync, file):
    page = client.get(PAGE)
    assert "Removed in the folder, edited in the studio" in page.content.decode()
    assert page.context["proposal"].text == STUDIO
    assert f'href="{REMOVE}"' in page.content.decode()
    client.post(PAGE, {"source": STUDIO, "base_digest": digest(page)})
    agree(sync, file)
    assert file.read_text() == STUDIO


def test_a_removed_file_can_be_let_go(client, removed, sync, file):
    assert client.get(REMOVE).status_code == 200
    client.post(REMOVE)
    agree(sync, file)
    assert not file.exists()
    assert Lesson.objects.get(file_name=NAME).retired_at


def test_a_lesson_that_was_taken_off_can_come_back(client, retired, sync, file):
    page = client.get(PAGE)
    assert "Edited in the folder, taken off in the studio" in page.content.decode()
    assert page.context["proposal"].text == FOLDER
    client.post(PAGE, {"source": FOLDER, "base_digest": digest(page)})
    agree(sync, file)
    assert file.read_text() == FOLDER
    assert Lesson.objects.get(file_name=NAME).retired_at is None


def test_a_lesson_that_was_taken_off_can_stay_off(client, retired, sync, file):
    assert client.get(REMOVE).status_code == 200
    client.post(REMOVE)
    agree(sync, file)
    assert not file.exists()
    assert Lesson.objects.get(file_name=NAME).retired_at
