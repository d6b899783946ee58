"""From the studio into the folder: byte for byte, whole files only, and nobody's edit is lost."""

import os
from pathlib import Path

import pytest
from django.db.models import F

from learn import exporting
from learn.exporting import copy_content, export_content
from learn.folder_writing import ChangedError, InTheWayError, read_below, write_below
from learn.loading import sync_content
from learn.models import Course, Lesson, MediaFile
from learn.publishing import studio_publication
from learn.releasing import new_course, publish_file, retire_file, upload_media
from tests.factories import DAY, NOW, make_learner, write_files

pytestmark = pytest.mark.django_db

CATS = "# Cats\n\nCats sleep.\n"
DOGS = "# Dogs\n\nDogs bark.\n"


@pytest.fixture
def root(tmp_path):
    course = {"course.md": "---\ntitle: Animals\n---\n", "media/cat.svg": "<svg/>"}
    files = {**course, "01-cats.md": CATS, "02-dogs.md": DOGS}
    return write_files(tmp_path / "content" / "01-animals", files).parent


@pytest.fixture
def author():
    return make_learner("author")


@pytest.fixture
def sync(renderer, root):
    def sync():
        return sync_content(root, at=NOW, renderer=renderer)

    sync()
    return sync


@pytest.fixture
def publish(sync, author, renderer):
    """Publish a file of the course in the studio, from what is up."""

    def publish(file_name, source):
        course = Course.objects.get(slug="animals")
        lesson = Lesson.objects.filter(file_name=file_name, retired_at=None).first()
        live = course.live if file_name == "course.md" else lesson and lesson.live
        released = publish_file(
            course=course,
            file_name=file_name,
            source=source,
            base_digest=live.digest if live else "",
            publication=studio_publication(author, at=NOW + DAY),
            renderer=renderer,
        )
        assert released.state == "published"

    return publish


def files_in(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_nothing_to_export_writes_nothing(sync, root):
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    report = export_content(root)
    assert (report.written, report.is_fine) == ([], True)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_what_the_studio_published_comes_into_the_folder(publish, root, sync):
    publish("01-cats.md", CATS + "\nAnd purr.\n")
    publish("03-birds.md", "# Birds\n\nBirds sing.\n")
    publish("course.md", "---\ntitle: Beasts\n---\n")
    report = export_content(root)
    assert sorted(report.written) == [
        "01-animals/01-cats.md",
        "01-animals/03-birds.md",
        "01-animals/course.md",
    ]
    assert (root / "01-animals" / "01-cats.md").read_text() == CATS + "\nAnd purr.\n"
    after = sync()
    assert (after.rendered, after.ahead, after.conflicts) == ([], [], [])
    assert not Lesson.objects.exclude(folder_digest=F("live__digest")).exists()
    assert export_content(root).written == []


@pytest.mark.parametrize(
    "source",
    [
        b"# Birds\r\n\r\nBirds sing.\r\n",
        b"\xef\xbb\xbf# Birds\n\nBirds sing.\n",
        b"# Birds\n\nMixed\r\nends\rand none",
        "# Vögel\n\n\tTab, nbsp\u00a0and \u2028 too 🐦\n\n\n".encode(),
    ],
)
def test_file_to_site_to_folder_gives_the_same_bytes(sync, root, tmp_path, source):
    (root / "01-animals" / "03-birds.md").write_bytes(source)
    assert sync().held_back == []
    (tmp_path / "copy").mkdir()
    copied = copy_content(tmp_path / "copy")
    assert "animals/03-birds.md" in copied.written
    copy = files_in(tmp_path / "copy")
    assert copy["animals/03-birds.md"] == source
    assert {name.partition("/")[2]: content for name, content in copy.items()} == {
        name.partition("/")[2]: content for name, content in files_in(root).items()
    }


def test_a_picture_from_the_studio_comes_too(sync, root):
    course = Course.objects.get()
    upload_media(course=course, name="media/dog.png", content=b"\x89PNG\x00\xff", at=NOW)
    upload_media(course=course, name="media/cat.svg", content=b"<svg id='2'/>", at=NOW)
    assert sync().is_fine
    assert MediaFile.objects.count() == 2
    export_content(root)
    assert (root / "01-animals" / "media" / "dog.png").read_bytes() == b"\x89PNG\x00\xff"
    assert (root / "01-animals" / "media" / "cat.svg").read_bytes() == b"<svg id='2'/>"
    assert sync().ahead == []


def test_a_lesson_that_was_retired_is_removed_where_nobody_edited_it(
    sync, root, author, renderer, publish
):
    for name in ("01-cats.md", "02-dogs.md"):
        retire_file(
            course=Course.objects.get(), file_name=name, by=author, at=NOW + DAY, renderer=renderer
        )
    (root / "01-animals" / "02-dogs.md").write_text(DOGS + "\nAnd play.\n")
    report = export_content(root)
    assert report.removed == ["01-animals/01-cats.md"]
    assert report.conflicts == ["01-animals/02-dogs.md"]
    assert not (root / "01-animals" / "01-cats.md").exists()
    assert (root / "01-animals" / "02-dogs.md").read_text().endswith("And play.\n")


def test_a_file_changed_on_both_sides_is_left_and_reported(publish, root):
    publish("01-cats.md", CATS + "\nAnd purr.\n")
    edited = root / "01-animals" / "01-cats.md"
    edited.write_text(CATS + "\nAnd hiss.\n")
    report = export_content(root)
    assert (report.conflicts, report.written, report.is_fine) == (
        ["01-animals/01-cats.md"],
        [],
        False,
    )
    assert edited.read_text().endswith("And hiss.\n")


def test_a_file_that_is_only_newer_in_the_folder_is_named(sync, root):
    (root / "01-animals" / "01-cats.md").write_text(CATS + "\nAnd hiss.\n")
    report = export_content(root)
    assert (report.newer, report.is_fine) == (["01-animals/01-cats.md"], True)


def test_a_course_from_the_studio_gets_a_folder_of_its_own(sync, root, author, renderer):
    for slug in ("plants", "more"):
        new_course(slug=slug, title=slug.title(), by=author, at=NOW, renderer=renderer)
    report = export_content(root, slug="plants")
    assert report.written == ["plants/course.md"]
    assert sync().ahead == ["more/course.md"]
    assert Course.objects.filter(retired_at=None).count() == 3


def test_an_export_that_was_cut_short_is_only_done_again(publish, root, monkeypatch):
    publish("01-cats.md", CATS + "\nAnd purr.\n")

    def power_cut(*_):
        raise RuntimeError

    monkeypatch.setattr(exporting, "_note", power_cut)
    with pytest.raises(RuntimeError):
        export_content(root)
    monkeypatch.undo()
    assert export_content(root).written == []
    assert (
        Lesson.objects.get(slug="cats").folder_digest == Lesson.objects.get(slug="cats").live.digest
    )


def test_a_half_written_file_is_never_seen(tmp_path, monkeypatch):
    write_below(tmp_path, "a.md", b"old", instead_of=None)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space"):
        write_below(tmp_path, "a.md", b"new" * 1000, instead_of=b"old")
    assert files_in(tmp_path) == {"a.md": b"old"}


def test_a_link_is_never_followed(publish, root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "01-cats.md").write_text(CATS)
    cats = root / "01-animals" / "01-cats.md"
    cats.unlink()
    cats.symlink_to(outside / "01-cats.md")
    publish("01-cats.md", CATS + "\nAnd purr.\n")
    report = export_content(root)
    assert report.blocked == ["01-animals/01-cats.md"]
    assert (outside / "01-cats.md").read_text() == CATS
    (root / "01-animals" / "deep").symlink_to(outside)
    for path in ("01-animals/deep/01-cats.md", "01-animals/01-cats.md"):
        with pytest.raises(InTheWayError):
            write_below(root, path, b"x", instead_of=None)
        with pytest.raises(InTheWayError):
            read_below(root, path)


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "a/../../b.md", ""])
def test_a_path_that_leads_out_is_refused(tmp_path, path):
    (tmp_path / "in").mkdir()
    with pytest.raises((InTheWayError, ValueError)):
        write_below(tmp_path / "in", path, b"x", instead_of=None)
    assert files_in(tmp_path) == {}


def test_a_file_that_changed_this_moment_is_left(tmp_path):
    write_below(tmp_path, "a.md", b"one", instead_of=None)
    for instead_of in (None, b"other"):
        with pytest.raises(ChangedError):
            write_below(tmp_path, "a.md", b"two", instead_of=instead_of)
    assert files_in(tmp_path) == {"a.md": b"one"}
    (tmp_path / "a.md").chmod(0o640)
    write_below(tmp_path, "a.md", b"two", instead_of=b"one")
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


def test_plain_notes_get_only_courses_that_say_where_they_begin(renderer, tmp_path, author):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "1. First.md").write_text("Text.\n")
    sync_content(notes, at=NOW, renderer=renderer)
    new_course(slug="plants", title="Plants", by=author, at=NOW, renderer=renderer)
    assert export_content(notes).written == ["plants/course.md"]
    report = sync_content(notes, at=NOW, renderer=renderer)
    assert sorted(report.courses) == ["notes", "plants"]
    assert report.is_fine
