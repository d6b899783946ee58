"""Texts to fill in are reported until somebody did, and what is suggested can be written."""

import pytest

from learn.authoring.check import check_course
from learn.authoring.codes import stub_of
from learn.authoring.drafting.files import FIRST_TEXT, lesson_text
from learn.authoring.drafting.questions import SKELETONS, add_question
from learn.authoring.slug import may_be_id

UNFINISHED = {"question-unfinished", "structure-unfinished"}


def problems_of(text):
    return check_course({"01-a.md": text}, ())["01-a.md"]


def unfinished(text):
    return [one for one in problems_of(text) if one.code in UNFINISHED]


@pytest.mark.parametrize("kind", SKELETONS)
def test_each_line_to_fill_in_is_reported(kind):
    text = add_question("# A\n\nText.\n", name="01-a.md", kind=kind).text
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "…" in line]

    assert [one.line for one in unfinished(text)] == lines
    assert {one.code for one in unfinished(text)} == {"question-unfinished"}


def test_each_line_of_a_new_lesson_is_reported():
    text = lesson_text("A", "01-a.md")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "…" in line]

    assert [one.line for one in unfinished(text)] == lines
    assert not unfinished(FIRST_TEXT)


def test_the_place_is_that_of_the_words_and_the_stub_leaves_room_for_others():
    text = "# A\n\n## Q {.quiz}\n\n### Why …? Because {#w}\n\n- [x] a\n- [ ] another mistake …\n"
    [problem] = unfinished(text)

    assert (problem.line, problem.column) == (8, 7)
    assert problem.values["text"] == "another mistake …"
    assert stub_of(problem) == "- [ ] "


@pytest.mark.parametrize(
    "text",
    [
        "```\nWhich …?\n```\n",
        "<!-- Which …? -->\n",
        "He said that …\n",
        "| a | b |\n|---|---|\n| … | and so on … |\n",
        "…\n",
    ],
)
def test_an_ellipsis_of_the_author_is_left_alone(text):
    assert not unfinished(f"# A\n\nText.\n\n{text}")


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Größe?", "{#a-grosse}"),
        ("Ελλάδα?", "{#a}"),
        ("Which?", "{#a-which}"),
        ("Γ", "{#a}"),
    ],
)
def test_an_id_that_is_suggested_can_be_written(heading, wanted):
    body = "- [x] a\n  > Yes.\n- [ ] b\n  > No, a.\n- [ ] c\n  > No, not c.\n"
    text = f"# A\n\n## Q {{.quiz}}\n\n### {heading}\n\n{body}"
    [problem] = [one for one in problems_of(text) if one.code == "question-without-id"]

    assert stub_of(problem) == wanted
    assert may_be_id(stub_of(problem).strip("{#}"))
    mended = text.replace(f"### {heading}", f"### {heading} {stub_of(problem)}")
    assert not problems_of(mended)


def test_suggested_ids_differ():
    body = "- [x] a\n  > Yes.\n- [ ] b\n  > No, a.\n- [ ] c\n  > No, not c.\n"
    asked = "\n".join(f"### {name}\n\n{body}" for name in ("Größe", "Grösse", "Große"))
    text = f"# A\n\n## Q {{.quiz}}\n\n{asked}"
    found = [stub_of(one) for one in problems_of(text) if one.code == "question-without-id"]

    assert len(set(found)) == 3
