"""A content folder is read as courses: what belongs where, in which order, and what is refused."""

import os
from pathlib import Path

import pytest

from learn.authoring.codes import stub_of
from learn.course_folder import read_content
from tests.nobody import as_nobody, folder_for_all

TEXT = "# T\n\nText.\n"


def write(root: Path, *names: str) -> Path:
    """Create files with a text; a name that ends in a slash becomes an empty folder."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_text(TEXT, encoding="utf-8")
    return root


def courses(root: Path) -> dict[str, list[str]]:
    return {course.slug: list(course.files) for course in read_content(root)}


def codes(course) -> dict[str, list[str]]:
    return {name: [one.code for one in found] for name, found in course.problems.items()}


def test_each_folder_with_lessons_is_a_course(tmp_path):
    write(tmp_path, "README.md", "02-b/01-x.md", "01-a/01-x.md", "empty/", "pictures/x.png")

    first, second = read_content(tmp_path)

    assert (first.slug, first.title, first.relative) == ("a", "A", "01-a")
    assert first.path == tmp_path.resolve() / "01-a"
    assert first.files == {"01-x.md": TEXT}
    assert second.slug == "b"


def test_a_folder_with_lessons_of_its_own_is_one_course(tmp_path):
    root = write(tmp_path / "my notes", "10-z.md", "2-b.md", "guide/1-x.md", "course.md")

    (course,) = read_content(root)

    assert (course.slug, course.title, course.relative) == ("my-notes", "My notes", "")
    assert list(course.files) == ["course.md", "2-b.md", "10-z.md", "guide/1-x.md"]


def test_a_course_md_makes_its_folder_a_course(tmp_path):
    write(tmp_path, "01-x.md", "inner/course.md", "inner/01-y.md", "inner/part/02-z.md")

    assert courses(tmp_path) == {
        tmp_path.name.lower().replace("_", "-"): ["01-x.md"],
        "inner": ["course.md", "01-y.md", "part/02-z.md"],
    }


def test_a_course_md_alone_with_folders_of_lessons_is_one_course(tmp_path):
    root = write(tmp_path / "c", "course.md", "part/01-x.md")

    assert courses(root) == {"c": ["course.md", "part/01-x.md"]}


def test_a_course_md_beside_courses_is_not_theirs(tmp_path):
    root = write(tmp_path / "c", "course.md", "a/course.md", "a/01-x.md", "b/01-y.md")

    assert courses(root)["a"] == ["course.md", "01-x.md"]
    assert courses(root)["b"] == ["01-y.md"]


def test_courses_of_one_address_are_told_apart(tmp_path):
    write(tmp_path, "01-a/x.md", "02-a/x.md")

    assert list(courses(tmp_path)) == ["a", "a-2"]


def test_what_is_no_lesson_is_left_out(tmp_path):
    root = write(
        tmp_path / "c", "01-x.md", "README.md", "LICENSE.md", ".hidden.md", ".git/a.md",
        "node_modules/b/c.md", "01-x.key.md", "notes.txt", "part/readme.md",
    )  # fmt: skip

    assert courses(root) == {"c": ["01-x.md"]}


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("02-y.markdown", "mv 02-y.markdown 02-y.md"),
        ("my text.MARKDOWN", "mv 'my text.MARKDOWN' 'my text.md'"),
        ("part/y.mdown", "mv y.mdown y.md"),
        ("part/y.mkd", "mv y.mkd y.md"),
        ("part/y.mdx", "mv y.mdx y.md"),
        ("02-y.txt", "mv 02-y.txt 02-y.md"),
        ("y.TXT", "mv y.TXT y.md"),
        ("part/03-y.txt", "mv 03-y.txt 03-y.md"),
        ("02-y.md.txt", "mv 02-y.md.txt 02-y.md"),
        ("02-y", ""),
        ("part/y.txt", ""),
        ("LICENSE.txt", ""),
        ("requirements.txt", ""),
        (".02-y.markdown", ""),
        ("02-Y.MD", ""),
    ],
)
def test_what_was_meant_as_a_lesson_is_told(tmp_path, name, mend):
    (course,) = read_content(write(tmp_path / "c", "course.md", "01-x.md", name))

    found = [problem for of_file in course.problems.values() for problem in of_file]
    assert [(one.code, one.level, stub_of(one)) for one in found] == (
        [("structure-no-lesson", "warning", mend)] if mend else []
    )
    assert ("02-Y.MD" in course.files) == (name == "02-Y.MD")


def test_a_readme_is_a_lesson_where_there_is_no_other(tmp_path):
    assert courses(write(tmp_path / "c", "README.md", "LICENSE.md")) == {"c": ["README.md"]}
    assert courses(write(tmp_path / "d", "a/README.md", "b/01-x.md", "b/README.md")) == {
        "a": ["README.md"],
        "b": ["01-x.md"],
    }


def test_an_empty_folder_has_no_course(tmp_path):
    assert read_content(tmp_path) == []


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        read_content(tmp_path / "nowhere")


def test_pictures_anywhere_below_belong_to_the_course(tmp_path):
    write(
        tmp_path, "a/1.md", "a/media/x.svg", "a/part/Y.PNG", "a/z.txt", "a/.x/h.png", "b/1.md",
        "b/i.webp", "c.png",
    )  # fmt: skip

    first, second = read_content(tmp_path)

    assert first.media == {"media/x.svg", "part/Y.PNG"}
    assert second.media == {"i.webp"}


def test_a_file_that_is_not_utf8_is_reported_at_the_very_byte(tmp_path):
    root = write(tmp_path / "c", "01-x.md")
    (root / "02-y.md").write_bytes("# T\n\né ".encode() + b"\xe9\n")

    (course,) = read_content(root)

    assert list(course.files) == ["01-x.md"]
    (problem,) = course.problems["02-y.md"]
    assert (problem.code, problem.line, problem.column) == ("structure-not-utf8", 3, 3)


def test_a_file_that_is_too_large_is_reported(tmp_path):
    root = write(tmp_path / "c", "01-x.md")
    (root / "02-y.md").write_text("a" * (256 * 1024 + 1))
    (root / "03-z.md").write_text("a" * 256 * 1024)

    (course,) = read_content(root)

    assert list(course.files) == ["01-x.md", "03-z.md"]
    assert codes(course) == {"02-y.md": ["structure-too-large"]}
    assert course.problems["02-y.md"][0].values == {"size": "257", "limit": "256"}


def test_a_link_out_of_the_folder_is_never_followed(tmp_path):
    secret = write(tmp_path / "elsewhere", "secret.md", "secret.png", "deep/more.md")
    root = write(tmp_path / "c", "01-x.md")
    (root / "02-y.md").symlink_to(secret / "secret.md")
    (root / "s.png").symlink_to(secret / "secret.png")
    (root / "part").symlink_to(secret, target_is_directory=True)

    (course,) = read_content(root)

    assert list(course.files) == ["01-x.md"]
    assert course.media == frozenset()
    assert codes(course) == {
        "02-y.md": ["structure-symbolic-link"],
        "s.png": ["structure-symbolic-link"],
        "part": ["structure-symbolic-link"],
    }


def test_a_link_within_the_folder_is_read(tmp_path):
    root = write(tmp_path / "c", "01-x.md")
    (root / "02-y.md").symlink_to("01-x.md")

    assert courses(root) == {"c": ["01-x.md", "02-y.md"]}


def test_links_in_a_circle_do_not_hang(tmp_path):
    root = write(tmp_path / "c", "01-x.md")
    (root / "up").symlink_to(root, target_is_directory=True)
    (root / "02-y.md").symlink_to("03-z.md")
    (root / "03-z.md").symlink_to("02-y.md")
    (root / "04-gone.md").symlink_to("nowhere.md")

    (course,) = read_content(root)

    assert list(course.files) == ["01-x.md"]
    assert set(course.problems) == {"up", "02-y.md", "03-z.md", "04-gone.md"}
    assert {code for found in codes(course).values() for code in found} == {
        "structure-link-to-nothing"
    }


def test_a_link_that_leads_nowhere_is_to_be_removed_and_not_copied(tmp_path):
    root = write(tmp_path / "c", "01-x.md", "part/02-y.md")
    (root / "part" / "self").symlink_to(".")
    (root / "part" / "up").symlink_to("..")
    (root / "my gone.md").symlink_to("nowhere.md")
    (root / "outside.md").symlink_to(tmp_path / "nowhere.md")

    (course,) = read_content(root)

    assert {name: stub_of(found[0]) for name, found in course.problems.items()} == {
        "part/self": "rm self",
        "part/up": "rm up",
        "my gone.md": "rm 'my gone.md'",
        "outside.md": "rm outside.md",
    }


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("# Tä\n".encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + "# Tä\n".encode("utf-16-be"), "UTF-16"),
        ("# Tä\n".encode("cp1252"), "WINDOWS-1252"),
    ],
)
def test_the_way_to_utf8_begins_at_what_the_file_is(tmp_path, written, encoding):
    root = write(tmp_path / "c", "01-x.md")
    (root / "02-y.md").write_bytes(written)

    (course,) = read_content(root)

    (problem,) = course.problems["02-y.md"]
    assert f"iconv -f {encoding} -t UTF-8 " in stub_of(problem)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_does_not_hang(tmp_path):
    root = write(tmp_path / "c", "01-x.md")
    os.mkfifo(root / "02-y.md")

    (course,) = read_content(root)

    assert codes(course) == {"02-y.md": ["structure-special-file"]}
    assert stub_of(course.problems["02-y.md"][0]) == "rm 02-y.md"


def test_a_name_that_cannot_be_shown_is_reported(tmp_path):
    root = write(tmp_path / "c", "01-x.md")
    (root / "02-\x1b.md").write_text(TEXT)

    (course,) = read_content(root)

    assert codes(course) == {"02-\ufffd.md": ["structure-unreadable"]}


def test_a_folder_that_may_not_be_read_is_no_folder_without_lessons():
    with folder_for_all() as root:
        write(root, "a/01-x.md", "b/part/01-x.md", "lost+found/")
        (root / "lost+found").chmod(0)
        with as_nobody():
            assert list(courses(root)) == ["a", "b"]
        (root / "b" / "part").chmod(0)
        with as_nobody(), pytest.raises(PermissionError) as caught:
            read_content(root)
        assert Path(caught.value.filename) == root.resolve() / "b" / "part"
