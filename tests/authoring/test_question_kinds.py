"""Each kind of question is told by its shape and read whole."""

import pytest

from learn.authoring.document import Gap, Item, Pair
from learn.authoring.parse import parse_lesson


def read(body: str, heading: str = "Which? {#w}"):
    return parse_lesson(f"# T\n\n## Q {{.quiz}}\n\n### {heading}\n\n{body}\n", name="01-a.md")


def only_question(body: str, heading: str = "Which? {#w}"):
    document = read(body, heading)
    assert document.problems == ()
    ((question,),) = [quiz.questions for quiz in document.quizzes]
    return question


def pairs(question):
    return [(pair.left, pair.right, pair.explanation) for pair in question.pairs]


TABLE = "| a | b |\n|---|---|\n| c | d |\n| e | f |\n"
SORTED = "| | a | b |\n|---|---|---|\n| x | c | d |\n"


@pytest.mark.parametrize(
    ("heading", "body", "kind"),
    [
        ("Which?", "- [x] a\n- [ ] b", "choose-one"),
        ("Which?", "- [x] a\n- [x] b", "choose-all"),
        ("Which? {.typed}", "- [x] a", "typed"),
        ("Which? {.exact}", "- [x] a\n- [x] b", "typed"),
        ("Which? {.number}", "- [x] 15 +- 0.5 min", "number"),
        ("Which?", "1. a\n2. b", "ordering"),
        ("Which?", "Put these in order:\n\n1) a\n\n2) b", "ordering"),
        ("Which?", TABLE, "matching"),
        ("Which?", "| a | b | why |\n|---|---|---|\n| c | d | e |", "matching"),
        ("Which? {.sort}", SORTED, "sorting"),
        ("Which?", f"{SORTED}\nTable: t {{.sort}}", "sorting"),
        ("Which?", "It is [[a]].", "gaps"),
        ("Which?", "- It is [[a]].\n- And [[b]].", "gaps"),
        ("Which?", "1. It is [[a]].\n2. And [[b]].", "gaps"),
        ("Which?", "| a | b |\n|---|---|\n| c | [[d\\|e]] |", "gaps"),
        ("It is [[a]].", "", "gaps"),
        ("Which?", f"{TABLE}\n1. a\n2. b", "ordering"),
        ("Which?", f"See [[Batch]].\n\n{TABLE}", "matching"),
        ("Which?", f"{TABLE}\nIt is [[a]].", "gaps"),
        ("Which?", "See [[Batch]].\n\n1. a\n2. b\n\n- [x] a\n- [ ] b", "choose-one"),
    ],
)
def test_the_shape_says_the_kind(heading, body, kind):
    ((question,),) = [quiz.questions for quiz in read(body, heading).quizzes]

    assert question.kind == kind
    assert not question.is_quick


@pytest.mark.parametrize(
    ("heading", "body", "code"),
    [
        ("Which?", "Text.", "question-no-choices"),
        ("Which?", "- a\n- b", "question-no-choices"),
        ("Which?", "| a |\n|---|\n| b |", "question-no-choices"),
        ("Which?", "![[a.png]], [[1]](b.md), [[^n]], `[[c]]` and \\[[d]]", "question-no-choices"),
        ("Which?", "```\n[[a]]\n```", "question-no-choices"),
        ("Which?", SORTED, "question-kind-not-asked"),
        ("Which? {.typed}", "1. a\n2. b", "question-kind-not-asked"),
        ("Which? {.sort}", "1. a\n2. b", "question-kind-not-asked"),
        ("Which?", "It is [[a.", "question-open-gap"),
    ],
)
def test_without_a_kind_it_is_left_out_and_reported(heading, body, code):
    document = read(body, heading)

    assert document.quizzes[0].questions == ()
    assert code in [problem.code for problem in document.problems]


def test_a_typed_question_lists_what_is_accepted_and_expected_mistakes():
    question = only_question(
        "Its name:\n\n- [x] Amazon `ECS`\n- [ ] EKS\n  > That is Kubernetes.\n\n> For all.",
        "Which? {#w .typed .exact}",
    )

    assert [(one.text, one.is_right, one.explanation) for one in question.choices] == [
        ("Amazon `ECS`", True, ""),
        ("EKS", False, "That is Kubernetes."),
    ]
    assert (question.body, question.explanation) == ("Its name:", "For all.")
    assert question.attributes.classes == ("typed", "exact")


def test_a_numbered_list_is_in_the_right_order():
    question = only_question(
        "A job:\n\n1. is *submitted*\n   > Somebody has to begin.\n2. waits\n> In a queue.\n"
        "3. runs\n\n   for long\n\n> **Hint.** Think.\n\n> For all."
    )

    assert question.items == (
        Item("is *submitted*", "Somebody has to begin.", 9, 4),
        Item("waits", "In a queue.", 11, 4),
        Item("runs\n\nfor long", "", 13, 4),
    )
    assert (question.body, question.hints) == ("A job:", ("Think.",))
    assert (question.explanation, question.choices) == ("For all.", ())


def test_a_quote_between_two_steps_explains_the_first_with_a_warning():
    document = read("1. a\n\n> Why a.\n\n2. b")

    assert [one.explanation for one in document.quizzes[0].questions[0].items] == ["Why a.", ""]
    assert [problem.code for problem in document.problems] == ["explanation-detached"]


def test_a_table_of_two_columns_is_matched():
    question = only_question(
        "Match:\n\n| Term | Meaning | Why |\n|---|---|---|\n| `a\\|b` | **c** | So. |\n"
        "| d | e | |\n| | | |\n\nTable: t\n\n> For all."
    )

    assert question.pairs == (
        Pair("`a|b`", "**c**", "So.", 11, 3),
        Pair("d", "e", "", 12, 3),
    )
    assert (question.body, question.explanation, question.columns) == ("Match:", "For all.", ())


def test_text_after_a_table_is_shown_with_the_explanation():
    document = read(f"{TABLE}\nText.")

    assert document.quizzes[0].questions[0].explanation == "Text."
    assert [problem.code for problem in document.problems] == ["question-text-after-choices"]


def test_the_cells_of_a_comparison_are_sorted_under_its_headings():
    question = only_question(
        "| | Lambda | Batch | Fargate |\n|---|---|---|---|\n"
        "| **Longest run** | 15 minutes | no limit | *No limit.* |\n"
        "| Starts when? | an event! | | |\n| | none | x | y |\n"
        "| Cost * | low | high | high |\n| *Kept* | a | b | c |\n",
        "Sort {#w .sort}",
    )

    assert question.columns == ("Lambda", "Batch", "Fargate")
    whole = "**Longest run.** Lambda: 15 minutes. Batch: no limit. Fargate: *No limit.*."
    assert pairs(question)[:3] == [
        ("**Longest run:** 15 minutes", "Lambda", whole),
        ("**Starts when?** an event!", "Lambda", "**Starts when?** Lambda: an event!"),
        ("none", "Lambda", "Lambda: none. Batch: x. Fargate: y."),
    ]
    assert [left for left, _, _ in pairs(question)[3:]] == [
        "x",
        "y",
        "***Kept*:** a",
        "***Kept*:** b",
        "***Kept*:** c",
    ]
    assert (question.pairs[0].line, question.pairs[0].column) == (9, 21)


def test_a_last_column_why_explains_each_row():
    question = only_question(
        "| | a | b | **Why** |\n|---|---|---|---|\n| x | c | d | So. |\n\nTable: t {.sort}"
    )

    assert question.columns == ("a", "b")
    assert pairs(question) == [("**x:** c", "a", "So."), ("**x:** d", "b", "So.")]


def test_gaps_are_numbered_in_the_text():
    question = only_question(
        "A call ends after [[15 minutes\\|15 min| 900 s ]].\n\n> **Gap 2.** Try [it](b.md).\n> And."
        "\n>\n> **Gap 1:** A limit.\n\nRun\n[[`sam\nbuild`]]; `[[no]]`, \\[[no]].\n\n"
        "```\n[[no]]\n```\n\n> For all.\n\n> **Hint.** Think."
    )

    assert question.gaps == (
        Gap(("15 minutes", "15 min", "900 s"), "A limit.", 7, 19),
        Gap(("sam build",), "Try [it](b.md).\nAnd.", 15, 1),
    )
    assert question.gap_text == (
        "A call ends after \ue0001\ue001.\n\nRun\n\ue0002\ue001; `[[no]]`, \\[[no]].\n\n"
        "```\n[[no]]\n```"
    )
    assert (question.body, question.hints) == ("", ("Think.",))
    assert question.explanation == "For all."


def test_a_gap_in_the_heading_is_left_open_there():
    question = only_question("Fill it.", "It is [[a]] and [[b]]. {#w}")

    assert question.stem == "It is … and …."
    assert question.gap_text == "It is \ue0001\ue001 and \ue0002\ue001.\n\nFill it."
    assert [gap.accepted for gap in question.gaps] == [("a",), ("b",)]


def test_a_quote_that_names_a_gap_is_a_quote_where_there_are_none():
    assert only_question("- [x] a\n- [ ] b\n\n> **Gap 1.** So.").explanation == "**Gap 1.** So."


def test_an_open_gap_is_reported_at_its_place():
    document = read("It is [[a]] and\nnot [[b] nor\n[[c.")

    assert [(one.code, one.line, one.column) for one in document.problems] == [
        ("question-open-gap", 8, 5),
        ("question-open-gap", 9, 1),
    ]


def test_paragraphs_around_a_hint_stay_apart():
    question = only_question("One `\n> **Hint.** Think.\n\nIs [[`a`]].")

    assert question.gap_text == "One `\n\nIs \ue0001\ue001."


def test_a_backtick_of_another_paragraph_hides_no_gap():
    question = only_question("One `\n- [[`a`]]")

    assert [gap.accepted for gap in question.gaps] == [("a",)]


def test_a_callout_after_a_quick_check_stays_in_the_lesson():
    text = (
        "# T\n\nText.\n\n### Why? {.question #why}\n\n- [x] a\n  > A.\n- [ ] b\n  > B.\n\n"
        "> [!WARNING]\n> Beware.\n\nMore.\n"
    )
    document = parse_lesson(text, name="a.md")
    [question] = document.quizzes[0].questions
    assert question.explanation == ""
    assert "> [!WARNING]\n> Beware." in document.body
