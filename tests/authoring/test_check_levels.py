"""What was written for another tool is published as it is; our courses are held to more."""

import pytest

from learn.authoring.check import check_course
from learn.authoring.codes import RULES, message_of, stub_of
from learn.authoring.parse import parse_lesson
from learn.authoring.rules.levels import MILD_WITHOUT_COURSE
from tests.authoring.rule_samples import COURSE_SAMPLES, GOOD, SAMPLES, asked

OTHER = {"02-b.md": "# B\n\n## One\n\nText.\n"}


def levels(text: str, code: str, **files: str) -> set[str]:
    found = check_course({**files, "a.md": text}, ())["a.md"]
    return {one.level for one in found if one.code == code}


def stops(text: str, code: str, **files: str) -> set[bool]:
    found = check_course({**files, "a.md": text}, ())["a.md"]
    return {one.stops for one in found if one.code == code}


@pytest.mark.parametrize("code", sorted(MILD_WITHOUT_COURSE))
def test_what_holds_back_a_course_is_only_named_in_a_folder_of_notes(code):
    text, _ = SAMPLES[code]

    assert RULES[code].level == "error"
    assert levels(text, code, **OTHER) == {"error"}
    assert stops(text, code, **OTHER) == {False}
    assert stops(text, code, **OTHER, **{"course.md": ""}) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n[a](gone.md) ![b](gone.png) [c](#gone) [d](../up.md)\n",
        "# T\n\n| a | b |\n|---|---|\n| c | d | e |\n| f |\n",
        "# T\n\n> [!abstract]\n> a\n\n## B {#Some_Id}\n\n```\nnever closed\n",
        "---\nlayout: post\nquiz:\n  show_correct: true\n---\n# T\n\ntext\n",
    ],
)
def test_notes_as_people_keep_them_are_not_held_back(text):
    found = check_course({"note.md": text}, ())["note.md"]

    assert found
    assert not any(one.stops for one in found)


def test_what_could_do_harm_stays_an_error():
    text = f"{asked(GOOD)}\n### Again? {{#w}}\n\n{GOOD}"

    assert levels(text, "question-duplicate-id") == {"error"}
    assert not MILD_WITHOUT_COURSE & COURSE_SAMPLES.keys()


def test_a_question_that_nobody_could_answer_is_no_question():
    text = asked(GOOD) + "\n### Or? {#v}\n\n- [ ] a\n- [ ] b\n- [ ] c\n"

    document = parse_lesson(text, name="a.md")

    assert [one.key for quiz in document.quizzes for one in quiz.questions] == ["w"]
    assert stops(text, "question-no-right-choice") == {True}


def test_a_quick_question_that_is_left_out_leaves_no_mark_in_the_text():
    text = "# T\n\nBefore.\n\n### Or? {#v .question}\n\n- [ ] a\n- [ ] b\n\nAfter.\n"

    document = parse_lesson(text, name="a.md")

    assert document.quizzes == ()
    assert document.body.split() == ["Before.", "After."]


@pytest.mark.parametrize(
    ("text", "code", "words", "stub"),
    [
        ("---\nshufle: false\n---\n# T\n", "structure-unknown-key", "`shuffle`?", "shuffle: …"),
        ("# T\n\n> [!NOTTE]\n> a\n", "structure-unknown-callout", "`[!NOTE]`?", "> [!NOTE]"),
        ("# T\n\n> [!info]\n> a\n", "structure-unknown-callout", "`[!NOTE]`?", "> [!NOTE]"),
        ("# T\n\n## Q {.quizz}\n", "question-misspelt-class", "`.quiz`?", ".quiz"),
        (
            "# T\n\n| a | b |\n|---|---|\n| c | d |\n\nTable: t {#t .compar}\n",
            "question-misspelt-class",
            "`.compare`?",
            ".compare",
        ),
        (asked(GOOD, "W? {#w .tiped}"), "question-misspelt-class", "`.typed`?", ".typed"),
        (asked(GOOD, "W? {#w shufle=off}"), "question-unknown-option", "`shuffle`?", "shuffle"),
        (
            asked(GOOD).replace(".quiz", ".quiz feedbak=end"),
            "question-unknown-option",
            "`feedback`?",
            "feedback",
        ),
        (
            asked(GOOD).replace(".quiz", ".quiz feedback=ende"),
            "question-bad-value",
            "`feedback=end`?",
            "feedback=end",
        ),
        (
            asked(GOOD, "W? {#w shuffle=false}"),
            "question-bad-value",
            "`shuffle=off`?",
            "shuffle=off",
        ),
    ],
)
def test_the_word_that_was_meant_is_suggested(text, code, words, stub):
    found = check_course({"course.md" if "---" in text[:3] else "a.md": text}, ())
    (problem,) = [one for of in found.values() for one in of if one.code == code]

    assert "id you mean" in message_of(problem)
    assert words in message_of(problem)
    assert stub_of(problem) == stub


CODE_FIRST = """\
# T

<quiz>
```python
print("hello")
```
This prints [[hello]].
</quiz>
"""


def test_a_question_in_tags_may_begin_with_code():
    document = parse_lesson(CODE_FIRST, name="a.md")

    (question,) = document.quizzes[0].questions
    assert question.stem == "This prints …."
    assert "print" in question.gap_text
    assert "question-empty-stem" not in {one.code for one in document.problems}
