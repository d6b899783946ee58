"""Links and pictures with their places, and what is no link."""

import pytest

from learn.authoring.parse import parse_lesson


def links(text: str):
    document = parse_lesson(f"# T\n\n{text}\n", name="a.md")
    return [
        (link.path, link.fragment, link.text, link.line, link.column) for link in document.links
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [b](c.md)", ("c.md", "", "b", 3, 3)),
        ("[b](c.md#d)", ("c.md", "d", "b", 3, 1)),
        ("[b](#d)", ("", "d", "b", 3, 1)),
        ("[](c.md#d)", ("c.md", "d", "", 3, 1)),
        ('[b](c.md "A title")', ("c.md", "", "b", 3, 1)),
        ("[b](<c d.md> 'title')", ("c d.md", "", "b", 3, 1)),
        ("[b](https://e.org/x_(y))", ("https://e.org/x_(y)", "", "b", 3, 1)),
        ("[b](c\\_d.md)", ("c_d.md", "", "b", 3, 1)),
        ("[*b* `]` c](d.md)", ("d.md", "", "*b* `]` c", 3, 1)),
        ("[b][r]\n\n[r]: c.md#d 'title'", ("c.md", "d", "b", 3, 1)),
        ("[R  x][]\n\n[r x]: c.md", ("c.md", "", "R x", 3, 1)),
        ("[r]\n\n[r]: <c.md>", ("c.md", "", "r", 3, 1)),
        ("<https://e.org/a#b>", ("https://e.org/a", "b", "https://e.org/a#b", 3, 1)),
        ("<me@example.org>", ("mailto:me@example.org", "", "me@example.org", 3, 1)),
        ("two\nlines [over\na](b.md) end", ("b.md", "", "over a", 4, 7)),
        ("> quoted [b](c.md)", ("c.md", "", "b", 3, 10)),
        ("- item\n  - inner [b](c.md)", ("c.md", "", "b", 4, 11)),
        ("| a |\n|---|\n| x [b](c.md) |", ("c.md", "", "b", 5, 5)),
        ("## Head [b](c.md) {#x}", ("c.md", "", "b", 3, 9)),
        ("Text[^n].\n\n[^n]: Note [b](c.md)", ("c.md", "", "b", 5, 12)),
        ('<a href="c.md#d">x</a>', ("c.md", "d", "", 3, 1)),
    ],
)  # fmt: skip
def test_links_of_all_kinds_are_found_at_their_place(text, expected):
    assert links(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![alt](m.png)", ("m.png", "", "alt", 3, 1)),
        ("![](m.png)", ("m.png", "", "", 3, 1)),
        ("![alt][r]\n\n[r]: m.png", ("m.png", "", "alt", 3, 1)),
        ('<img src="m.png" alt="what it shows">', ("m.png", "", "what it shows", 3, 1)),
        ("<img src='m.png'>", ("m.png", "", "", 3, 1)),
    ],
)
def test_pictures_are_found_with_their_alternative(text, expected):
    document = parse_lesson(f"# T\n\n{text}\n", name="a.md")

    assert links(text) == [expected]
    assert all(link.is_image for link in document.links)


def test_a_picture_in_a_link_is_both():
    assert links("[![alt](a.png)](b.md)") == [
        ("b.md", "", "![alt](a.png)", 3, 1),
        ("a.png", "", "alt", 3, 2),
    ]


def test_a_link_holds_no_link():
    assert links("[a [b](c.md) d](e.md)") == [("c.md", "", "b", 3, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "`[b](c.md)`",
        "`` ` [b](c.md) ``",
        "`over\n[b](c.md) lines`",
        "    [b](c.md)",
        "```\n[b](c.md)\n```",
        "<!-- [b](c.md) -->",
        "text <!-- [b](c.md)\n--> text",
        "\\[b](c.md)",
        "[b](c d.md)",
        "[b] (c.md)",
        "[b][undefined]",
        "[r]: c.md",
        "<div>\n[b](c.md)\n</div>",
        "- [ ] a task",
        "*[AB]: [b](c.md)",
    ],
)
def test_what_is_no_link_is_not_taken_for_one(text):
    assert links(text) == []


def test_an_open_backtick_hides_nothing():
    assert [link[0] for link in links("a ` [b](c.md)")] == ["c.md"]


def test_columns_count_characters_not_bytes():
    assert links("漢字\té [b](c.md)")[0][4] == 6


def test_links_of_questions_and_explanations_are_the_lessons_too():
    text = "## Q {.quiz}\n\n### Which [a](a.md)?\n\n- [x] b\n  > See [c](c.md#d).\n- [ ] e"

    assert [link[0] for link in links(text)] == ["a.md", "c.md"]
