"""CRAFT: what gives an answer away, and what only looks as if it did."""

from pathlib import Path

import pytest

from learn.authoring.check import check_course
from learn.authoring.codes import message_of, stub_of
from tests.authoring.rule_samples import LONG, choices

ROOT = Path(__file__).parents[2]


def craft(text: str, course: str = ""):
    """The problems of craft in a lesson, as codes and lines."""
    found = check_course({"course.md": course, "01-a.md": text}, ())["01-a.md"]
    return [(one.code, one.line) for one in found if one.code.startswith("craft-")]


def stem(text: str) -> str:
    return choices("a", "b", "c", stem=text)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (
            choices("a job that waits until there is room for it", "a job", "room"),
            "longest-right",
            7,
        ),
        (choices("a", "b", "all of these"), "all-of-the-above", 10),
        (choices("a", "b", "Both of the above."), "all-of-the-above", 10),
        (choices("a", "b", "*None* of the others"), "none-of-the-above", 10),
        (choices("a", "Neither of these answers", "c"), "none-of-the-above", 8),
        (stem("Which of these is not a lake?"), "negative-stem", 5),
        (stem("All of these are lakes except:"), "negative-stem", 5),
        (stem("Which service doesn't need servers?"), "negative-stem", 5),
        (stem("A job waits. Which state can it never be in?"), "negative-stem", 5),
        (choices("it may wait", "it always waits", "it never waits", "b"), "absolute-words", 8),
        (choices("a", "b", "c", "d", "e", "f"), "many-choices", 16),
        (choices("a", "b"), "few-choices", 5),
    ],
)
def test_each_flaw_is_named_where_it_stands(text, code, line):
    assert craft(text) == [(f"craft-{code}", line)]


@pytest.mark.parametrize(
    "text",
    [
        choices("a job that waits until there is room", "a job that runs at once", "room"),
        choices("`a_very_long_name(of, a, function, in, code)`", "`a()`", "`b()`"),
        choices("see <https://example.org/a/very/long/address/of/a/page>", "b d e f g h", "c"),
        choices("a\n\n  ```\n  always never all of this is code\n  ```", "b", "c"),
        choices("Yes", "No"),
        choices("All of the above-ground pipes", "None of the buried pipes", "c"),
        choices("it always waits", "it never waits", "it waits for all"),
        choices("it waits", "`never` waits", "`always` waits"),
        stem("Which of these is **not** a lake?"),
        stem("Which of these is NOT a lake?"),
        stem("What happens if the function does not answer?"),
        stem("What becomes of a job that has not started?"),
        stem("Why does a job not start?"),
        stem("A job is not in the logs. What could explain it?"),
        choices("a managed scheduler", "a managed queue", "a", stem="What is a managed scheduler?"),
        choices("`managed scheduler`", "b", "c", stem="What is a managed scheduler?"),
    ],
)
def test_what_only_looks_like_a_flaw_is_left_alone(text):
    assert craft(text) == []


def test_the_advice_is_concrete():
    text = stem("Which of these is not a lake?")

    (problem,) = check_course({"course.md": "", "01-a.md": text}, ())["01-a.md"]

    assert "'not' is easy to overlook" in message_of(problem)
    assert stub_of(problem) == "Which of these is **not** a lake?"


def test_words_that_give_the_answer_away_are_named_as_written():
    asked = "What does a computing scheduler do?"
    text = choices("It schedules computers", "a river", "a lake", stem=asked)

    (problem,) = check_course({"course.md": "", "01-a.md": text}, ())["01-a.md"]

    assert message_of(problem).endswith("repeats words of the question: 'schedules', 'computers'.")


def test_a_course_can_do_without_the_advice():
    assert craft(choices("a", "b"), "---\ncraft: off\n---\n") == []


def numbered(count: int, first: str = "- [x] a\n- [ ] b\n- [ ] c\n") -> str:
    return "".join(f"### Which {n}? {{#w-{n}}}\n\n{first}\n" for n in range(count))


def test_a_habit_of_putting_the_right_choice_first_shows_without_shuffling():
    last = numbered(4, "- [ ] a\n- [ ] b\n- [x] c\n").replace("w-", "v-").replace("Which", "What")
    quiz = "# T\n\n## Q {.quiz shuffle=off}\n\n"

    assert craft(quiz + numbered(4)) == [("craft-right-first", 7)]
    assert craft(quiz + numbered(3)) == []
    assert craft(quiz + numbered(4) + last) == []
    assert craft((quiz + numbered(4)).replace("shuffle=off", "")) == []
    assert craft((quiz + numbered(4)).replace("{#", "{shuffle=on #")) == []


def test_the_habit_is_found_over_a_whole_course_and_named_once():
    files = {
        "course.md": "---\ntitle: T\nshuffle: false\n---\n",
        **{
            f"0{n}-a.md": f"# T\n\n## Q {{.quiz}}\n\n{numbered(2).replace('w-', f'w-{n}-')}"
            for n in range(1, 4)
        },
    }

    found = check_course(files, ())

    (problem,) = found["course.md"]
    assert (problem.code, problem.line) == ("craft-right-first", 3)
    assert "6 of the 6 questions of this course" in message_of(problem)


def test_a_lesson_that_asks_nothing_is_found_among_those_that_ask():
    asks = choices("a", "b", "c")
    silent = f"# T\n\n{LONG}\n"

    def of_silent(**files: str) -> list[str]:
        found = check_course({"02-b.md": silent, **files}, ())["02-b.md"]
        return [one.code for one in found]

    assert of_silent(**{"course.md": "", "01-a.md": asks}) == ["craft-lesson-without-check"]
    assert of_silent(**{"course.md": ""}) == []
    assert of_silent(**{"01-a.md": asks}) == [], "a folder of notes is no course"


def test_the_course_of_this_repository_is_free_of_warnings():
    root = ROOT / "content" / "aws-compute"
    files = {path.name: path.read_text(encoding="utf-8") for path in root.glob("*.md")}
    media = [path.relative_to(root).as_posix() for path in root.glob("media/*")]

    found = check_course(dict(sorted(files.items())), media)

    assert {name: problems for name, problems in found.items() if problems} == {}
