"""Front matter: what is read, what is refused, and where the fault is."""

import pytest

from learn.authoring.codes import message_of
from learn.authoring.document import Source
from learn.authoring.facts import FOREIGN_KEYS
from learn.authoring.parse import parse_course, parse_lesson


def lesson(front: str):
    return parse_lesson(f"---\n{front}\n---\n\nText.\n", name="01-a.md")


def course(front: str):
    return parse_course(f"---\n{front}\n---\n\nText.\n")


def faults(document):
    return [(one.code, one.line, one.column) for one in document.problems]


def test_all_keys_of_a_lesson_are_read():
    document = lesson(
        "title: Job queues\n"
        'summary: "How jobs wait: in order"\n'
        "minutes: 12\n"
        "objectives:\n  - Name the parts\n  - 'Say: why'\n"
        "requires: [01-basics.md]\n"
        "tags: [cost, spot]\n"
        "sources:\n  - title: Guide\n    url: https://example.org/guide\n"
        "  - https://example.org/bare\n"
        "status: draft"
    )

    assert document.problems == ()
    assert document.title == "Job queues"
    assert document.facts.summary == "How jobs wait: in order"
    assert document.facts.minutes == 12
    assert document.facts.objectives == ("Name the parts", "Say: why")
    assert document.facts.requires == ("01-basics.md",)
    assert document.facts.tags == ("cost", "spot")
    assert document.facts.sources == (
        Source("Guide", "https://example.org/guide"),
        Source("https://example.org/bare", "https://example.org/bare"),
    )
    assert document.facts.status == "draft"


def test_all_keys_of_a_course_are_read():
    document = course(
        "title: Queues\naudience: Developers\npass: 80\nshuffle: off\nlanguage: pt-BR\n"
        "licence: MIT\nfreshness: 2 years\nkeys: private\nexplanations: error"
    )

    facts = document.facts
    assert document.problems == ()
    assert (facts.title, facts.audience, facts.pass_mark) == ("Queues", "Developers", 80)
    assert (facts.shuffle, facts.language, facts.licence) == (False, "pt-BR", "MIT")
    assert (facts.freshness_months, facts.keys, facts.explanations) == (24, "private", "error")


def test_nothing_is_required():
    document = parse_lesson("Text.\n", name="01-a.md")

    assert document.problems == ()
    assert document.facts.minutes is None
    assert document.facts.status == "published"


@pytest.mark.parametrize("written", ["no", "1:30", "012", "2026-11-01", "1e3", "0x1F", "yes"])
def test_what_is_no_decimal_number_stays_the_text_it_is(written):
    assert lesson(f"tags: [{written}]").facts.tags == (written,)


def test_a_title_may_be_a_number_or_a_date_without_quotes():
    assert lesson("title: 2026").title == "2026"
    assert lesson("title: 2026-11-01").title == "2026-11-01"


def test_an_empty_value_says_nothing():
    document = lesson("title:\ntags:\nminutes: null")

    assert document.problems == ()
    assert document.facts.minutes is None


def test_a_mistyped_key_is_named_with_its_line_and_the_key_that_was_meant():
    document = course("title: A\nshuffel: true")

    assert faults(document) == [("structure-unknown-key", 3, 1)]
    assert message_of(document.problems[0]) == (
        "There is no key `shuffel`. Did you mean `shuffle`?"
    )


def test_a_key_of_the_course_in_a_lesson_is_sent_to_course_md():
    (problem,) = lesson("shuffle: true").problems

    assert message_of(problem).endswith("Did you mean `shuffle`? It belongs into course.md.")


def test_a_draft_of_another_tool_is_never_published_by_mistake():
    (problem,) = lesson("draft: true").problems

    assert problem.level == "error"
    assert "`status`" in message_of(problem)


def test_keys_of_other_tools_are_warned_of_and_hold_nothing_back():
    document = lesson("layout: page\nsidebar_position: 3\ndescription: Words")

    assert {one.level for one in document.problems} == {"warning"}
    assert [one.values["suggestion"] for one in document.problems] == [
        "",
        "",
        " Did you mean `summary`?",
    ]
    assert not set(FOREIGN_KEYS) & {"title", "tags", "draft"}


@pytest.mark.parametrize(
    ("front", "column"),
    [
        ("minutes: soon", 10),
        ("minutes: 0", 10),
        ("minutes: 1.5", 10),
        ("minutes: true", 10),
        ("tags: cost spot", 7),
        ("tags: [[a]]", 8),
        ("title: [a]", 8),
        ("status: Published", 9),
        ("sources: https://example.org", 10),
        ("sources: [{title: a}]", 11),
        ("sources: [{url: ftp://a}]", 17),
        ("sources: [{url: https://a, page: 3}]", 34),
    ],
)
def test_a_wrong_value_says_what_is_expected_at_its_place(front, column):
    document = lesson(front)

    assert faults(document) == [("structure-wrong-type", 2, column)]
    assert "has to be" in message_of(document.problems[0])


@pytest.mark.parametrize(
    "front",
    ["pass: 75%", "pass: 101", "pass: -1", "shuffle: maybe", "language: English, please",
     "freshness: soon", "freshness: 0 months", "keys: secret", "explanations: strict"],
)  # fmt: skip
def test_a_wrong_value_of_a_course_keeps_the_default(front):
    document = course(front)

    assert faults(document) == [("structure-wrong-type", 2, front.index(":") + 3)]
    assert document.facts == course("tags: []").facts


@pytest.mark.parametrize(
    ("front", "column"),
    [
        ("title: &x a", 8),
        ("title: *x", 8),
        ("<<: {a: b}", 1),
        ("title: !!python/object:os.system x", 8),
        ("title: !!str 1", 8),
        ("title: ! x", 8),
    ],
)
def test_anchors_aliases_merge_keys_and_tags_are_refused(front, column):
    assert faults(lesson(front)) == [("structure-front-matter-feature", 2, column)]


def test_a_bomb_of_merge_keys_costs_nothing():
    bomb = "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a]" for n in range(40))

    assert faults(lesson(bomb))[0][0] == "structure-front-matter-feature"


def test_equal_keys_are_refused_and_the_first_counts():
    document = lesson("title: One\ntitle: Two")

    assert document.title == "One"
    assert faults(document) == [("structure-duplicate-key", 3, 1)]


def test_equal_keys_inside_a_source_are_found_too():
    document = lesson("sources:\n  - url: https://a\n    url: https://b")

    assert faults(document) == [("structure-duplicate-key", 4, 5)]


def test_nesting_is_read_to_a_depth_and_no_deeper():
    assert faults(lesson("tags: " + "[" * 10 + "]" * 10)) == [("structure-wrong-type", 2, 8)]
    assert faults(lesson("tags: " + "[" * 5_000))[0][0] == "structure-front-matter-too-deep"


def test_front_matter_has_a_size():
    fits = "summary: " + "a" * 15_000
    document = lesson("summary: " + "a" * 17_000)

    assert lesson(fits).problems == ()
    assert [one.code for one in document.problems] == ["structure-front-matter-too-large"]
    assert document.problems[0].values == {"size": "17", "limit": "16"}


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: [a", 3),
        ("title: it's: bad", 2),
        ("a\n  b: c", 3),
        ("? [a]\n: b", 2),
        ("\ttitle: a", 2),
    ],
)
def test_what_is_no_yaml_is_reported_where_it_breaks(front, line):
    document = lesson(front)

    assert [one.code for one in document.problems] == ["structure-front-matter-invalid"]
    assert document.problems[0].line == line


@pytest.mark.parametrize("front", ["Just words", "- a\n- b"])
def test_front_matter_is_keys_and_values(front):
    assert faults(lesson(front)) == [("structure-front-matter-shape", 2, 1)]


def test_front_matter_that_is_never_closed_is_an_error():
    document = parse_lesson("---\ntitle: A\n\nText.\n", name="a.md")

    assert faults(document) == [("structure-front-matter-open", 1, 1)]


def test_a_lone_rule_at_the_top_is_no_front_matter():
    document = parse_lesson("---\n\nText.\n", name="a.md")

    assert document.problems == ()
    assert "Text." in document.body


def test_empty_front_matter_is_none():
    assert parse_lesson("---\n---\nText.\n", name="a.md").problems == ()


def test_broken_front_matter_is_not_shown_to_learners():
    document = lesson("title: [a\nsecret: b")

    assert "secret" not in document.body
    assert document.title == "A"


def test_a_line_of_another_alphabet_of_line_ends_keeps_places_true():
    document = lesson('title: "a\u2028b"\nminuts: 3')

    assert faults(document) == [("structure-unknown-key", 3, 1)]
