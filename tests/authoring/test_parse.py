"""From text to document: title, body, headings, definitions, words."""

import pytest

from learn.authoring.document import Heading
from learn.authoring.parse import minutes_for, parse_course, parse_lesson


def lesson(text: str, name: str = "01-sample.md"):
    return parse_lesson(text, name=name)


def shown(document) -> list[str]:
    """The lines of the body that are not blank."""
    return [line for line in document.body.split("\n") if line.strip()]


def test_the_title_is_the_front_matters():
    document = lesson("---\ntitle: Queues\n---\n\n# Something else\n\nText.\n")

    assert document.title == "Queues"
    assert shown(document) == ["# Something else", "Text."]


def test_else_the_title_is_the_first_heading_which_leaves_the_body():
    document = lesson("# Job `queues` and *more*\n\nText.\n")

    assert document.title == "Job queues and more"
    assert document.body == "\n\nText.\n"


def test_an_underlined_heading_is_a_title_too():
    document = lesson("Job queues\n==========\n\nText.\n")

    assert document.title == "Job queues"
    assert document.body == "\n\n\nText.\n"


def test_a_heading_that_repeats_the_title_is_not_shown_twice():
    document = lesson("---\ntitle: Job queues\n---\n# Job *queues*\n\nText.\n")

    assert shown(document) == ["Text."]


def test_a_lone_heading_above_all_text_is_the_title_at_any_level():
    alone = lesson("## Amazon web services\n\n#### Part one\n\nText.\n")
    one_of_two = lesson("## Introduction\n\nText.\n\n## More\n\nText.\n", "03-job-queues.md")

    assert alone.title == "Amazon web services"
    assert one_of_two.title == "Job queues"
    assert "## Introduction" in one_of_two.body


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("03-job-queues.md", "Job queues"),
        ("guide/02_first steps.md", "First steps"),
        ("2. Notes.md", "Notes"),
        ("2024-review.md", "2024 review"),
        ("7.md", "7"),
    ],
)
def test_else_the_title_is_made_from_the_files_name(name, title):
    assert lesson("Text.\n", name).title == title


def test_a_hash_in_code_is_no_heading():
    document = lesson(
        "# T\n\n```python\n# a comment\n```\n\n    # indented\n\n"
        "- item\n\n  ~~~\n  # in a list\n  ~~~\n"
        "\n<!--\n# in a comment\n-->\n\n<div>\n# in HTML\n</div>\n\n## Real\n"
    )

    assert [one.text for one in document.headings] == ["Real"]


def test_a_longer_fence_holds_a_shorter_one():
    document = lesson("# T\n\n````md\n```\n# inside\n```\n````\n\n## After\n")

    assert [one.text for one in document.headings] == ["After"]


def test_headings_know_level_text_anchor_and_line():
    document = lesson(
        "# T\n\n## Job *queues* & order\n\ntext\nover two lines\n---\n\n"
        "### Own {#mine}\n## Own ##\n## Own\n"
    )

    assert document.headings == (
        Heading(2, "Job queues & order", "job-queues--order", 3),
        Heading(2, "text over two lines", "text-over-two-lines", 5),
        Heading(3, "Own", "mine", 9),
        Heading(2, "Own", "own", 10),
        Heading(2, "Own", "own-1", 11),
    )


def test_a_rule_after_a_blank_line_makes_no_heading():
    assert lesson("# T\n\ntext\n\n---\n\nmore\n").headings == ()


def test_quizzes_leave_the_body_and_lines_keep_their_numbers():
    text = (
        "# T\n\nText.\n\n## Knowledge check\n\n### Which?\n\n- [x] a\n- [ ] b\n\n## After\n\nEnd.\n"
    )
    document = lesson(text)

    lines = document.body.split("\n")
    assert len(lines) == len(text.split("\n"))
    assert shown(document) == ["Text.", "## After", "End."]
    assert lines[11] == "## After"
    assert document.headings[0].line == 12


def test_definitions_below_the_quiz_stay_in_the_body_and_serve_the_questions():
    document = lesson(
        "# T\n\nSee[^n] [r] HTML.\n\n## Quiz {.quiz}\n\n### Which [r]?\n\n- [x] a\n- [ ] b\n\n"
        "[^n]: A note\n    goes on\n\n[r]: 02-b.md\n\n*[HTML]: A language\n"
    )

    expected = "[^n]: A note\n    goes on\n\n[r]: 02-b.md\n*[HTML]: A language"
    assert document.definitions == expected
    assert shown(document)[1:] == [line for line in expected.split("\n") if line]
    question = document.quizzes[0].questions[0]
    assert question.explanation == ""
    assert [link.line for link in document.links] == [3, 7]


def test_an_address_on_the_line_below_its_label_is_a_definition():
    document = lesson("# T\n\n[text][r]\n\n[r]:\n  02-b.md\n")

    assert document.links[0].path == "02-b.md"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system_are_read(end):
    document = lesson(end.join(["---", "title: A", "---", "", "## Two", "", "Text."]))

    assert document.title == "A"
    assert document.headings[0].line == 5


def test_a_byte_order_mark_is_not_text():
    document = lesson("\ufeff---\ntitle: A\n---\n\nText.\n")

    assert (document.title, document.problems) == ("A", ())


@pytest.mark.parametrize(
    "control", ["\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x92", "\uffff"]
)
def test_a_control_character_is_a_warning_and_becomes_a_space(control):
    document = lesson(f"# T\n\na{control}b {control} c\td\n")

    assert document.body == "\n\na b   c\td\n"
    (problem,) = document.problems
    assert (problem.code, problem.level) == ("structure-control-character", "warning")
    assert (problem.line, problem.column) == (3, 2)
    assert problem.values["character"] == f"U+{ord(control):04X}"


@pytest.mark.parametrize("broken", ["\x00", "\ud800"])
def test_a_broken_character_is_an_error_and_is_replaced(broken):
    document = lesson(f"# T\n\nab{broken}c {broken}\n")

    (problem,) = document.problems
    assert (problem.code, problem.line, problem.column) == ("structure-broken-character", 3, 3)
    assert broken not in document.body
    assert "ab\ufffdc \ufffd" in document.body


def test_tabs_count_as_they_show():
    document = lesson("# T\n\n-\titem\n\n\tstill the item [a](b.md)\n\n\tcode [a](c.md)\n")

    assert [link.path for link in document.links] == ["b.md", "c.md"]
    assert lesson("# T\n\n\tcode [a](c.md)\n").links == ()


def test_words_are_those_of_the_text_and_not_of_code_questions_or_addresses():
    document = lesson(
        "---\nsummary: not these words\n---\n# Title\n\nFive words are written here.\n\n"
        "A [link](https://example.org/long/path) to [x][r].\n\n```\nnot these\n```\n\n"
        "## Quiz {.quiz}\n\n### Which of these?\n\n- [x] a\n- [ ] b\n\n[r]: not-these.md\n"
    )

    # Title. Five words are written here. A link to x, r.
    assert document.words == 1 + 5 + 5


def test_chinese_signs_count_half_a_word():
    assert lesson("# T\n\n漢字漢字\n").words == 1 + 2


def test_reading_takes_at_least_a_minute():
    assert [minutes_for(words) for words in (0, 100, 230, 920, 1000)] == [1, 1, 1, 4, 4]


def test_an_empty_text_is_a_lesson_with_a_name():
    document = lesson("")

    assert (document.title, document.body, document.words) == ("Sample", "", 0)


def test_course_md_gives_facts_and_an_introduction():
    document = parse_course("---\npass: 80\n---\n# The course\n\nWelcome, see [one](01-a.md).\n")

    assert (document.facts.title, document.facts.pass_mark) == ("The course", 80)
    assert document.body == "\n\n\n\n\nWelcome, see [one](01-a.md).\n"
    assert [link.path for link in document.links] == ["01-a.md"]


def test_an_empty_course_md_is_no_fault():
    assert parse_course("").problems == ()
