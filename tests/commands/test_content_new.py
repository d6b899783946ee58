"""``manage.py content new``: what it makes can be used at once, and nothing is overwritten."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError

from learn.authoring.drafting.files import FIRST_LESSON
from learn.authoring.drafting.questions import SKELETONS
from learn.authoring.parse import parse_lesson
from learn.course_folder import read_content
from tests.commands.test_content_check import run


def refused(*arguments: object) -> str:
    """Return the line that says why something is not made."""
    with pytest.raises(CommandError) as fault:
        run("new", *arguments)
    assert fault.value.returncode == 2
    assert "\n" not in str(fault.value)
    return str(fault.value)


@pytest.fixture
def root(tmp_path: Path, settings) -> Path:
    """A content folder with one new course, `coffee`."""
    settings.CHECKMARK_CONTENT = tmp_path / "content"
    run("new", "course", "coffee", "--title", 'Coffee: "good" coffee')
    return settings.CHECKMARK_CONTENT


def test_a_new_course_has_nothing_to_mend(root):
    assert run("check", "--strict", root) == (0, "0 errors, 0 warnings in 2 files\n")
    assert run("fix", root, "--dry-run")[0] == 0


def test_the_first_lesson_asks_in_the_text_and_after_it(root):
    text = (root / "coffee" / FIRST_LESSON).read_text(encoding="utf-8")
    quizzes = parse_lesson(text, name=FIRST_LESSON).quizzes

    kinds = [[(one.kind, one.is_quick) for one in quiz.questions] for quiz in quizzes]
    assert kinds == [
        [("choose-one", False), ("choose-all", False), ("ordering", False)],
        [("choose-one", True)],
    ]


def test_the_title_is_that_of_the_course(root):
    assert 'title: "Coffee: \\"good\\" coffee"' in (root / "coffee" / "course.md").read_text()
    assert [folder.slug for folder in read_content(root)] == ["coffee"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("cold.brew", "'cold-brew'"), ("Cold brew", "'cold-brew'"), ("../x", "'x'"),
     ("coffee", "'coffee-2'"), ("01-tea", "'tea'"), ("", "'course'")],
)  # fmt: skip
def test_a_course_cannot_have_every_name(root, name, words):
    assert words in refused("course", name)


def test_a_course_is_not_put_into_a_course(root):
    words = refused("course", "tea", "--content", root / "coffee")

    assert "is a course itself" in words


def test_a_folder_that_is_there_stays_as_it_is(root):
    (root / "tea").mkdir()

    assert "is there already" in refused("course", "tea")
    assert list((root / "tea").iterdir()) == []


def test_lessons_are_numbered_on(root):
    for title in ("Beans & water", "Größe"):
        run("new", "lesson", "coffee", title)

    names = sorted(path.name for path in (root / "coffee").iterdir())
    assert names == [FIRST_LESSON, "02-beans-water.md", "03-grosse.md", "course.md"]


def test_a_new_lesson_is_a_draft_with_a_knowledge_check(root):
    run("new", "lesson", "coffee", "Beans: a\nstart")

    lesson = parse_lesson((root / "coffee" / "02-beans-a-start.md").read_text(), name="02-b.md")
    assert (lesson.title, lesson.facts.status) == ("Beans: a start", "draft")
    assert [one.kind for one in lesson.quizzes[0].questions] == ["choose-one"]
    assert not lesson.problems


def test_a_lesson_goes_behind_another_where_a_number_is_free(root):
    folder = root / "coffee"
    (folder / "010-water.md").write_text("# Water\n\nText.\n")

    run("new", "lesson", folder, "Beans", "--after", FIRST_LESSON)

    assert (folder / "002-beans.md").is_file()
    assert "no number free" in refused("lesson", "coffee", "Milk", "--after", FIRST_LESSON)


def test_where_lessons_have_no_numbers_the_new_one_has_none(tmp_path):
    (tmp_path / "beans.md").write_text("# Beans\n\nText.\n")

    run("new", "lesson", tmp_path, "Water", "--content", tmp_path)

    assert (tmp_path / "water.md").is_file()


@pytest.mark.parametrize(
    ("course", "title", "after", "words"),
    [
        ("coffe", "Beans", "", "Did you mean `coffee`?"),
        ("coffee", "Check", "", "'Check lesson'"),
        ("coffee", "?!", "", "no letter"),
        ("coffee", "How a lesson is written", "", "already"),
        ("coffee", "Beans", "01-how.md", f"did you mean '{FIRST_LESSON}'"),
        ("coffee", "Beans", "deep/01-how.md", "There is no file"),
    ],
)
def test_a_lesson_that_cannot_be_made_is_said_in_a_line(root, course, title, after, words):
    before = sorted(root.rglob("*"))

    assert words in refused("lesson", course, title, *(["--after", after] if after else []))
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("kind", SKELETONS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_question_of_each_kind_is_added_and_all_else_stays(root, kind, end):
    path = root / "coffee" / FIRST_LESSON
    before = path.read_bytes().replace(b"\n", end.encode())
    path.write_bytes(before)

    run("new", "question", path, "--kind", kind)

    after = path.read_bytes()
    added = len(after) - len(before)
    at = next(n for n in range(len(after)) if after[:n] + after[n + added :] == before)
    assert after[at : at + added].count(b"\n") == after[at : at + added].count(end.encode())
    questions = parse_lesson(after.decode(), name=FIRST_LESSON).quizzes[0].questions
    assert (questions[-1].kind, questions[-1].key) == (kind, "how-a-lesson-is-written-question-5")
    out = run("check", root, "--format", "json")
    assert out[0] == 0
    codes = {row["code"] for row in json.loads(out[1])}
    # The number of the text to fill in stands for one that the lesson has to tell.
    placeholders = {"explanation-missing", "question-unfinished"}
    assert codes - ({"fact-figure-without-source"} if kind == "number" else set()) <= placeholders


def test_a_lesson_without_a_quiz_gets_one_before_its_definitions(tmp_path):
    path = tmp_path / "01-a.md"
    path.write_text("# A\n\nText[^n].\n\n## End\n\nMore.\n\n[^n]: Note.\n")

    run("new", "question", path, "--kind", "gaps")

    text = path.read_text()
    assert text.startswith(
        "# A\n\nText[^n].\n\n## End\n\nMore.\n\n## Knowledge check {.quiz}\n\n### "
    )
    assert text.endswith("]].\n\n[^n]: Note.\n")


def test_ids_are_not_given_twice_in_a_course(tmp_path):
    quiz = "# A\n\n## Q {.quiz}\n\n### Which? {#a-question-1}\n\n- [x] a\n- [ ] b\n"
    (tmp_path / "02-b.md").write_text(quiz)
    (tmp_path / "01-a.md").write_text("# A\n\nText.\n")

    run("new", "question", tmp_path / "01-a.md")

    assert "{#a-question-2}" in (tmp_path / "01-a.md").read_text()


def test_a_file_that_no_question_can_be_added_to_stays_as_it_is(tmp_path):
    path = tmp_path / "01-a.md"
    path.write_text("# A\n\n```\nnever closed\n")

    assert "may be open at its end" in refused("question", path)
    assert path.read_text() == "# A\n\n```\nnever closed\n"
    assert "There is no file" in refused("question", tmp_path / "02-b.md")


def test_the_course_file_takes_no_question(root):
    assert "is no lesson" in refused("question", root / "coffee" / "course.md")


def test_a_lesson_is_found_from_the_content_folder_too(root, settings):
    settings.CHECKMARK_CONTENT = root
    name = next(root.glob("*/01-*.md")).relative_to(root)

    assert "its id is" in run("new", "question", name)[1]
    refusal = refused("question", name.with_name("01-how-a-lesson-was-writen.md"))
    assert f"Did you mean `{name.name}`?" in refusal
