"""QUESTIONS and EXPLANATIONS: what is reported, where, and what is left alone."""

import pytest

from learn.authoring.check import check_course
from learn.authoring.codes import message_of, stub_of

GOOD = "- [x] a\n- [ ] b\n  > That is c.\n"


def asked(body: str, heading: str = "Which? {#w}", quiz: str = "Q {.quiz}") -> str:
    return f"# T\n\n## {quiz}\n\n### {heading}\n\n{body}"


LINKED = "# T\n\nText.\n\na [b](https://c.org/d_(e))"
NO_CRAFT = "---\ncraft: off\n---\n"  # `test_check_craft.py` is about the craft of questions


def problems_of(text: str, course: str = NO_CRAFT):
    return check_course({"course.md": course, "01-a.md": text}, ())["01-a.md"]


def found(text: str, course: str = NO_CRAFT):
    return [(one.code, one.line, one.column) for one in problems_of(text, course)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (asked("- [ ] a\n  > No.: b\n- [ ] b\n  > No, c.\n"), ("question-no-right-choice", 5, 5)),
        (asked("- [x] a\n"), ("question-one-choice", 7, 7)),
        (asked(f"{GOOD}- [ ]\n  > Empty.\n"), ("question-empty-choice", 10, 6)),
        (asked(f"{GOOD}- [x]   b\n"), ("question-repeated-choice", 10, 9)),
        (asked("Text.\n"), ("question-no-choices", 5, 5)),
        (asked(GOOD, "{#w}"), ("question-empty-stem", 5, 5)),
        (asked(GOOD, "Which?"), ("question-without-id", 5, 11)),
        (asked(GOOD, "Which? {tries=2}"), ("question-without-id", 5, 12)),
        (asked(GOOD, "Which? {#W}"), ("structure-bad-anchor", 5, 13)),
        (asked(GOOD, "Which? {#w tries=0}"), ("question-bad-value", 5, 16)),
        (asked(GOOD, "Which? {#w shuffle=no}"), ("question-bad-value", 5, 16)),
        (asked(GOOD, "Which? {#w checked=November}"), ("question-bad-value", 5, 16)),
        (asked(GOOD, "Which? {#w source=here}"), ("question-bad-value", 5, 16)),
        (asked(GOOD, "Which? {#w checked=2031-02-30}"), ("question-bad-value", 5, 16)),
        (f"{LINKED}{{checked=2031-99}} b\n", ("question-bad-value", 5, 28)),
        (f"{LINKED}{{source=here checked=2026-11}}\n", ("question-bad-value", 5, 28)),
        (f"{LINKED}{{checked='2026-11' source=http://d.org}}{{checked=soon}}\n", None),
        (f"`{LINKED}`\n\n`[a](https://b.org/c){{checked=soon}}`\n", None),
        (asked(GOOD, "Which? {#w .questoin}"), ("question-misspelt-class", 5, 16)),
        (asked(GOOD, quiz="Q {.quiz pas=75}"), ("question-unknown-option", 3, 13)),
        (asked(GOOD, quiz="Q {.quiz pass=75%}"), ("question-pass-out-of-range", 3, 13)),
        (asked(GOOD, quiz="Q {.quiz feedback=later}"), ("question-bad-value", 3, 13)),
        (asked(GOOD, quiz="Q {.quiz pick=3}"), ("question-pick-too-many", 3, 13)),
        ("# T\n\nx\n\n## Q {.quiz}\n", ("question-empty-quiz", 5, 4)),
        ("# T\n\nx\n\n  <quiz>\n", ("question-open-tag", 5, 3)),
        (
            f"{asked(GOOD)}\n## R {{.quiz}}\n\n### Who? {{#v}}\n\n{GOOD}",
            ("question-second-quiz", 11, 4),
        ),
        (asked("- [x] a\n- [ ] b\n"), ("explanation-missing", 8, 7)),
        (asked("- [x] a\n- [ ] b\n  > Incorrect!\n"), ("explanation-only-verdict", 8, 7)),
        (asked("- [x] a\n- [ ] b c.\n  > b *c*\n"), ("explanation-repeats-choice", 8, 7)),
        (
            asked("- [x] a\n- [ ] b\n  > See above.\n- [ ] c\n  > See above.\n"),
            ("explanation-same", 8, 7),
        ),
    ],
)
def test_each_problem_stands_at_the_very_place(text, problem):
    assert found(text) == ([problem] if problem else [])


@pytest.mark.parametrize(
    "heading",
    [
        "Which? {#w tries=2 shuffle=off points=2 certainty=on}",
        'Which? {#w tags="cost spot" checked=2026-11 source=https://example.org/a}',
        "Which? {#w .wide}",
        "Which set is {a, b}? {#w}",
    ],
)
def test_attributes_that_are_in_order_are_left_alone(heading):
    assert found(asked(GOOD, heading)) == []


def test_braces_below_an_underlined_heading_of_two_lines_are_found_where_they_stand():
    text = f"# T\n\nText.\n\nWhich of\ntwo? {{.question tris=2}}\n---\n\n{GOOD}"

    assert found(text) == [("question-without-id", 6, 6), ("question-unknown-option", 6, 17)]


TYPED, NUMBER, SORT = "A? {#w .typed}", "A? {#w .number}", "A? {#w .sort}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (asked("- [ ] a\n  > No, b.\n", TYPED), ("question-nothing-accepted", 5, 5)),
        (asked("- [x] a\n- [ ] b\n", TYPED), ("explanation-missing", 8, 7)),
        (
            asked("- [x] a\n- [x] É\n- [ ] e\n  > No.: c\n", TYPED),
            ("question-mistake-accepted", 9, 7),
        ),
        (
            asked("- [x] a\n- [ ] b\n  > c, d\n- [ ] B\n  > d, f\n", TYPED),
            ("question-repeated-line", 10, 7),
        ),
        (asked("- [x] many\n", NUMBER), ("question-not-a-number", 7, 7)),
        (asked("- [x] 12..10\n", NUMBER), ("question-not-a-number", 7, 7)),
        (asked("- [x] 1e999\n", NUMBER), ("question-not-a-number", 7, 7)),
        (
            asked("- [x] 9..11 min\n- [ ] 10 min\n  > c, d\n", NUMBER),
            ("question-mistake-accepted", 8, 7),
        ),
        (asked("| a | b |\n|---|---|\n| c | d |\n| c | e |\n"), ("question-repeated-line", 10, 3)),
        (asked("| a | b |\n|---|---|\n| c | d |\n| | e |\n"), ("question-empty-part", 10, 3)),
        (asked("| | a |\n|---|---|\n| c | d |\n", SORT), ("question-too-few-headings", 5, 5)),
        (asked("It is [[ ]].\n"), ("question-empty-gap", 7, 7)),
        (asked("[[a]]\n\n> **Gap 0.** So.\n"), ("question-unknown-gap", 9, 3)),
        (asked(GOOD, "Which? {#w tries=6}"), ("question-bad-value", 5, 16)),
        (asked(GOOD, "Which? {#w points=0.5}"), ("question-bad-value", 5, 16)),
        (asked(GOOD, "Which? {#w points=21}"), ("question-bad-value", 5, 16)),
        (asked(GOOD, quiz="Q {.quiz pick=0}"), ("question-bad-value", 3, 13)),
        (asked(GOOD, quiz="Q {.quiz certainty=yes}"), ("question-bad-value", 3, 13)),
    ],
)
def test_each_kind_has_its_own_rules(text, problem):
    assert found(text) == [problem]


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("- [x] a\n", TYPED),
        ("- [x] a\n- [x] A\n- [ ] b\n  > That is c.\n", TYPED),
        ("- [x] $2.40\n- [x] 1.5e3 ± 10 km/h\n- [x] 1 024\n- [x] -3 m^2\n", NUMBER),
        ("- [x] 10..12 min\n- [ ] 10 h\n  > Those are hours.\n", NUMBER),
        ("1. a\n1. A\n", "A? {#w}"),
        ("| a | b |\n|---|---|\n| c | d |\n| e | d |\n", "A? {#w}"),
    ],
)
def test_what_a_kind_allows_is_left_alone(body, heading):
    assert found(asked(body, heading)) == []


def test_options_of_ordinary_headings_are_not_ours():
    assert found("# T\n\n## A {#a data-x=1}\n\nText.\n") == []


def test_options_of_tables_are_checked():
    table = "# T\n\n| a |\n|---|\n| b |\n\nTable: c {#c .compare drill=of}\n"

    assert found(table) == [("question-bad-value", 7, 23)]
    assert found(table.replace("drill=of", "drill=off")) == []


def test_choices_that_differ_in_case_or_code_differ():
    assert (
        found(asked("- [x] `True`\n- [ ] `true`\n  > Case counts: x.\n- [ ] true\n  > No, y.\n"))
        == []
    )


def test_all_choices_may_be_right():
    assert found(asked("- [x] a\n- [x] b\n")) == []


def test_a_right_choice_needs_no_explanation():
    assert found(asked(GOOD)) == []


def test_explanations_are_judged_as_the_course_wishes():
    text = asked("- [x] a\n- [ ] b\n")

    assert [one.level for one in problems_of(text)] == ["warning"]
    assert [
        one.level for one in problems_of(text, "---\nexplanations: error\ncraft: off\n---\n")
    ] == ["error"]
    assert problems_of(text, "---\nexplanations: off\ncraft: off\n---\n") == []


def test_an_id_is_used_once_in_a_course():
    files = {
        "course.md": NO_CRAFT,
        "01-a.md": asked(GOOD),
        "02-b.md": asked(GOOD, "Other? {#w}"),
        "03-c.md": asked(GOOD, "Third? {#third}"),
    }

    problems = check_course(files, ())

    assert problems["01-a.md"] == problems["03-c.md"] == []
    (problem,) = problems["02-b.md"]
    assert (problem.code, problem.line, problem.column) == ("question-duplicate-id", 5, 13)
    assert message_of(problem) == ("The question id `w` stands in 01-a.md on line 5 already.")
    assert stub_of(problem) == "{#b-w}"


def test_an_id_is_used_once_in_a_file():
    text = f"{asked(GOOD)}\n### Other? {{#w}}\n\n{GOOD}"

    (problem,) = problems_of(text)
    assert "in this file on line 5" in message_of(problem)


def test_the_id_that_a_question_has_without_one_is_offered():
    (problem,) = problems_of(asked(GOOD, "Which *one*?"))

    assert stub_of(problem) == "{#a-which-one}"


def test_a_quiz_whose_only_question_is_left_out_is_not_empty():
    text = asked("1. a\n2. b\n", "Name it {#w .typed}")

    assert [code for code, _, _ in found(text)] == ["question-kind-not-asked"]


def test_questions_of_the_public_habits_are_checked_too():
    text = f"# T\n\n## Q1. Which?\n\n- [ ] a\n- [ ] b\n\n<quiz>\nWhat?\n{GOOD}</quiz>\n"

    assert found(text) == [
        ("question-no-right-choice", 3, 4),
        ("question-without-id", 3, 14),
        ("explanation-missing", 5, 7),
        ("explanation-missing", 6, 7),
        ("question-without-id", 9, 1),
    ]


@pytest.mark.parametrize(
    ("choices", "line"),
    [
        ("-[x] right\n-[ ] wrong\n", 7),
        ("    - [x] right\n    - [ ] wrong\n", 7),
        ("[x] right\n\n[ ] wrong\n", 7),
    ],
)
def test_a_knowledge_check_whose_choices_are_none_does_not_become_text(choices, line):
    problems = found(f"# T\n\n## Knowledge check\n\n### Which? {{#w}}\n\n{choices}")
    assert ("question-not-asked", line, 1) in problems
