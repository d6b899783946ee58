"""Pictures of a content folder: what is none is named and held back alone, a large one is named."""

import io

import pytest
from PIL import Image

from learn.authoring.codes import message_of, stub_of
from learn.course_folder import read_content
from learn.loading import sync_content
from learn.models import MediaFile
from tests.factories import NOW, write_files
from tests.nobody import as_nobody, folder_for_all

LESSON = "# Cats\n\nCats sleep. ![A cat](media/cat.png)\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def picture(format_: str = "PNG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(target, format_)
    return target.getvalue()


def read(tmp_path, name: str, content: bytes):
    """Return the course that has a lesson and this one picture."""
    folder = tmp_path / "animals"
    write_files(folder, {"course.md": "", "01-cats.md": "# Cats\n\nCats sleep.\n"})
    (folder / name).write_bytes(content)
    (course,) = read_content(tmp_path)
    return course


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", picture()),
        ("a.PNG", picture()),
        ("a.jpg", picture("JPEG")),
        ("a.gif", picture("GIF")),
        ("a.webp", picture("WEBP")),
        ("a.avif", b"\x00\x00\x00 ftypavif\x00\x00\x00\x00mif1"),
        ("named-wrongly.png", picture("JPEG")),
        ("a.svg", SVG),
        ("a.svg", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE svg>\n" + SVG),
        ("a.svg", SVG.decode().encode("utf-16")),
        ("a.svg", b"<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>"),
        (
            "a.svg",
            b'<!DOCTYPE svg [<!ENTITY s "http://www.w3.org/2000/svg">]>\n<svg xmlns="&s;"></svg>',
        ),
        (
            "a.svg",
            b"<svg\n  width='8'\n  xmlns='http://www.w3.org/2000/svg'>" + b" " * 9 + b"</svg>",
        ),
    ],
)
def test_a_picture_is_taken_as_it_is(tmp_path, name, content):
    course = read(tmp_path, name, content)
    assert (course.problems, course.media) == ({}, {name})


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.png", b"", "it is empty"),
        ("a.png", b"Hello.\n", "no PNG, JPEG, GIF, WebP or AVIF begins like it"),
        ("a.png", SVG, "no PNG, JPEG, GIF, WebP or AVIF begins like it"),
        ("a.svg", picture(), "it does not begin as an SVG"),
        ("a.svg", b"<!doctype html><html><svg/></html>", "it does not begin as an SVG"),
        ("a.svg", b"<!-- <svg> " * 5000, "it does not begin as an SVG"),
    ],
)
def test_what_is_no_picture_is_an_error(tmp_path, name, content, reason):
    course = read(tmp_path, name, content)
    (problem,) = course.problems[name]
    assert (problem.code, problem.level) == ("structure-not-a-picture", "error")
    assert message_of(problem) == f"This file is no picture: {reason}."
    assert stub_of(problem) == f"rm {name}"
    assert name in course.media, "a link to it leads somewhere"


def test_a_pointer_of_git_lfs_is_told_how_the_picture_is_fetched(tmp_path):
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"
    (problem,) = read(tmp_path, "a.png", pointer).problems["a.png"]
    assert "Git LFS" in message_of(problem)
    assert stub_of(problem) == "git lfs pull"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg viewBox='0 0 8 8'><path d='M0 0h8'/></svg>",
        b"<svg/>",
        b"<svg><a href='http://www.w3.org/2000/svg'/></svg>",
        "<?xml version='1.0'?><svg width='8'></svg>".encode("utf-16"),
    ],
)
def test_a_drawing_that_browsers_show_nothing_of_is_a_warning(tmp_path, content):
    course = read(tmp_path, "a.svg", content)
    [problem] = course.problems["a.svg"]
    assert (problem.code, problem.level) == ("structure-drawing-without-namespace", "warning")
    assert course.unusable == frozenset()
    mended = content.replace(b"<svg", b'<svg xmlns="http://www.w3.org/2000/svg"')
    if mended != content:
        assert read(tmp_path / "mended", "a.svg", mended).problems == {}


def test_a_large_picture_is_a_warning(tmp_path):
    course = read(tmp_path, "my cat.jpg", picture("JPEG") + b"\0" * 20_000_000)
    (problem,) = course.problems["my cat.jpg"]
    assert (problem.code, problem.level) == ("structure-large-picture", "warning")
    assert message_of(problem).startswith("This picture has 20.0 MB; 2 MB are enough")
    assert stub_of(problem) == "magick 'my cat.jpg' -resize '2000>' -quality 85 'my cat'.webp"


@pytest.fixture
def root(tmp_path):
    write_files(tmp_path / "animals", {"course.md": "", "01-cats.md": LESSON})
    (tmp_path / "animals" / "media").mkdir()
    return tmp_path


@pytest.mark.django_db
def test_one_that_was_good_stays_up_and_the_lesson_is_published(root, renderer, client):
    file = root / "animals" / "media" / "cat.png"
    file.write_bytes(picture())
    assert sync_content(root, at=NOW, renderer=renderer).is_fine
    file.write_bytes(b"")
    (root / "animals" / "01-cats.md").write_text(LESSON + "\nThey purr.\n")
    report = sync_content(root, at=NOW, renderer=renderer)
    assert report.held_back == ["animals/media/cat.png"]
    assert report.rendered == ["animals/01-cats.md"]
    assert "They purr." in client.get("/courses/animals/cats/").content.decode()
    assert client.get("/courses/animals/media/cat.png").content == picture()
    assert client.get("/courses/animals/").content.decode().count("/courses/animals/cats/")
    file.write_bytes(picture("JPEG"))
    assert sync_content(root, at=NOW, renderer=renderer).is_fine
    assert client.get("/courses/animals/media/cat.png").content == picture("JPEG")


@pytest.mark.django_db
def test_a_large_one_is_shown_and_named_only_when_it_comes(root, renderer):
    (root / "animals" / "media" / "cat.png").write_bytes(picture() + b"\0" * 3_000_000)
    report = sync_content(root, at=NOW, renderer=renderer)
    assert report.is_fine
    assert list(report.problems) == ["animals/media/cat.png"]
    assert MediaFile.objects.get().path == "media/cat.png"
    again = sync_content(root, at=NOW, renderer=renderer)
    assert (again.is_fine, again.problems) == (True, {})


@pytest.mark.django_db
def test_one_that_may_not_be_read_is_held_back_alone(renderer):
    with folder_for_all() as root:
        write_files(root / "animals", {"01-cats.md": LESSON, "media/cat.png": "x"})
        (root / "animals" / "media" / "cat.png").chmod(0)
        with as_nobody():
            report = sync_content(root, at=NOW, renderer=renderer)
    assert report.held_back == ["animals/media/cat.png"]
    assert report.rendered == ["animals/01-cats.md"]
