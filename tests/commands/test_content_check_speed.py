"""A large folder is checked in seconds, by several processes, with the same result."""

from pathlib import Path
from time import perf_counter

import pytest

from learn.authoring.check import check_course
from learn.checking import MANY_FILES, check_folders
from learn.course_folder import read_content

pytestmark = pytest.mark.server  # starts processes of its own

SECONDS = 20.0  # on a busy machine; a second or two on an idle one
COURSES = 10
PARAGRAPH = "A job waits in its queue until [capacity](#part) is found, *then* `runs`. " * 6
TABLE = "| | Batch | Lambda |\n|---|---|---|\n| Longest run | none | 15 minutes |\n"


def lesson(course: int, number: int) -> str:
    questions = "".join(
        f"### Which of {n} lakes is larger? {{#q-{number}-{n}}}\n\n- [x] Como {n}\n"
        + "".join(f"- [ ] Lake {w} of {n}\n  > Lake {w} lies elsewhere.\n" for w in range(3))
        + "\n> See [part](#part).\n\n"
        for n in range(10)
    )
    text = f"## Part {{#part}}\n\n{PARAGRAPH}\n\n{TABLE}\nTable: t {{#t .compare}}\n"
    return f"---\ntitle: Lesson {number} of {course}\n---\n\n{text}\n## Q {{.quiz}}\n\n{questions}"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    for course in range(COURSES):
        folder = tmp_path / f"course-{course}"
        folder.mkdir()
        (folder / "course.md").write_text("---\nfreshness: 1 year\n---\n", encoding="utf-8")
        for number in range(MANY_FILES // COURSES):
            (folder / f"{number}-l{number}.md").write_text(lesson(course, number), encoding="utf-8")
    return tmp_path


def test_two_hundred_files_are_checked_in_seconds(large, show):
    started = perf_counter()
    folders = read_content(large)
    found = check_folders(folders)
    seconds = perf_counter() - started

    files = sum(len(folder.files) for folder in folders)
    show(f"{files} files with 10 questions each: {seconds:.1f} s, {files / seconds:.0f}/s")
    assert files >= MANY_FILES
    assert seconds < SECONDS
    assert found == [check_course(folder.files, folder.media) for folder in folders]
