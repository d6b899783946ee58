"""Which cells a drill asks, which it leaves out and why, and the principle after the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learn.authoring.parse import parse_lesson
from learn.authoring.statements import drills_of, fitted, is_kept_out, without_notes, without_star
from learn.authoring.statements_report import statements_text


def table(*rows, head="| | Lambda | Batch |", caption="{#t .compare}", after=""):
    dashes = "|" + "---|" * (head.count("|") - 1)
    return "\n".join(["# Lesson", "", head, dashes, *rows, "", f"Table: Both {caption}", "", after])


def drill_of(text):
    [drill] = drills_of(parse_lesson(text, name="a.md"))
    return drill


def reasons(drill):
    return {(left.place.row, left.place.column): left.reason for left in drill.left_out}


TWO = ("| Run | short | long |", "| Start | event | queue |")


def test_each_cell_of_a_comparison_is_a_statement():
    drill = drill_of(table(*TWO))
    assert [(p.row, p.column) for p in drill.statements] == [(0, 1), (0, 2), (1, 1), (1, 2)]
    assert drill.rows == ("run", "start")
    assert drill.columns == ("lambda", "batch")
    assert drill.is_offered


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| Price | a fee | A fee. |", {(2, 1): "equal", (2, 2): "equal"}),
        ("| Price | | a fee |", {(2, 1): "empty"}),
        ("| Price | – | a fee |", {(2, 1): "empty"}),
        (f"| Price | {'x' * 201} | a fee |", {(2, 1): "long"}),
        ("| Price | what Lambda costs | a fee |", {(2, 1): "names"}),
        ("| Price | unlike Batch, a fee | nothing |", {(2, 1): "names"}),
        ("| Price * | a | b |", {(2, 1): "starred", (2, 2): "starred"}),
        ("| Price*[^1] | a | b |", {(2, 1): "starred", (2, 2): "starred"}),
        ("| *Price* | a | b |", {}),
        ("| Run | a | b |", {(2, 1): "twice", (2, 2): "twice"}),
    ],
)
def test_cells_that_teach_nothing_are_left_out_and_say_why(row, expected):
    assert reasons(drill_of(table(*TWO, row))) == expected


def test_a_column_inside_a_longer_word_gives_nothing_away():
    assert not reasons(drill_of(table(*TWO, "| Unit | lambdas | batches |")))


def test_a_decision_table_asks_each_situation_for_its_choice():
    rows = ("| Short | Lambda | fast |", "| Long | Batch | slow |", "| A Batch job | Batch | so |")
    drill = drill_of(table(*rows, head="| If | Use | Why |", caption="{#t .decide}"))
    assert [(p.row, p.column) for p in drill.statements] == [(0, 1), (1, 1)]
    assert reasons(drill) == {(2, 1): "names"}


@pytest.mark.parametrize(
    "text",
    [
        table(TWO[0]),
        table(*TWO, caption="{#t .compare drill=off}"),
        table("| A | x |", "| B | x |", head="| If | Use |", caption="{#t .decide}"),
    ],
    ids=["one row", "switched off", "one choice alone"],
)
def test_too_little_to_tell_apart_is_no_drill(text):
    assert not drill_of(text).is_offered


def test_an_ordinary_table_is_no_drill():
    assert drills_of(parse_lesson(table(*TWO, caption="{#t}"), name="a.md")) == []
    assert (
        drills_of(parse_lesson(table(*TWO, caption="").replace("Table: Both", "Text"), name="a.md"))
        == []
    )


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("> **In short.** One reacts,\n> one waits.\n\nMore.", "One reacts,\none waits."),
        (">**In short.** Close.", "Close."),
        ("> Another quote.", ""),
        ("Text.\n\n> **In short.** Too late.", ""),
    ],
)
def test_the_principle_is_the_quote_right_after_the_caption(after, expected):
    assert drill_of(table(*TWO, after=after)).principle == expected


def test_a_star_is_neither_shown_nor_part_of_the_name():
    assert without_star("Price *") == "Price"
    assert without_star("*Price*") == "*Price*"
    assert without_star(r"Price \*") == r"Price \*"
    assert drill_of(table(*TWO, "| Price * | a | b |")).rows[2] == "price"


def test_footnote_marks_go_and_code_stays():
    assert without_notes("Run[^1] `[^a-z]` now[^x]") == "Run `[^a-z]` now"


def test_the_author_sees_what_is_asked_and_what_is_left_out():
    text = statements_text({"a.md": table(*TWO, "| Price | | a fee |"), "course.md": "# C"})
    assert "a.md:3 Both: 5 statements, no principle" in text
    assert "  - Run: short -> Lambda" in text
    assert "  x Price: (empty) -> Lambda (left out: it is empty)" in text


@given(st.text(max_size=300), st.integers(20, 150))
def test_a_fitted_name_fits_and_short_ones_stay(name, length):
    assert len(fitted(name, length)) <= length
    assert len(name) > length or fitted(name, length) == name


@given(st.text(alphabet="a*\\ [^]1", max_size=12))
def test_a_star_is_taken_off_once(aspect):
    assert is_kept_out(aspect) == (without_star(aspect) != aspect)
