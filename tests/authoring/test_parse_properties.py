"""What holds for every text, however odd."""

import time
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learn.authoring.check import check_course
from learn.authoring.codes import mend_of, message_of, stub_of
from learn.authoring.document import Problem
from learn.authoring.names import lesson_slug, title_from_name
from learn.authoring.parse import parse_course, parse_lesson
from learn.authoring.report import format_github, format_json, format_text
from learn.authoring.source_text import split_lines

FRAGMENTS = [
    "---", "title: x", "tags: [a, b]", "shufle: no", "pass: 120", "a: &b c", "sources:",
    "  - url: y", "# ", "## ", "#### Q1. ", "Knowledge check", "{.quiz}", "{.quiz pass=75}",
    "{#id}", "{.question}", "{#Bad id", "{.typed}", "===", "- [x] ", "- [ ] ", "* [X] ",
    "1. [ ] ", "-[ ] ", "- [] ", "- ", "  > why", "> why", "> **Hint.** think", "    code", "```",
    "```text", "~~~", "| a | b |", "|---|---|", "| `a|b` | c |", "Table: t {#t .compare}",
    "[a](b.md#c)", "![](x.png)", "[^n]", "[^n]: note", "[r]: x.md", "[q][r]", "*[AB]: long",
    "<quiz>", "</quiz>", "<!--", "-->", "<div>", "<img src=x.svg>", "Term", ": meaning",
    "[[gap|x]]", "[[", "]]", "[[`a|b`\\|c]]", "> **Gap 1.** so", "> **Gap 9.** so", "1. step",
    "2. step", "12) step", "{.number}", "{.sort}", "{.question .typed}", "- [x] 15 +- 0.5 min",
    "- [ ] 1e999", "| | a | b |", "|---|---|---|", "| x* | c | d |", "| a | b | Why |",
    "\ue0001\ue001", "\ue002k\ue003", "\t", "\u00a0",
    "\u0000", "\ud800", "\ufeff", "\u2028", "\u0085", "\f", "漢字",
    "é", "\\", "`", "*", "_",
]  # fmt: skip
LINE_ENDS = ["\n", "\n", "\n\n", "\r\n", "\r", "", " "]
texts = st.one_of(
    st.text(st.characters(), max_size=200),
    st.lists(
        st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(LINE_ENDS)).map("".join), max_size=40
    ).map("".join),
)


def assert_problem_lies_in(problem: Problem, text: str) -> None:
    lines = split_lines(text.removeprefix("\ufeff"))
    assert 1 <= problem.line <= len(lines)
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    assert message_of(problem)
    assert mend_of(problem)
    assert isinstance(stub_of(problem), str)


@settings(max_examples=400, deadline=None)
@given(text=texts)
def test_reading_never_fails_and_every_problem_lies_in_the_file(text):
    document = parse_lesson(text, name="01-sample.md")

    assert document.title
    for problem in document.problems:
        assert_problem_lies_in(problem, text)


@settings(max_examples=200, deadline=None)
@given(text=texts)
def test_the_body_has_as_many_lines_as_the_file(text):
    document = parse_lesson(text, name="01-sample.md")
    course = parse_course(text)

    lines = split_lines(text)
    assert len(split_lines(document.body)) == len(lines)
    assert len(split_lines(course.body)) == len(lines)


def without_controls(line: str) -> str:
    """A line as it is shown: control characters are spaces, but tabs and the line end U+0085."""
    hidden = [sign for sign in line if category(sign) == "Cc" or sign in "\ufffe\uffff"]
    spaces = {ord(sign): " " for sign in hidden if sign not in "\t\x00\x85"}
    return line.translate(spaces)


@settings(max_examples=200, deadline=None)
@given(text=texts)
def test_what_is_left_of_a_line_of_the_body_is_the_line_itself(text):
    body = split_lines(parse_lesson(text, name="01-sample.md").body)
    lines = split_lines(text.removeprefix("\ufeff"))

    for kept, written in zip(body, lines, strict=True):
        is_place = kept.startswith("\ue002") and kept.endswith("\ue003")
        assert kept in ("", without_controls(written)) or "\ufffd" in kept or is_place


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_the_same_text_gives_the_same_document(text):
    assert parse_lesson(text, name="a.md") == parse_lesson(text, name="a.md")
    assert parse_course(text) == parse_course(text)


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_windows_line_ends_change_nothing(text):
    plain = text.replace("\r\n", "\n").replace("\r", "\n")

    assert parse_lesson(plain.replace("\n", "\r\n"), name="a.md") == parse_lesson(
        plain, name="a.md"
    )


@settings(max_examples=250, deadline=None)
@given(first=texts, second=texts, course=texts)
def test_checking_a_course_never_fails_and_reports_can_be_written(first, second, course):
    files = {"course.md": course, "01-a.md": first, "guide/02-b.md": second}

    problems = check_course(files, {"media/x.png"})

    assert list(problems) == list(files)
    for name, found in problems.items():
        for problem in found:
            assert_problem_lies_in(problem, files[name])
    assert isinstance(format_text(problems, files), str)
    assert format_json(problems).startswith("[")
    assert "\n\n" not in format_github(problems)


@settings(max_examples=200, deadline=None)
@given(name=st.text(st.characters(codec="utf-8", exclude_characters="/\x00"), min_size=1))
def test_every_file_name_gives_an_address_and_a_title(name):
    slug = lesson_slug(f"{name}.md")

    assert slug
    assert "/" not in slug
    assert " " not in slug
    assert title_from_name(f"{name}.md")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "](a" * 30_000,
        "> " * 50_000,
        "- " * 50_000,
        "`a``b" * 20_000,
        "|" * 50_000 + "\n" + "|-" * 100 + "|",
        "<a \"" * 30_000,
        "<!--" * 30_000,
        "#" * 50_000,
        "---\nx: " + "[" * 15_000 + "\n---\n",
        "\n".join("  " * depth + "- a" for depth in range(200)),
        "- " * 150 + "a" + "\n" * 20_000,
        "## Q {.quiz}\n" + "### q\n- [x] a\n- [ ] b\n" * 3_000,
        "a\n" * 60_000 + "===",
        "{" * 50_000 + "}",
        "# x {" + ".a " * 20_000,
        "*" * 50_000 + "a",
        "[^a]" * 20_000,
        "\\" * 100_000,
        "".join(f"## h{n}\n[a](#g{n})\n" for n in range(10_000)),
        "".join(f"a[^m{n}]\n\n[^n{n}]: b\n\n" for n in range(8_000)),
        "## Q {.quiz}\n### q\n- [x] a\n- [ ] b\n\n" + "[a](b). " * 20_000 + "c",
        "# " + "_" * 1_000 + "a" + "_" * 1_000,
        "# " + "_a " * 700 + "b_ " * 700,
        "# " + "[a](" * 500,
        "| a |\n|---|\n" + "| " + "`a``b" * 20_000 + " |\n",
        "| a |\n|---|\n" * 10_000,
        "[a](b c" * 30_000,
        "<a id='" * 30_000,
        "- [x] a\n> b\n" * 15_000,
        "[a]: b\n" * 30_000,
        "{#a " * 30_000,
        "text\n: meaning\n\n" * 10_000,
        "## Q {.quiz}\n### q\n\n" + "1. a\n\n> b\n\n" * 8_000,
        "## Q {.quiz}\n### q\n\n" + "| a | b |\n|---|---|\n| c | d |\n\n" * 4_000,
        "## Q {.quiz}\n### q\n\n" + "a [[b|c]] " * 10_000,
        "## Q {.quiz}\n### q\n\n" + "[[a|" * 25_000,
        "## Q {.quiz}\n### q\n\n" + "[[" * 40_000 + "\n\n" + "a]]" * 10_000,
        "## Q {.quiz}\n### q\n\n" + "[[`a``" * 15_000,
        "### q {.question}\n\n" + "1. a\n2. b\n\n### q {.question}\n\n" * 3_000,
        "".join(f"{'#' * (n % 6 + 1)} q {{.question}}\n[[a]]\n" for n in range(3_000)),
        "## Q {.quiz}\n### q {.typed}\n" + "- [x] a\n- [ ] a\n" * 5_000,
        "## Q {.quiz}\n### q {.number}\n" + "".join(f"- [x] {n}\n- [ ] -{n}\n" for n in range(999)),
    ],
)  # fmt: skip
def test_a_hostile_text_costs_no_more_than_its_length(text):
    started = time.monotonic()

    check_course({"a.md": text}, ())

    assert time.monotonic() - started < 5
