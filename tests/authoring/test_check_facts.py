"""FACTS: stale ones, and figures that come from nowhere."""

from datetime import date

import pytest

from learn.authoring.check import check_course
from learn.authoring.codes import message_of, stub_of
from learn.authoring.figures import find_figures
from tests.authoring.rule_samples import LONG

TODAY = date(2026, 11, 21)
YEAR = "---\nfreshness: 12 months\ncraft: off\n---\n"
TABLE = "| a | b |\n|---|---|\n| c | d |\n"


def problems(text: str, course: str = YEAR, today: date | None = TODAY, **others: str):
    files = {"course.md": course, "01-a.md": text}
    files |= {f"02-{name}.md": other for name, other in others.items()}
    return check_course(files, (), today=today)["01-a.md"]


def facts(text: str, course: str = YEAR, today: date | None = TODAY, **others: str):
    found = problems(text, course, today, **others)
    return [(one.code, one.line, one.column) for one in found if one.code.startswith("fact-")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"# T\n\n{TABLE}\nTable: t {{#t checked=2025-10}}\n", (7, 14)),
        (
            "# T\n\n## Q {.quiz}\n\n### W? {#w checked=2025-10}\n\n- [x] a\n- [ ] b\n  > c\n",
            (5, 12),
        ),
        ("# T\n\n| a | b |\n|---|---|\n| c | [d](https://e.org){checked=2025-10} |\n", (5, 26)),
        ("# T\n\nSee [d](https://e.org){source=https://f.org checked=2025-10-31}.\n", (3, 45)),
    ],
)
def test_a_fact_that_was_checked_too_long_ago_is_named_at_its_date(text, place):
    assert facts(text) == [("fact-stale", *place)]


def test_it_says_how_old_it_is_and_what_to_write():
    (problem,) = problems(f"# T\n\n{TABLE}\nTable: t {{#t checked=2024-05}}\n")

    assert problem.level == "warning"
    assert message_of(problem) == (
        "This was checked in 2024-05, 30 months ago; in this course facts stay fresh for 12."
    )
    assert stub_of(problem) == "checked=2026-11"


@pytest.mark.parametrize(
    ("checked", "course", "today", "codes"),
    [
        ("2025-11", YEAR, TODAY, []),
        ("2025-11-01", YEAR, date(2026, 11, 30), []),
        ("2025-11", YEAR, date(2026, 12, 1), ["fact-stale"]),
        ("2001-01", "---\ncraft: off\n---\n", TODAY, []),
        ("2001-01", YEAR, None, []),
        ("2024-11", "---\nfreshness: 2 years\ncraft: off\n---\n", TODAY, []),
        ("2026-12", YEAR, TODAY, ["fact-checked-in-future"]),
        ("2026-12", YEAR, None, []),
        ("soon", YEAR, TODAY, []),
    ],
)
def test_fresh_is_what_the_course_says_until_the_month_has_ended(checked, course, today, codes):
    text = f"# T\n\n{TABLE}\nTable: t {{#t checked={checked}}}\n"

    assert [code for code, _, _ in facts(text, course, today)] == codes


def test_a_date_shown_as_code_is_code():
    assert facts("# T\n\n`[d](https://e.org){checked=2001-10}`\n") == []
    assert facts("# T\n\n```\n[d](https://e.org){checked=2001-10}\n```\n") == []


def lesson(text: str, question: str) -> str:
    return f"# T\n\n{LONG}{text}\n\n## Q {{.quiz}}\n\n{question}"


def asked(right: str, stem: str = "How long may it run?", explanation: str = "") -> str:
    return f"### {stem} {{#w}}\n\n- [x] {right}\n- [ ] b\n  > No, c.\n\n> {explanation or 'So.'}\n"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("It runs for a while.", asked("15 minutes")),
        ("It runs for 10 minutes.", asked("15 minutes")),
        (
            "It may run.",
            asked("as long as it wants", explanation="After 15 minutes it is stopped."),
        ),
        ("It costs.", "### It costs? {#w}\n\nIt costs [[$0.20]] each.\n"),
        ("It is hot.", "### How hot? {#w .number}\n\n- [x] 93 °C\n- [ ] 10 °C\n  > No, c.\n"),
    ],
)
def test_a_figure_that_no_text_carries_is_reported(text, question):
    assert [code for code, _, _ in facts(lesson(text, question))] == ["fact-figure-without-source"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("It runs for 15 minutes.", asked("15 minutes")),
        ("It runs for fifteen minutes.", asked("15 min")),
        ("It runs for 900 s.", asked("a quarter of an hour, 15 minutes")),
        ("It holds 10,240 MB.", asked("10 GB")),
        ("See the next lesson.", asked("15 minutes", explanation="See [it](02-b.md#part).")),
        ("See elsewhere.", asked("15 minutes", explanation="See [it](https://example.org/a).")),
        ("It runs.", asked("15 minutes").replace("{#w}", "{#w source=https://example.org/a}")),
        ("It runs.", asked("20 minutes", "Two steps take 8 and 12 minutes each. How long?")),
        ("It runs.", asked("5 jobs of 3 steps in 2026")),
        ("It runs.", asked("the command `sleep 15s`")),
    ],
)
def test_a_figure_that_can_be_traced_is_fine(text, question):
    assert facts(lesson(text, question), b="# B\n\n## Part\n\nIt runs for 15 minutes.\n") == []


def test_a_file_of_questions_alone_has_no_text_to_look_in():
    assert facts(f"# T\n\n## Q {{.quiz}}\n\n{asked('15 minutes')}") == []


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("15 to 20 minutes", [900, 1200]),
        ("half an hour, 2 h, 100ms", [1800, 7200, 0.1]),
        ("$0.20 and 15 %", [0.2, 15]),
        ("1,000 MB, 10 GiB", [1e9, 10 * 2**30]),
        ("a 15-minute limit", [900]),
        ("a second job, 3 M, 400,000 GB-seconds, 5 MB/s, version 1.2.3 s", []),
    ],
)
def test_figures_are_numbers_with_a_unit(text, sizes):
    assert [one.size for one in find_figures(text)] == pytest.approx(sizes)
