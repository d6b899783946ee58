"""A picture that was changed in the folder and in the studio: both are shown, a person decides."""

import pytest
from django.utils import timezone

from learn.conflicts import open_conflict, open_conflicts
from learn.exporting import export_content
from learn.loading import sync_content
from learn.models import Course, CourseRole, MediaFile
from learn.releasing import upload_media
from tests.factories import make_learner

pytestmark = pytest.mark.django_db(databases="__all__")

NAME = "media/cat.svg"
PAGE = f"/studio/animals/two-pictures/{NAME}"
FOLDERS = f"/studio/animals/folder-picture/{NAME}"
OURS, THEIRS = b"<svg id='s'/>", b"<svg id='f'/>"


@pytest.fixture
def folder(tmp_path, settings):
    folder = tmp_path / "content" / "animals"
    (folder / "media").mkdir(parents=True)
    (folder / "course.md").write_text("---\ntitle: Animals\n---\n")
    (folder / "01-cats.md").write_text("# Cats\n\nThey purr.\n")
    (folder / NAME).write_text("<svg/>")
    settings.CHECKMARK_CONTENT = folder.parent
    return folder


@pytest.fixture
def sync(folder, renderer):
    return lambda: sync_content(folder.parent, at=timezone.now(), renderer=renderer)


@pytest.fixture
def course(sync, folder):
    assert sync().is_fine
    course = Course.objects.get()
    upload_media(course=course, name=NAME, content=OURS, at=timezone.now())
    (folder / NAME).write_bytes(THEIRS)
    assert sync().conflicts == [f"animals/{NAME}"]
    return course


@pytest.fixture
def author(client, course):
    ada = make_learner("ada")
    CourseRole.objects.create(user=ada, course=course, role="author")
    client.force_login(ada)
    return client


def fields(course, keep):
    conflict = open_conflict(course, NAME)
    return {"keep": keep, "conflict": conflict.pk, "digest": course.media.get().digest}


def live():
    with MediaFile.objects.get().file.open() as file:
        return file.read()


def test_the_studio_leads_to_both_pictures(author):
    home = author.get("/studio/").content.decode()
    assert f'href="{PAGE}"' in home
    assert f"/studio/animals/edit/{NAME}" not in home
    assert f'src="{FOLDERS}"' in author.get(PAGE).content.decode()
    picture = author.get(FOLDERS)
    assert (picture.content, picture["Content-Type"]) == (THEIRS, "image/svg+xml")
    assert "sandbox" in picture["Content-Security-Policy"]


@pytest.mark.parametrize(("keep", "left"), [("folder", THEIRS), ("studio", OURS)])
def test_the_one_that_was_chosen_stays_on_both_sides(author, course, folder, sync, keep, left):
    page = author.post(PAGE, fields(course, keep), follow=True)
    assert "manage.py content" in page.content.decode()
    assert sync().is_fine
    export_content(folder.parent)
    assert (live(), (folder / NAME).read_bytes()) == (left, left)
    assert author.get(PAGE).status_code == 404
    assert not open_conflicts(course)


def test_a_picture_that_came_meanwhile_is_looked_at_first(author, course, folder, sync):
    seen = fields(course, "folder")
    upload_media(course=course, name=NAME, content=b"<svg id='n'/>", at=timezone.now())
    refused = author.post(PAGE, seen)
    assert refused.status_code == 409
    assert "changed meanwhile" in refused.content.decode()
    assert sync().conflicts
    assert live() == b"<svg id='n'/>"

    seen = fields(course, "studio")
    (folder / NAME).write_bytes(b"<svg id='m'/>")
    assert author.get(FOLDERS).status_code == 404
    assert "yet another picture" in author.get(PAGE).content.decode()
    sync()
    assert author.post(PAGE, seen).status_code == 409


def test_one_that_was_removed_in_the_folder_can_go_or_stay(author, course, folder, sync):
    (folder / NAME).unlink()
    assert sync().conflicts
    assert "Removed in the folder" in author.get(PAGE).content.decode()
    author.post(PAGE, fields(course, "folder"))
    assert sync().is_fine
    assert not MediaFile.objects.exists()


def test_nothing_is_decided_by_accident(author, course):
    assert author.post(PAGE, {}).status_code == 422
    assert open_conflict(course, NAME)
    assert author.get(PAGE.replace("cat.svg", "dog.svg")).status_code == 404
    assert author.get("/studio/animals/two-pictures/01-cats.md").status_code == 404


def test_a_folder_that_is_gone_is_told(author, folder, settings):
    settings.CHECKMARK_CONTENT = folder / "nowhere"
    assert "cannot be read from here" in author.get(PAGE).content.decode()
    assert author.get(FOLDERS).status_code == 404
