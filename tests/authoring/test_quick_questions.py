"""Quick checks: questions between the paragraphs of a lesson keep their place in its text."""

import re

import pytest

from learn.authoring.fragments import Fragment, RenderContext
from learn.authoring.parse import parse_course, parse_lesson
from learn.authoring.render import render_fragment

TWO = "- [x] a\n- [ ] b\n"
PLACE = re.compile("<p>\ue002([^\ue003]*)\ue003</p>")


def read(text: str):
    return parse_lesson(text, name="01-a.md")


def blocks(text: str):
    """The rendered lesson, split where quick questions stand."""
    document = read(text)
    context = RenderContext(definitions=document.definitions)
    return PLACE.split(render_fragment(Fragment(document.body), context).html)


def test_the_heading_becomes_the_place_and_line_numbers_stay():
    text = f"# T\n\nBefore.\n\n### Which? {{#q .question}}\n\n{TWO}\n> For all.\n\nAfter.\n"
    document = read(text)

    lines = document.body.split("\n")
    assert len(lines) == len(text.split("\n"))
    assert lines[4] == "\ue002q\ue003"
    assert not any(lines[5:11])
    assert lines[11] == "After."
    assert document.words == len(["T", "Before", "After"])
    ((question,),) = [quiz.questions for quiz in document.quizzes]
    assert (question.key, question.is_quick, question.line) == ("q", True, 5)


@pytest.mark.parametrize(
    "above",
    [
        "Before.\n\n",
        "Before.\n",
        "- item\n",
        "> quote\n",
        "| a |\n|---|\n",
        "Term\n: meaning\n",
        "",
    ],
)
@pytest.mark.parametrize("below", ["\nAfter.\n", "\n- after\n", "\n| a |\n|---|\n"])
def test_the_place_is_a_paragraph_of_its_own(above, below):
    before, key, after = blocks(f"# T\n\n{above}### Which? {{#q .question}}\n{TWO}{below}")

    assert key == "q"
    assert "\ue002" not in before + after
    assert before.count("<p>") == before.count("</p>")


def test_text_right_below_a_question_without_a_body_stays_text():
    assert blocks("### It is [[a]]. {#q .question}\nText.\n") == ["", "q", "\n<p>Text.</p>"]


def test_an_abbreviation_in_a_key_changes_nothing():
    _, key, _ = blocks(f"### Which? {{#a-vcpu .question}}\n\n{TWO}\n*[vcpu]: virtual\n")

    assert key == "a-vcpu"


def test_an_underlined_heading_keeps_a_place_too():
    assert blocks(f"# T\n\nWhich?\nOf two? {{#q .question}}\n---\n\n{TWO}\nAfter.\n") == [
        "",
        "q",
        "\n<p>After.</p>",
    ]


def test_a_key_is_made_where_none_is_written():
    document = read(f"# T\n\n### Which one? {{.question}}\n\n{TWO}")

    assert "\ue002a-which-one\ue003" in document.body


def test_questions_of_a_quiz_have_no_place_in_the_text():
    document = read(f"# T\n\n## Q {{.quiz}}\n\n### Which? {{#q .question}}\n\n{TWO}")

    assert document.body.strip() == ""
    assert not document.quizzes[0].questions[0].is_quick


def test_a_question_ends_where_the_text_of_the_lesson_goes_on():
    document = read(
        f"# T\n\n## One? {{#one .question}}\n\n1. a\n2. b\n\nText.\n\n"
        f"### Two? {{#two .question}}\n\n{TWO}\nMore.\n\n- [ ] to do\n"
    )

    assert [(one.key, one.kind) for one in document.quizzes[0].questions] == [
        ("one", "ordering"),
        ("two", "choose-one"),
    ]
    left = [line for line in document.body.split("\n") if line]
    assert left == ["\ue002one\ue003", "Text.", "\ue002two\ue003", "More.", "- [ ] to do"]


def test_marks_that_an_author_writes_are_no_places():
    document = read("# T\n\n\ue002q\ue003\n")

    assert document.body.strip() == "\ufffdq\ufffd"
    assert [problem.code for problem in document.problems] == ["structure-broken-character"]


def test_the_introduction_of_a_course_has_no_places():
    assert parse_course(f"# T\n\n### Which? {{#q .question}}\n\n{TWO}").body.strip() == ""
