"""``manage.py content fix``: what it prints, what it writes, and how it exits."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError

from quizzes.models import Question
from tests.commands.test_content_check import run
from tests.nobody import as_nobody, folder_for_all

QUIZ = (
    "# A\r\n\r\n## Q {.quiz}\r\n\r\n### Which?\r\n\r\n- [x] a\r\n  > Yes.\r\n- [ ] b\r\n  > No: c."
)
WITH_ID = QUIZ.replace("Which?", "Which? {#a-which}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "01-a.md").write_bytes(QUIZ.encode())
    return tmp_path


def test_repairs_are_named_and_written_and_nothing_else(root):
    path = root / "course" / "01-a.md"
    path.chmod(0o640)

    code, out = run("fix", root)

    assert (code, out.splitlines()[0]) == (
        0,
        "course/01-a.md:5: the question gets its id {#a-which} (question-without-id)",
    )
    assert out.splitlines()[1] == "1 repair made in 1 file."
    assert path.read_bytes() == WITH_ID.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["01-a.md"]


@pytest.mark.django_db(databases="__all__")
def test_the_question_on_the_site_stays_the_same_one(root):
    run("sync", root)
    before = list(Question.objects.values_list("pk", "key", "versions"))

    run("fix", root)
    run("sync", root)

    assert list(Question.objects.values_list("pk", "key", "versions")) == before
    assert before[0][1] == "a-which"


def test_the_second_time_there_is_nothing_to_repair(root):
    run("fix", root)
    before = (root / "course" / "01-a.md").stat().st_mtime_ns

    code, out = run("fix", root)

    assert (code, out.splitlines()[0]) == (0, "There is nothing to repair.")
    assert (root / "course" / "01-a.md").stat().st_mtime_ns == before


def test_a_dry_run_writes_nothing_and_says_that_there_is_something_to_do(root):
    code, out = run("fix", root, "--dry-run")

    assert code == 1
    assert "1 repair could be made in 1 file; nothing was written." in out
    assert (root / "course" / "01-a.md").read_bytes() == QUIZ.encode()


def test_a_diff_is_a_patch_that_can_be_applied(root):
    _, out = run("fix", root, "--dry-run", "--format", "diff")

    patch = ["git", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(patch, cwd=root, input=out.encode(), check=True)

    assert (root / "course" / "01-a.md").read_bytes() == WITH_ID.encode()


def test_errors_that_are_left_fail_and_are_counted(root):
    (root / "course" / "02-b.md").write_text("## Q {.quiz}\n", encoding="utf-8")

    code, out = run("fix", root)

    assert code == 1
    assert "Left for you: 1 error and " in out
    assert "`manage.py content check` names them." in out


def test_an_id_that_cannot_be_written_is_left_and_fails(root):
    (root / "course" / "01-a.md").write_text(QUIZ.replace("Which", "Größe"), encoding="utf-8")

    code, out = run("fix", root)

    assert code == 1
    assert "course/01-a.md:" in out
    assert ": left for you: answers are kept under 'a-größe'" in out


def test_a_file_that_cannot_be_read_is_left_alone_and_named(root):
    (root / "course" / "02-b.md").write_bytes(b"# \xff")

    code, out = run("fix", root)

    assert code == 1
    assert "course/02-b.md: left alone. This file is not UTF-8 text." in out
    assert (root / "course" / "02-b.md").read_bytes() == b"# \xff"


def test_a_link_to_a_file_stays_a_link(root):
    (root / "notes").mkdir()
    kept = root / "notes" / "kept.txt"
    kept.write_bytes((root / "course" / "01-a.md").read_bytes())
    (root / "course" / "01-a.md").unlink()
    (root / "course" / "01-a.md").symlink_to(kept)

    run("fix", root)

    assert (root / "course" / "01-a.md").is_symlink()
    assert kept.read_bytes() == WITH_ID.encode()


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A content folder whose course may not be written, also where tests are run by root."""
    with folder_for_all() as root:
        (root / "course").mkdir()
        (root / "course" / "01-a.md").write_bytes(QUIZ.encode())
        (root / "course").chmod(0o555)
        with as_nobody():
            yield root
        (root / "course").chmod(0o755)


def test_a_folder_that_may_not_be_written_is_said_in_a_line(read_only):
    with pytest.raises(CommandError, match="cannot be written: Permission denied") as fault:
        run("fix", read_only)

    assert fault.value.returncode == 2
    assert "\n" not in str(fault.value)
    assert (read_only / "course" / "01-a.md").read_bytes() == QUIZ.encode()


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(CommandError, match="There is no folder") as fault:
        run("fix", tmp_path / "nowhere")

    assert fault.value.returncode == 2


def test_the_course_of_this_repository_needs_no_repair():
    root = Path(__file__).parents[2] / "content"

    assert run("fix", root, "--dry-run")[0] == 0
