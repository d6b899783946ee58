"""Problems as text, JSON and annotations."""

import json

from learn.authoring.check import check_course
from learn.authoring.codes import message_of, problem_at
from learn.authoring.report import (
    count_levels,
    format_github,
    format_json,
    format_text,
    summary,
)

TEXT = "# T\n\nSee [b](b.md).\n\n## Q {.quiz}\n\n### Which? {#w}\n\n- [x] a\n- [ ] b\n"
NO_CRAFT = "---\ncraft: off\n---\n"
FILES = {"course.md": NO_CRAFT, "01-a.md": TEXT, "02-b.md": "# B\n\nText.\n"}


def problems():
    return check_course(FILES, ())


def test_text_shows_place_line_caret_mend_and_stub():
    assert (
        format_text(problems(), FILES)
        == """\
01-a.md:3:5 error link-missing-file There is no lesson or picture 'b.md' in this course. \
Did you mean `02-b.md`?
  | See [b](b.md).
  |     ^
  mend: Write the path as seen from this file, with the number and `.md`.
  + […](02-b.md)

01-a.md:10:7 warning explanation-missing This wrong choice has no explanation.
  | - [ ] b
  |       ^
  mend: Write below the choice why somebody might choose it and what is true instead.
  +   > \
"""
    )


def test_the_caret_stands_below_wide_signs_and_tabs():
    found = {"a.md": [problem_at(1, 4, "question-empty-stem")]}

    shown = format_text(found, {"a.md": "漢\té字"}).split("\n")

    assert shown[1:3] == ["  | 漢\té字", "  |   \t ^"]


def test_a_long_line_is_shown_around_the_place():
    found = {"a.md": [problem_at(1, 301, "question-empty-stem")]}

    line, caret = format_text(found, {"a.md": "a" * 300 + "X" + "b" * 300}).split("\n")[1:3]

    assert line[len("  | ") :].startswith("…a")
    assert line.endswith("b…")
    assert len(line) < 120
    assert line[caret.index("^")] == "X"


def test_signs_that_would_steer_a_terminal_are_not_shown():
    found = {"a.md": [problem_at(1, 1, "question-empty-stem")]}

    assert "\x1b" not in format_text(found, {"a.md": "\x1b[2Jgone"})


def test_the_end_of_a_line_can_be_pointed_at():
    found = {"a.md": [problem_at(1, 4, "question-empty-stem")]}

    assert format_text(found, {"a.md": "abc"}).split("\n")[2] == "  |    ^"


def test_a_file_without_text_is_reported_without_its_line():
    found = {"a.md": [problem_at(1, 1, "structure-not-utf8", encoding="UTF-16")]}

    assert format_text(found, {}).split("\n")[1].startswith("  mend:")


def test_json_is_one_array_of_plain_rows():
    rows = json.loads(format_json(problems()))

    assert [row["code"] for row in rows] == ["link-missing-file", "explanation-missing"]
    assert rows[1] == {
        "file": "01-a.md",
        "line": 10,
        "column": 7,
        "level": "warning",
        "code": "explanation-missing",
        "message": "This wrong choice has no explanation.",
        "mend": "Write below the choice why somebody might choose it and what is true instead.",
        "stub": "  > ",
    }
    assert json.loads(format_json({})) == []


def test_annotations_escape_what_would_end_them():
    found = {"a,b:c.md": [problem_at(2, 3, "link-missing-file", path="50%\nx", suggestion="")]}

    assert format_github(found) == (
        "::error file=a%2Cb%3Ac.md,line=2,col=3,title=link-missing-file::There is no lesson or"
        " picture '50%25%0Ax' in this course. Write the path as seen from this file, with the"
        " number and `.md`."
    )


def test_the_summary_counts():
    assert count_levels(problems()) == (1, 1)
    assert summary(problems(), 2) == "1 error, 1 warning in 2 files"
    assert summary({}, 1) == "0 errors, 0 warnings in 1 file"


def test_the_words_can_be_translated():
    problem = problem_at(1, 1, "question-odd-box", box="[]", mark=" ")

    assert message_of(problem, lambda text: f"<{text}>").startswith("<Code hosts")
