"""A section becomes a question: choices, explanations, hints; and the habits that people have."""

import pytest

from learn.authoring.parse import parse_lesson


def read(text: str, name: str = "01-sample.md"):
    return parse_lesson(text, name=name)


def only_question(text: str):
    """The question of a quiz with this content below its heading."""
    (quiz,) = read(f"# T\n\n## Quiz {{.quiz}}\n\n### Which? {{#which}}\n\n{text}\n").quizzes
    (question,) = quiz.questions
    return question


def choices(question):
    return [(choice.text, choice.is_right, choice.explanation) for choice in question.choices]


def codes(document):
    return [problem.code for problem in document.problems]


TWO = "- [x] a\n- [ ] b\n"

AUTHORED = """\
# Two services

Text.

## Knowledge check {.quiz pass=75}

Answer from memory.

### What sets AWS Batch apart from AWS Lambda? {#batch-or-lambda tries=2}

Any Markdown may stand here: `code`,

| a | table |
|---|---|
| b | c |

> A quote that belongs to the question.

> **Hint.** Think of the queue.

- [x] Batch runs long, heavy jobs from a queue
  > Right. The shapes differ.
- [ ] Batch answers each event
  in milliseconds
  > The other way round.

  > And more.

> Shown to everybody. See [When](03-choosing.md).

> **Hint.** Think of minutes.
"""


def test_a_question_as_the_format_describes_it_is_read_whole():
    document = read(AUTHORED)

    assert document.problems == ()
    (quiz,) = document.quizzes
    assert (quiz.title, quiz.anchor, quiz.pass_mark) == ("Knowledge check", "knowledge-check", 75)
    assert (quiz.line, quiz.introduction) == (5, "Answer from memory.")
    (question,) = quiz.questions
    assert (question.key, question.key_is_explicit) == ("batch-or-lambda", True)
    assert question.stem == "What sets AWS Batch apart from AWS Lambda?"
    assert question.attributes.options == {"tries": "2"}
    assert (question.line, question.column) == (9, 5)
    assert question.body == (
        "Any Markdown may stand here: `code`,\n\n| a | table |\n|---|---|\n| b | c |\n\n"
        "> A quote that belongs to the question."
    )
    assert choices(question) == [
        ("Batch runs long, heavy jobs from a queue", True, "Right. The shapes differ."),
        (
            "Batch answers each event\nin milliseconds",
            False,
            "The other way round.\n\nAnd more.",
        ),
    ]
    assert (question.choices[0].line, question.choices[0].column) == (21, 7)
    assert question.explanation == "Shown to everybody. See [When](03-choosing.md)."
    assert question.hints == ("Think of the queue.", "Think of minutes.")


def test_without_a_class_the_name_makes_the_quiz():
    document = read("# T\n\n## Knowledge check\n\n### Which?\n\n- [x] a\n- [ ] b\n")

    assert len(document.quizzes[0].questions) == 1


def test_a_section_of_that_name_without_choices_stays_text():
    document = read(
        "# T\n\n### Knowledge check\n\n- [What is a queue?](#queue)\n- Why wait?\n\n"
        "## Queue\n\nText.\n"
    )

    assert document.quizzes == ()
    assert "Why wait?" in document.body


@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "2)"])
def test_any_list_mark_and_a_capital_x_will_do(mark):
    question = only_question(f"{mark} [X] a\n{mark} [ ] b")

    assert choices(question) == [("a", True, ""), ("b", False, "")]


def test_a_choice_may_hold_code_a_list_and_paragraphs():
    question = only_question(
        "- [x] This one:\n\n  ```python\n  if x:\n      y()\n  ```\n\n"
        "  and more\n  - inner\n  > Because.\n- [ ] b"
    )

    assert question.choices[0].text == (
        "This one:\n\n```python\nif x:\n    y()\n```\n\nand more\n- inner"
    )
    assert question.choices[0].explanation == "Because."


def test_an_explanation_may_hold_anything_a_callout_too():
    question = only_question(
        "- [x] a\n  > Text\n  >\n  > ```\n  > code\n  > ```\n  > > inner\n"
        "- [ ] b\n  > [!TIP]\n  > A tip."
    )

    assert question.choices[0].explanation == "Text\n\n```\ncode\n```\n> inner"
    assert question.choices[1].explanation == "> [!TIP]\n> A tip."


def test_a_quote_right_below_a_choice_explains_it_though_it_is_not_set_in():
    question = only_question("- [x] a\n> Why a,\n> and how.\n- [ ] b\n> Why not b.\n\n> For all.")

    assert choices(question) == [("a", True, "Why a,\nand how."), ("b", False, "Why not b.")]
    assert question.explanation == "For all."


def test_a_quote_after_a_blank_line_between_choices_is_taken_with_a_warning():
    document = read(
        "# T\n\n## Quiz {.quiz}\n\n### Which?\n\n- [x] a\n\n> Why a.\n\n- [ ] b\n  > No.\n"
    )

    assert document.quizzes[0].questions[0].choices[0].explanation == "Why a."
    assert [(one.code, one.line) for one in document.problems] == [("explanation-detached", 9)]


def test_hints_may_stand_in_one_quote_and_anywhere():
    question = only_question(
        "> **Hint.** One\n> goes on\n>\n> **Hint 2:** Two\n\n- [x] a\n- [ ] b\n\n> __Hint__ Three"
    )

    assert question.hints == ("One\ngoes on", "Two", "Three")
    assert (question.body, question.explanation) == ("", "")


def test_text_after_the_choices_explains_with_a_warning():
    document = read(
        "# T\n\n## Q {.quiz}\n\n### Which?\n\n- [x] a\n- [ ] b\n\nBecause.\n\n- reason\n- reason\n"
    )

    assert document.quizzes[0].questions[0].explanation == "Because.\n\n- reason\n- reason"
    assert [(one.code, one.line) for one in document.problems] == [
        ("question-text-after-choices", 10)
    ]


@pytest.mark.parametrize("attributes", ["", " {.typed}"])
def test_text_between_two_choices_is_in_none_of_them_and_explains_with_a_warning(attributes):
    document = read(
        f"# T\n\n## Q {{.quiz}}\n\n### Which?{attributes}\n\n- [x] aaa\n  > Why a.\n\n"
        "Text between.\n\n- [ ] bbb\n  > Why b.\n"
    )

    question = document.quizzes[0].questions[0]
    assert choices(question) == [("aaa", True, "Why a."), ("bbb", False, "Why b.")]
    assert question.explanation == "Text between."
    assert [(one.code, one.line) for one in document.problems] == [
        ("question-text-after-choices", 10)
    ]


def test_code_and_pictures_between_two_choices_stay_with_the_one_above():
    loose = "```py\nx = 1\n```\n\n![Alt](media/x.png)"
    document = read(
        f"# T\n\n## Q {{.quiz}}\n\n### Which?\n\n- [x] a\n\n```\nx\n```\n\nText.\n\n- [ ] b\n"
        f"\n{loose}\n\n- [ ] c\n"
    )

    question = document.quizzes[0].questions[0]
    assert question.choices[0].text == "a\n\n```\nx\n```"
    assert question.choices[1].text == f"b\n\n{loose}"
    assert question.explanation == "Text."
    assert codes(document) == ["question-text-after-choices"]


def test_a_line_without_a_box_is_reported_and_not_lost():
    document = read("# T\n\n## Q {.quiz}\n\n### Which?\n\n- first\n- [x] a\n- last\n")

    assert choices(document.quizzes[0].questions[0]) == [
        ("first", False, ""),
        ("a", True, ""),
        ("last", False, ""),
    ]
    assert codes(document) == ["question-choice-without-box"] * 2


def test_a_list_apart_from_the_choices_is_the_questions_text():
    question = only_question("Given:\n\n- one\n- two\n\nWhich?\n\n- [x] a\n- [ ] b")

    assert question.body == "Given:\n\n- one\n- two\n\nWhich?"
    assert len(question.choices) == 2


@pytest.mark.parametrize(
    ("written", "is_right"),
    [("- []", False), ("- [  ]", False), ("- [ x ]", True), ("- [x]tight", True)],
)
def test_odd_boxes_are_read_with_a_warning(written, is_right):
    document = read(f"# T\n\n## Q {{.quiz}}\n\n### Which?\n\n- [x] a\n{written} b\n")

    assert document.quizzes[0].questions[0].choices[1].is_right is is_right
    assert [(one.code, one.line, one.column) for one in document.problems] == [
        ("question-odd-box", 8, 3)
    ]


def test_a_link_at_the_beginning_of_an_item_is_no_box():
    document = read("# T\n\n## Q {.quiz}\n\n### Which?\n\n- [x] a\n- [x](b.md)\n")

    assert codes(document) == ["question-choice-without-box"]


def test_a_box_glued_to_its_dash_is_an_error():
    document = read("# T\n\n## Q {.quiz}\n\n### Which?\n\n-[x] a\n-[ ] b\n")

    assert [(one.code, one.line) for one in document.problems] == [
        ("question-glued-box", 7),
        ("question-glued-box", 8),
    ]


def test_a_deeper_heading_belongs_to_the_question():
    question = only_question("#### Given\n\ntext\n\n- [x] a\n- [ ] b")

    assert question.body == "#### Given\n\ntext"


def test_a_quiz_whose_questions_skip_a_level_is_read():
    document = read(
        "# T\n\n## Q {.quiz}\n\n#### One?\n\n- [x] a\n- [ ] b\n\n#### Two?\n\n- [x] a\n- [ ] b\n"
    )

    assert [one.stem for one in document.quizzes[0].questions] == ["One?", "Two?"]


def test_keys_are_made_from_file_and_stem_and_stay_apart():
    quiz = f"## Q {{.quiz}}\n\n### Which one?\n\n{TWO}\n### Which *one*?\n\n{TWO}"
    document = read(f"# T\n\n{quiz}", "02-queues.md")

    keys = [one.key for one in document.quizzes[0].questions]
    assert keys == ["queues-which-one", "queues-which-one-1"]
    assert not any(one.key_is_explicit for one in document.quizzes[0].questions)
    assert read(f"# T\n\n{quiz}", "03-costs.md").quizzes[0].questions[0].key == "costs-which-one"


def test_a_key_made_never_takes_a_written_one():
    document = read(
        "# T\n\n## Q {.quiz}\n\n### B?\n\n- [x] a\n- [ ] b\n\n### C? {#a-b}\n\n- [x] a\n- [ ] b\n",
        "a.md",
    )

    assert [one.key for one in document.quizzes[0].questions] == ["a-b-1", "a-b"]


def test_comments_are_no_part_of_a_question():
    question = only_question("<!-- why this question -->\n\n- [x] a\n- [ ] b\n\n<!-- end -->")

    assert (question.body, question.explanation) == ("", "")
