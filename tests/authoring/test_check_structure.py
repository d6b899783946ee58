"""STRUCTURE and LINKS: what is reported, where, and what is left alone."""

import pytest

from learn.authoring.check import check_course
from learn.authoring.codes import message_of, stub_of
from learn.authoring.rules.links import SITE_PAGES
from learn.urls import urlpatterns

NO_CRAFT = "---\ncraft: off\n---\n"


def found(text: str, media=(), **others: str):
    """Code, line and column of each problem of one lesson among others (`b="…"` is 02-b.md)."""
    files = {"course.md": NO_CRAFT, "01-a.md": text}
    files |= {f"02-{name}.md": other for name, other in others.items()}
    return [(one.code, one.line, one.column) for one in check_course(files, media)["01-a.md"]]


def first_problem(text: str, media=(), **others: str):
    files = {"course.md": NO_CRAFT, "01-a.md": text}
    files |= {f"02-{name}.md": other for name, other in others.items()}
    return check_course(files, media)["01-a.md"][0]


B = "# B\n\n## One\n\nText.\n\n## Two {#chosen}\n\nText.\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# T\n\nSee [b](02-b.md#three).\n", ("link-missing-anchor", 3, 5)),
        ("# T\n\nSee [b](b.md).\n", ("link-missing-file", 3, 5)),
        ("# T\n\nSee [b](02-b).\n", ("link-missing-file", 3, 5)),
        ("# T\n\nSee [b](data.csv).\n", ("link-missing-file", 3, 5)),
        ("# T\n\nSee [b][r].\n\n[r]: 03-c.md\n", ("link-missing-file", 3, 5)),
        ("# T\n\n> - See [b](../b.md)\n", ("link-outside-course", 3, 9)),
        ("# T\n\n| a |\n|---|\n| [b](03-c.md) |\n", ("link-missing-file", 5, 3)),
        ("# T\n\ntext ![b](b.svg)\n", ("link-missing-media", 3, 6)),
        ("# T\n\nSee [b](/etc/passwd).\n", ("link-from-the-top", 3, 5)),
        ("# T\n\nSee [b](\\\\server\\c).\n", ("link-from-the-top", 3, 5)),
        ("# T\n\ntext ![b](/media/x.svg)\n", ("link-from-the-top", 3, 6)),
        ("# T\n\nRows:\n | a | b |\n | c | d |\n", ("structure-table-without-dashes", 4, 2)),
        ("# T\n\n> | a | b |\n> |===|===|\n", ("structure-table-without-dashes", 3, 3)),
        ("# T\n\n| a | b |\n\n|---|---|\n| c | d |\n", ("structure-table-without-dashes", 5, 1)),
        ("# T\n\n| a | b |\n|---|\n| c | d |\n", ("structure-table-head", 3, 1)),
        ("# T\n\nSo $\\foo{x}$.\n", ("structure-unreadable-formula", 3, 4)),
        ("# T\n\n- $$\n  \\frac{a}\n  $$ and $a^2$\n", ("structure-unreadable-formula", 3, 3)),
        ("# T\n\n```math\n\\left( a\n```\n", ("structure-unreadable-formula", 3, 1)),
        ("# T\n\n| $\\foo$ |\n|---|\n| $a$ |\n", ("structure-unreadable-formula", 3, 3)),
        ("# T\n\nSee [b]().\n", ("link-without-address", 3, 5)),
        ("# T\n\nSee [b][r].\n\n[r]: <>\n", ("link-without-address", 3, 5)),
        ("# T\n\nSee [](01-a.md).\n", ("link-without-words", 3, 5)),
        ("# T\n\nSee [ ][r].\n\n[r]: 01-a.md\n", ("link-without-words", 3, 5)),
        ("# T\n\n<img src='b.svg' alt='b'>\n", ("link-missing-media", 3, 1)),
        ("# T\n\ntext ![](x.svg)\n", ("link-picture-without-alternative", 3, 6)),
        ("# T\n\n[b](ftp://c.org)\n", ("link-unsafe-address", 3, 1)),
        ("# T\n\n![b](data:image/png;base64,x)\n", ("link-unsafe-address", 3, 1)),
        ("# T\n\nx\n\n### Deep\n", ("structure-skipped-level", 5, 1)),
        ("# T\n\nx\n\n #  U\n", ("structure-second-title", 5, 5)),
        ("# T\n\n## A {#x}\n\n## B {.c #x}\n", ("structure-duplicate-anchor", 5, 10)),
        ("# T\n\n## A {#x .b c=}\n", ("structure-bad-attributes", 3, 13)),
        ("# T\n\n## A {#x\n", ("structure-bad-attributes", 3, 6)),
        ("# T\n\na [^x] b\n", ("structure-undefined-footnote", 3, 3)),
        ("# T\n\na\n\n[^x]: b\n", ("structure-unused-footnote", 5, 1)),
        ("# T\n\n- a\n\n  ```py\n  b\n", ("structure-open-fence", 5, 3)),
        (
            "---\nrequires: [02-b.md, 02-c.md]\n---\n# T\n\na\n",
            ("structure-missing-requirement", 2, 21),
        ),
    ],
)
def test_each_problem_stands_at_the_very_place(text, problem):
    assert found(text, ("x.svg",), b=B) == [problem]


@pytest.mark.parametrize(
    "link",
    ["02-b.md", "./02-b.md", "02-b.md#one", "02-b.md#chosen", "#top", "#", "?page=2", "/courses/",
     "//example.org/a", "https://example.org/#x", "HTTPS://EXAMPLE.ORG", "mailto:a@b.org",
     "02-b.md#:~:text=One", "%30%32-b.md", "media/x.svg", "02-b.md#raw", "02-b.md#b", "#t"],
)  # fmt: skip
def test_links_that_lead_somewhere_are_left_alone(link):
    text = f"# T\n\n## Top\n\n[a]({link})\n"

    assert found(text, ("media/x.svg",), b=f"{B}\n<a id='raw'></a>\n") == []


def test_links_from_a_folder_are_seen_from_there():
    files = {
        "guide/01-a.md": "# A\n\n[b](02-b.md) [c](../03-c.md#c-1) ![x](../media/x.svg)\n",
        "guide/02-b.md": "# B\n\n[c](03-c.md)\n",
        "03-c.md": "# C\n\n## C\n\n## C\n\n[a](guide/01-a.md)\n",
    }

    problems = check_course(files, {"media/x.svg"})

    assert {name: [one.code for one in of] for name, of in problems.items()} == {
        "guide/01-a.md": [],
        "guide/02-b.md": ["link-missing-file"],
        "03-c.md": [],
    }


def test_a_picture_in_media_may_be_named_alone_as_the_renderer_takes_it():
    assert found("# T\n\n![a](x.svg)\n", ("media/x.svg",)) == []


def test_the_file_of_the_same_address_is_suggested():
    assert "Did you mean `02-b.md`?" in message_of(first_problem("# T\n\n[b](b.md)\n", b=B))
    assert "Did you mean `chosen`?" in message_of(
        first_problem("# T\n\n[b](02-b.md#choosen)\n", b=B)
    )


TABLE = (
    "# B\n\n| | AWS Lambda | Batch |\n|---|---|---|\n| Longest *run*[^n] | a | b |\n\n"
    "Table: At a glance {#glance .compare}\n\n[^n]: x\n"
)


@pytest.mark.parametrize(
    "fragment", ["glance", "glance.longest-run", "glance.longest-run.aws-lambda"]
)
def test_rows_and_cells_of_comparison_tables_can_be_linked_to(fragment):
    assert found(f"# T\n\n[a](02-b.md#{fragment})\n", b=TABLE) == []


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("glance.longest", "no row 'longest'. Did you mean `longest-run`?"),
        ("glance.longest-run.lambda", "no column 'lambda'. Did you mean `aws-lambda`?"),
    ],
)
def test_a_missing_row_or_cell_is_named(fragment, words):
    problem = first_problem(f"# T\n\n[a](02-b.md#{fragment})\n", b=TABLE)

    assert problem.code == "link-missing-cell"
    assert words in message_of(problem)


def test_only_comparison_tables_have_cells():
    plain = TABLE.replace(" .compare", "")

    assert "`.compare`" in message_of(first_problem("# T\n\n[a](02-b.md#glance.x)\n", b=plain))


def test_levels_go_down_one_at_a_time_and_up_at_will():
    assert found("# T\n\n## A\n\n### B\n\n#### C\n\n## D\n\ntext\n") == []
    problem = first_problem("# T\n\n## A\n\n#### B *c*\n\ntext\n")
    assert stub_of(problem) == "### B *c*"


def test_a_title_in_front_matter_counts_as_level_one():
    assert found("---\ntitle: T\n---\n\n## A\n\ntext\n") == []
    assert found("---\ntitle: T\n---\n\n# Other\n\ntext\n") == [("structure-second-title", 5, 3)]


def test_levels_of_questions_count_too():
    text = "# T\n\n## Q {.quiz}\n\n#### Which? {#w}\n\n- [x] a\n- [ ] b\n  > No: a.\n"

    assert found(text) == [("structure-skipped-level", 5, 1)]


def test_equal_headings_are_no_problem():
    assert found("# T\n\n## A\n\ntext\n\n## A\n\n[a](#a) [b](#a-1)\n") == []


def test_a_question_may_have_the_id_of_a_section():
    text = "# T\n\n## A {#x}\n\n## Q {.quiz}\n\n### W? {#x}\n\n- [x] a\n- [ ] b\n  > No: a.\n"

    assert found(text) == []


@pytest.mark.parametrize(
    "block",
    [
        "```text\nplain output\nof a program\n```",
        "```python\na -> b\nb -> c\n```",
        "```text\na -> b\n```",
        '```text alt="a to b"\n┌─┐\n└─┘\n```',
        "    a -> b\n    b -> c",
    ],
)
def test_text_that_is_no_drawing_needs_no_alternative(block):
    assert found(f"# T\n\n{block}\n") == []


@pytest.mark.parametrize("drawing", ["┌─┐", "a → b", "+--+\n|  |\n+--+", "a --> b\nc --> d"])
def test_a_drawing_needs_one(drawing):
    assert found(f"# T\n\n```text\n{drawing}\n```\n") == [
        ("structure-diagram-without-alternative", 3, 1)
    ]


def test_footnotes_of_questions_count_as_used():
    text = "# T\n\n## Q {.quiz}\n\n### W? {#w}\n\n- [x] a\n- [ ] b\n  > No.[^n] So.\n\n[^n]: c\n"

    assert found(text) == []


def test_names_are_compared_without_their_numbers():
    text = "# T\n\nText.\n"
    problems = check_course({"01-x.md": text, "course.md": "", "02-x.md": text, "x/y.md": text}, ())

    assert {name: [one.code for one in of] for name, of in problems.items()} == {
        "01-x.md": [],
        "course.md": [],
        "02-x.md": ["structure-same-address"],
        "x/y.md": [],
    }


def test_an_unknown_key_is_another_tools_where_no_course_md_is():
    text = "---\nsection: 3\n---\n# T\n\nText.\n"
    typo = "---\nsumary: a\n---\n# T\n\nText.\n"

    def stops(files):
        return check_course(files, ())["01-a.md"][0].stops

    assert not stops({"01-a.md": text})
    assert stops({"01-a.md": text, "course.md": ""})
    assert stops({"01-a.md": typo})


def test_course_md_is_checked_as_well():
    problems = check_course({"course.md": "---\nshuffel: no\n---\n\n[a](01-a.md)\n"}, ())

    assert [one.code for one in problems["course.md"]] == [
        "structure-unknown-key",
        "link-missing-file",
    ]


def test_a_link_from_the_top_is_told_the_file_that_it_may_mean():
    problem = first_problem("# T\n\nSee [b](/02-b.md#chosen).\n", b=B)
    assert message_of(problem).endswith(" Did you mean `02-b.md`?")
    assert stub_of(problem) == "[…](02-b.md)"


def test_the_pages_of_the_site_that_a_text_may_link_to_are_those_that_there_are():
    patterns = [one for each in urlpatterns for one in getattr(each, "url_patterns", [each])]
    firsts = {str(one.pattern).partition("/")[0] for one in [*urlpatterns, *patterns]}
    assert set(SITE_PAGES) <= firsts
