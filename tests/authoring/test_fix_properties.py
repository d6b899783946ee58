"""What `content fix` may never do, however odd the course is."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from learn.authoring.document import Question
from learn.authoring.fixing.course import fix_course
from learn.authoring.parse import parse_lesson
from learn.authoring.source_text import split_lines
from tests.authoring.test_parse_properties import texts

BLOCKS = [
    "---\ntitel: x\n---\n", "---\ntitle: x\ntag: [a]\n---\n", "# T\n", "## One\n",
    "## Two Things\n",
    "Two\n---\n", "## One {.compare}\n", "## Big {#Big_Id}\n", "## Three {#three}\n",
    "## Knowledge check\n", "## Q {.quiz}\n", "## Q {.quizz pas=80}\n", "## Q {#q .quiz}\n",
    "### Which?\n", "### Which? ###\n", "### Which?  \t\n", "### Which? {#w}\n", "### Which 1\n",
    "### Name {.typed}\n", "### Größe?\n", "### Q {a, b}\n", "### X {#a, .b}\n", "Which?\n---\n",
    "### Quick {.question}\n", "#### Q1. Which?\n", "###\n", "> ## Quoted\n",
    "- [x] a\n- [ ] b\n", "- [x] a\n  > why\n-[ ] b\n", "- [ x ]a\n- [] b\n", "- [X] a\n* [ ] b\n",
    "1. a\n2. b\n", "It is [[a|b]].\n", "| a | b |\n|---|---|\n| c | d |\n",
    "| a | b |\n|---|---|\n| `c|d` | e |\n\nTable: Cells {.compare}\n", "Table: At a glance {#t}\n",
    "| a | b |\n|---|---|\n| c | d |\n\nTable: At a glance {.decide}\n",
    "See [o](#one) [p](02-b.md#Two-Things) [q](B.md) [r](guide/03-C.md#one).\n",
    "[s](b.md#at-a-glance.C.b) ![t](Media/X.png) [u](my file.md) <a href=\"B.md\">v</a>\n",
    "[w][ref] and [ref]\n", "[ref]: 02-B.md#ONE\n", "[^n]: note\n",
    "<quiz>\nWhich?\n- [x] a\n</quiz>\n",
    "```\n", "<!--\n", "> ", "  ", "\t", "\ufeff", "\u2028", "\x00", "text ",
]  # fmt: skip
from_blocks = st.lists(
    st.tuples(st.sampled_from(BLOCKS), st.sampled_from(["\n", "", "", "\r\n", "\r", " \n"])).map(
        "".join
    ),
    min_size=4,
    max_size=25,
).map("".join)
lessons = st.one_of(from_blocks, from_blocks, texts)
courses = st.fixed_dictionaries(
    {"01-a.md": lessons, "02-b.md": lessons, "guide/03-c.md": lessons},
    optional={"course.md": lessons, "04-b.md": lessons},
)
MEDIA = {"media/x.png"}


def asked(name: str, text: str) -> dict[int, Question]:
    quizzes = parse_lesson(text, name=name).quizzes
    return {question.line: question for quiz in quizzes for question in quiz.questions}


def line_ends(text: str) -> list[str]:
    return [sign for sign in text.replace("\r\n", "\n\r") if sign in "\r\n"]


@settings(max_examples=400, deadline=None)
@given(files=courses)
def test_fixing_twice_changes_nothing_more(files):
    report = fix_course(files, MEDIA)
    event(f"repairs: {min(len(report.repairs), 5)}")

    again = fix_course({**files, **report.texts}, MEDIA)

    assert (again.texts, again.repairs) == ({}, [])
    assert again.left == report.left


@settings(max_examples=400, deadline=None)
@given(files=courses)
def test_every_question_keeps_its_key(files):
    fixed = {**files, **fix_course(files, MEDIA).texts}

    for name in files:
        if name == "course.md":
            continue
        after = asked(name, fixed[name])
        for line, question in asked(name, files[name]).items():
            assert after[line].key == question.key


@settings(max_examples=400, deadline=None)
@given(files=courses)
def test_only_lines_that_are_reported_change_and_no_line_end_does(files):
    report = fix_course(files, MEDIA)
    named = {(one.file, one.line) for one in report.repairs}

    for name, text in report.texts.items():
        old, new = split_lines(files[name]), split_lines(text)
        assert len(old) == len(new)
        assert line_ends(files[name]) == line_ends(text)
        changed = {
            (name, at)
            for at, pair in enumerate(zip(old, new, strict=True), 1)
            if len(set(pair)) > 1
        }
        assert changed == {place for place in named if place[0] == name}
    assert {name for name, _ in named} == set(report.texts)


@settings(max_examples=400, deadline=None)
@given(files=courses)
def test_an_id_is_put_in_and_nothing_else_of_its_line_changes(files):
    report = fix_course(files, MEDIA)

    for one in report.repairs:
        beside = [
            other for other in report.repairs if (other.file, other.line) == (one.file, one.line)
        ]
        if "id" not in one.values or len(beside) > 1:
            continue
        old = split_lines(files[one.file])[one.line - 1]
        new = split_lines(report.texts[one.file])[one.line - 1]
        written = [f" {{#{one.values['id']}}}", f"#{one.values['id']} "]
        assert old in [new.replace(piece, "", 1) for piece in written]


@settings(max_examples=400, deadline=None)
@given(files=courses)
def test_where_only_ids_are_written_everything_is_read_as_before(files):
    report = fix_course(files, MEDIA)
    mended = {one.file for one in report.repairs if "id" not in one.values}

    for name in set(report.texts) - mended - {"course.md"}:
        old = parse_lesson(files[name], name=name)
        new = parse_lesson(report.texts[name], name=name)
        assert new.headings == old.headings
        assert [table.anchor for table in new.tables] == [table.anchor for table in old.tables]
        assert (new.title, new.facts, new.definitions) == (old.title, old.facts, old.definitions)
        assert [(link.path, link.fragment, link.line) for link in new.links] == [
            (link.path, link.fragment, link.line) for link in old.links
        ]
        assert [told(quiz) for quiz in new.quizzes] == [told(quiz) for quiz in old.quizzes]


def told(quiz):
    return [
        (quiz.title, quiz.anchor, quiz.pass_mark, quiz.introduction),
        *(
            (
                one.key, one.kind, one.stem, one.body, one.hints, one.explanation, one.is_quick,
                one.choices, one.items, one.pairs, one.gaps, one.attributes.classes,
                one.attributes.options,
            )
            for one in quiz.questions
        ),
    ]  # fmt: skip
