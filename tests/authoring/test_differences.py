"""What changed between two texts, by line and by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learn.authoring.differences import Span, word_differences


def shown(before, after):
    """The comparison as text: marks before lines, changed words in brackets."""
    signs = {"same": " ", "removed": "-", "added": "+", "folded": "~"}
    return [
        signs[line.kind]
        + "".join(f"[{one.text}]" if one.kind != "same" else one.text for one in line.spans)
        + (str(line.hidden) if line.hidden else "")
        for line in word_differences(before, after)
    ]


def test_only_the_words_that_changed_are_marked():
    assert shown("Cats sleep all day.", "Cats purr all day.") == [
        "-Cats [sleep] all day.",
        "+Cats [purr] all day.",
    ]


def test_lines_with_nothing_in_common_are_changed_as_a_whole():
    assert shown("Cats sleep.", "Nothing left of it!") == [
        "-[Cats sleep.]",
        "+[Nothing left of it!]",
    ]


def test_unchanged_passages_are_folded():
    lines = [f"line {number}" for number in range(1, 21)]
    changed = [*lines[:9], "line ten", *lines[10:]]
    assert shown("\n".join(lines), "\n".join(changed)) == [
        "~6",
        *(" line 7", " line 8", " line 9"),
        *("-line [10]", "+line [ten]"),
        *(" line 11", " line 12", " line 13"),
        "~7",
    ]
    numbers = [(one.before, one.after) for one in word_differences("a\nb", "a\nnew\nb")]
    assert numbers == [(1, 1), (None, 2), (2, 3)]


@pytest.mark.parametrize("text", ["", "a\nb\n", "a\r\nb"])
def test_equal_texts_have_no_differences(text):
    assert word_differences(text, text.replace("\r\n", "\n")) == []


def test_an_inserted_line_is_added():
    assert shown("a\nb", "a\nnew\nb") == [" a", "+[new]", " b"]


TEXTS = st.lists(st.sampled_from(["a b", "a c", "", "d"]), max_size=9).map("\n".join)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_out_of_the_comparison(before, after):
    lines = word_differences(before, after)
    if not lines:
        assert before == after
        return
    old, new, place = [], [], 0
    source = before.split("\n")
    for line in lines:
        text = "".join(span.text for span in line.spans)
        if line.kind == "folded":
            old += source[place : place + line.hidden]
            new += source[place : place + line.hidden]
            place += line.hidden
            continue
        if line.before is not None:
            assert line.before == len(old) + 1
            old.append(text)
            place += 1
        if line.after is not None:
            assert line.after == len(new) + 1
            new.append(text)
    assert (old, new) == (source, after.split("\n"))


def test_spans_of_a_changed_line_say_what_stayed():
    [removed, added] = word_differences("15 minutes", "30 minutes")
    assert removed.spans == (Span("removed", "15"), Span("same", " minutes"))
    assert added.spans == (Span("added", "30"), Span("same", " minutes"))
