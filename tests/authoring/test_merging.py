"""Two edits of one text together: nothing that only one side wrote is ever lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learn.authoring.check import check_course
from learn.authoring.merging import Labels, merge_texts

BASE = "# Cats\n\nCats sleep.\n\nCats eat.\n"
PURR = BASE.replace("sleep", "purr")
HISS = BASE.replace("eat", "hiss")


def test_edits_of_different_lines_go_together():
    merge = merge_texts(BASE, PURR, HISS)
    assert merge.is_clean
    assert merge.text == "# Cats\n\nCats purr.\n\nCats hiss.\n"


def test_the_same_edit_on_both_sides_is_one():
    assert merge_texts(BASE, PURR, PURR).text == PURR


def test_edits_of_the_same_line_stand_beside_each_other():
    merge = merge_texts(
        BASE, PURR, BASE.replace("sleep", "play"), Labels("studio", "both", "folder")
    )
    assert not merge.is_clean
    assert merge.text == (
        "# Cats\n\n"
        "<<<<<<< studio\nCats purr.\n"
        "||||||| both\nCats sleep.\n"
        "=======\nCats play.\n"
        ">>>>>>> folder\n"
        "\nCats eat.\n"
    )


def test_what_was_removed_on_one_side_and_changed_on_the_other_meets():
    merge = merge_texts(BASE, "# Cats\n\nCats eat.\n", PURR)
    assert not merge.is_clean
    assert "Cats purr." in merge.text


def test_windows_lines_stay_so_and_marks_too():
    base, mine, theirs = (text.replace("\n", "\r\n") for text in (BASE, PURR, HISS))
    assert merge_texts(base, mine, theirs).text.count("\r\n") == 5
    met = merge_texts(base, mine, base.replace("sleep", "play")).text
    assert met.count("\n") == met.count("\r\n")


def test_a_last_line_without_an_end_keeps_the_marks_apart():
    merge = merge_texts("a", "b", "c")
    assert merge.text == "<<<<<<< mine\nb\n||||||| before\na\n=======\nc\n>>>>>>> theirs\n"


def test_marks_can_never_be_published():
    merge = merge_texts(BASE, PURR, BASE.replace("sleep", "play"))
    problems = check_course({"01-cats.md": merge.text}, ())["01-cats.md"]
    found = {(one.line, one.level) for one in problems if one.code == "structure-merge-marker"}
    assert found == {(3, "error"), (5, "error"), (9, "error")}


TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "d\r\n", "e"]), max_size=12).map(
    "".join
)


@given(base=TEXTS, other=TEXTS)
def test_who_changed_nothing_gives_way(base, other):
    assert merge_texts(base, base, other).text == other
    assert merge_texts(base, other, base).text == other
    assert merge_texts(base, other, other).text == other


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_every_new_line_of_both_is_in_the_result(base, mine, theirs):
    merge = merge_texts(base, mine, theirs)
    lines = {line.strip("\r\n") for line in merge.text.splitlines()}
    for side in (mine, theirs):
        new = {line.strip("\r\n") for line in side.splitlines()} - set(base.splitlines())
        assert new <= lines
    assert merge.is_clean == ("<<<<<<<" not in merge.text)


@pytest.mark.parametrize("sign", ["\n", "word\n"])
def test_a_long_text_of_equal_lines_does_not_take_for_ever(sign):
    base = sign * 20_000
    merge = merge_texts(base, base + "mine\n", "theirs\n" + base)
    assert {"mine", "theirs"} <= set(merge.text.splitlines())
