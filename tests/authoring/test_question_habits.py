"""Questions outside quiz sections: single ones, numbered quiz files, and ``<quiz>`` tags."""

import pytest

from learn.authoring.parse import parse_lesson

TWO = "- [x] a\n- [ ] b\n"


def read(text: str, name: str = "01-sample.md"):
    return parse_lesson(text, name=name)


def choices(question):
    return [(choice.text, choice.is_right, choice.explanation) for choice in question.choices]


def codes(document):
    return [problem.code for problem in document.problems]


def test_a_single_question_stands_between_two_paragraphs():
    document = read(
        f"# T\n\nBefore.\n\n### Which? {{#q .question}}\n\n{TWO}\n> For all.\n\n"
        "After.\n\n## Next\n\nEnd.\n"
    )

    (quiz,) = document.quizzes
    assert (quiz.title, quiz.anchor) == ("Knowledge check", "")
    assert quiz.questions[0].explanation == "For all."
    left = [line for line in document.body.split("\n") if line]
    assert left == ["Before.", "\ue002q\ue003", "After.", "## Next", "End."]
    assert document.problems == ()


@pytest.mark.parametrize(
    "body",
    [
        "1. a\n2. b\n\n> For all.",
        "| a | b |\n|---|---|\n| c | d |\n\nTable: t\n\n> For all.",
        "It ends\nafter [[15 minutes]]\nand no more.\n\n> For all.",
        "- [x] Batch\n- [ ] Lambda\n\n> For all.",
    ],
)
def test_a_single_question_of_any_kind_takes_no_text_with_it(body):
    heading = "Which? {#q .question .typed}" if "[x]" in body else "Which? {#q .question}"
    document = read(f"# T\n\nBefore.\n\n### {heading}\n\n{body}\n\nAfter.\n\n- list\n")

    assert document.problems == ()
    assert document.quizzes[0].questions[0].explanation == "For all."
    left = [line for line in document.body.split("\n") if line]
    assert left == ["Before.", "\ue002q\ue003", "After.", "- list"]


def test_a_single_question_that_is_left_out_takes_no_text_with_it():
    wide = "| a | b | c |\n|---|---|---|\n| d | e | f |\n\n> For all."
    document = read(f"# T\n\nBefore.\n\n### Which? {{.question}}\n\n{wide}\n\nAfter.\n")

    assert codes(document) == ["question-kind-not-asked"]
    assert [line for line in document.body.split("\n") if line] == ["Before.", "After."]


def test_quizzes_come_first_and_single_questions_in_one_after_them():
    document = read(
        f"# T\n\n### One? {{.question}}\n\n{TWO}\n## Check {{.quiz}}\n\n### Two?\n\n{TWO}"
    )

    assert [(quiz.title, quiz.questions[0].stem) for quiz in document.quizzes] == [
        ("Check", "Two?"),
        ("Knowledge check", "One?"),
    ]


NUMBERED = """\
## Rivers and lakes

#### Q1. Which river flows through Vienna?

- [ ] the Elbe
- [x] the Danube
- [ ] the Rhine

[reference](https://example.org/danube)

#### Q2. What does this print?

```python
print(1 + 1)
```

- [ ] `A`

```text
11
```

- [x] `B`

```text
2
```

1. [First reference](https://example.org/one)
2. [Second](https://example.org/two)

**Note:** Addition comes first.

#### Q3. Which of these are lakes?

- [x] Como
- [x] Garda
- [ ] Arno
"""


def test_a_numbered_quiz_file_is_read_unchanged():
    document = read(NUMBERED, "rivers-quiz.md")

    assert document.title == "Rivers and lakes"
    assert document.body.strip() == ""
    assert document.problems == ()
    (quiz,) = document.quizzes
    first, second, third = quiz.questions
    assert first.stem == "Which river flows through Vienna?"
    assert first.key == "rivers-quiz-which-river-flows-through-vienna"
    assert first.explanation == "[reference](https://example.org/danube)"
    assert second.body == "```python\nprint(1 + 1)\n```"
    assert [one.text for one in second.choices] == [
        "`A`\n\n```text\n11\n```",
        "`B`\n\n```text\n2\n```",
    ]
    assert second.explanation.startswith("1. [First reference]")
    assert second.explanation.endswith("**Note:** Addition comes first.")
    assert [one.is_right for one in third.choices] == [True, True, False]


@pytest.mark.parametrize(
    "heading", ["Q12. Which?", "Question 12: Which?", "q 12) Which?", "12. Which?"]
)
def test_numbers_are_written_in_several_ways(heading):
    document = read(f"# T\n\n### {heading}\n\n- [x] a\n- [ ] b\n")

    assert document.quizzes[0].questions[0].stem == "Which?"


@pytest.mark.parametrize(
    "section",
    [
        "## Q1 goals\n\n- [ ] ship it\n- [x] test it",
        "## 3. Checklist\n\n- [ ] ship it",
        "## 3. Ready?\n\n- [ ] ship it",
        "## Q7. Prose only\n\nText.",
        "## Tasks\n\n- [x] done",
    ],
)
def test_a_mere_task_list_is_no_question(section):
    document = read(f"# T\n\n{section}\n")

    assert document.quizzes == ()
    assert document.problems == ()


TAGGED = """\
# Arithmetic

Some text before.

<quiz>
What is the sum of
these two?
```
2 + 2
```
- [ ] 3
> One too few.
> Count again.
- [x] 4 _(not `four`)_
- [ ] 5

#### About sums

Adding is *commutative*.
</quiz>

Some text between.

<quiz>
Which are even?

* [X] 2
* [ ] 3
</quiz>

<quiz>
Two and two is [[4]].
</quiz>
"""


def test_quiz_tags_are_read_unchanged():
    document = read(TAGGED)

    (quiz,) = document.quizzes
    first, second, third = quiz.questions
    assert first.stem == "What is the sum of\nthese two?"
    assert first.body == "```\n2 + 2\n```"
    assert choices(first) == [
        ("3", False, "One too few.\nCount again."),
        ("4 _(not `four`)_", True, ""),
        ("5", False, ""),
    ]
    assert first.explanation == "#### About sums\n\nAdding is *commutative*."
    assert second.stem == "Which are even?"
    assert [line for line in document.body.split("\n") if line] == [
        "Some text before.",
        "Some text between.",
    ]
    assert (third.kind, third.stem) == ("gaps", "Two and two is ….")
    assert third.gap_text == "Two and two is \ue0001\ue001."
    assert not any(question.is_quick for question in quiz.questions)
    assert document.problems == ()
    assert document.headings == ()


def test_a_quiz_tag_shown_as_code_is_code():
    document = read("# T\n\n~~~markdown\n<quiz>\nWhich?\n- [x] a\n</quiz>\n~~~\n\n    <quiz>\n")

    assert (document.quizzes, document.problems) == ((), ())


def test_a_question_shown_as_code_is_code():
    document = read("# T\n\n```markdown\n## Quiz {.quiz}\n\n### Which?\n\n- [x] a\n```\n")

    assert (document.quizzes, document.problems) == ((), ())
