"""Pipe tables: cells, captions, and the places of their faults."""

import pytest

from learn.authoring.parse import parse_lesson


def read(text: str):
    return parse_lesson(f"# T\n\n{text}\n", name="a.md")


def faults(document):
    return [(one.code, one.line, one.column) for one in document.problems]


def test_a_table_has_columns_rows_a_caption_and_lines():
    document = read(
        "| | Lambda | Batch |\n|---|:-:|--:|\n"
        "| Longest *run* | 15 minutes | none |\n| Starts | event | job |\n"
        "\nTable: At a *glance* {#at-a-glance .compare checked=2026-11}\n"
    )

    (table,) = document.tables
    assert table.anchor == "at-a-glance"
    assert table.caption == "At a *glance*"
    assert table.attributes.classes == ("compare",)
    assert table.attributes.options == {"checked": "2026-11"}
    assert table.columns == ("", "Lambda", "Batch")
    assert table.rows == (("Longest *run*", "15 minutes", "none"), ("Starts", "event", "job"))
    assert (table.line, table.row_lines) == (3, (5, 6))
    assert document.problems == ()


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_caption_stands_below_its_table(gap):
    assert read(f"| a |\n|---|\n| b |\n{gap}Table: Words\n").tables[0].caption == "Words"


def test_a_caption_two_blank_lines_away_is_not_the_tables():
    document = read("| a |\n|---|\n| b |\n\n\nTable: Words {#w}\n")

    assert document.tables[0].caption == ""
    assert faults(document) == [("structure-lone-caption", 8, 1)]


def test_a_sentence_that_begins_with_table_is_a_sentence():
    assert read("Table: three of them stood in the room.\n").problems == ()


def test_outer_bars_may_be_left_out():
    (table,) = read("a | b\n--|--\nc | d\n").tables

    assert (table.columns, table.rows) == (("a", "b"), (("c", "d"),))


def test_an_escaped_bar_is_text_also_in_code():
    (table,) = read("| a | b |\n|---|---|\n| x \\| y | `p \\| q` |\n").tables

    assert table.rows == (("x | y", "`p | q`"),)


def test_a_bar_in_code_ends_the_cell_as_on_code_hosts_and_is_reported_there():
    document = read("| a | b |\n|---|---|\n| `p|q` | r |\n")

    assert faults(document) == [("structure-bar-in-code", 5, 5)]


def test_a_row_that_is_too_long_is_an_error_at_the_first_cell_too_many():
    document = read("| a | b |\n|---|---|\n| c | d | e |\n")

    assert faults(document) == [("structure-row-too-long", 5, 11)]
    assert document.tables[0].rows == (("c", "d"),)


def test_a_row_that_is_too_short_is_a_warning_at_its_end():
    document = read("| a | b |\n|---|---|\n| c |\n")

    assert faults(document) == [("structure-row-too-short", 5, 6)]
    assert document.problems[0].level == "warning"
    assert document.tables[0].rows == (("c", ""),)


def test_an_empty_cell_is_a_cell():
    document = read("| a | b |\n|---|---|\n| c | |\n| | d |\n")

    assert document.problems == ()
    assert document.tables[0].rows == (("c", ""), ("", "d"))


def test_a_head_that_does_not_fit_its_dashes_makes_no_table_and_is_reported():
    document = read("| a | b | c |\n|---|---|\n| d | e | f |\n")

    assert document.tables == ()
    assert faults(document) == [("structure-table-head", 3, 1)]


def test_tables_in_lists_and_quotes_are_read_with_true_columns():
    document = read(
        "- item\n\n  | a | b |\n  |---|---|\n  | c | d | e |\n\n> | a |\n> |---|\n> | b |\n"
    )

    assert [table.columns for table in document.tables] == [("a", "b"), ("a",)]
    assert faults(document) == [("structure-row-too-long", 7, 13)]


def test_what_looks_like_a_table_in_code_is_code():
    document = read("```\n| a | b |\n|---|\n```\n\n    | a |\n    |---|\n")

    assert (document.tables, document.problems) == ((), ())


def test_a_table_ends_at_a_blank_line_or_another_block():
    (table,) = read("| a |\n|---|\n| b |\n# Heading\n").tables

    assert table.rows == (("b",),)


def test_an_id_is_made_from_the_caption_where_none_is_written():
    assert read("| a |\n|---|\n| b |\n\nTable: At a *glance*\n").tables[0].anchor == "at-a-glance"
    assert read("| a |\n|---|\n| b |\n").tables[0].anchor == ""


def test_tables_of_questions_are_not_the_lessons():
    document = read("## Q {.quiz}\n\n### Which?\n\n| a |\n|---|\n| b |\n\n- [x] a\n- [ ] b\n")

    assert document.tables == ()
    assert document.quizzes[0].questions[0].body == "| a |\n|---|\n| b |"


def test_a_line_with_bars_right_above_a_table_hides_it_from_nobody():
    (table,) = read("| x | y |\n| a | b |\n|---|---|\n| c | d |\n").tables

    assert (table.columns, table.rows) == (("a", "b"), (("c", "d"),))


@pytest.mark.parametrize(
    "text", ["|x| + |y|\nis |z|", "||\n||", "| a |\n| b |", "| a \\|\n| b \\|"]
)
def test_bars_that_make_no_row_are_text(text):
    assert faults(read(text)) == []
