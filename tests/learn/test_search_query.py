"""Whatever is typed can be read, and what is shown of a text is that text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from learn.searching.highlights import highlighted, passage
from learn.searching.query import (
    LONGEST_QUERY,
    MOST_TERMS,
    clean_query,
    read_query,
    with_words_replaced,
)
from learn.searching.sections import Definition, Section, read_lesson, text_of
from learn.searching.words import fold, folded_text, number_forms, words_in

ANYTHING = st.text(max_size=400) | st.text(alphabet="ab -\"*():^'\\\0\u0301é漢", max_size=60)


def wanted(text):
    return [" ".join(term.words) for term in read_query(text).wanted]


def marked(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("cold start", ["cold", "start"]),
        ('"cold start"', ["cold start"]),
        ("“cold start”", ["cold start"]),
        ('"cold start', ["cold start"]),
        ("Café NAÏVE", ["cafe", "naive"]),
        ("t3.micro", ["t3 micro"]),
        ("AND OR NOT", ["and", "or", "not"]),
        ("***", []),
        ("", []),
        ("冷启动", ["冷 启 动"]),
        ("a\0b", ["a", "b"]),
    ],
)
def test_what_is_typed_becomes_terms(text, terms):
    assert wanted(text) == terms


def test_a_minus_leaves_out_a_word_or_a_phrase():
    query = read_query('spot -fargate -"cold start" job')
    assert [term.words for term in query.wanted] == [("spot",), ("job",)]
    assert [term.words for term in query.unwanted] == [("fargate",), ("cold", "start")]


def test_a_hyphen_within_a_word_leaves_nothing_out():
    query = read_query("pay-per-use")
    assert [term.words for term in query.wanted] == [("pay", "per", "use")]
    assert query.unwanted == ()


def test_only_the_word_being_typed_is_open():
    first, last = read_query("cold sta").wanted
    assert not first.is_open
    assert last.is_open
    for finished in ("cold sta ", '"sta"', "x -sta", "s"):
        assert not any(term.is_open for term in read_query(finished).wanted)


def test_a_query_has_an_end():
    query = read_query(" ".join(f"word{n}" for n in range(5_000)))
    assert len(query.wanted) == MOST_TERMS
    assert len(clean_query("x" * 10_000)) == LONGEST_QUERY


@pytest.mark.parametrize(
    ("one", "other"),
    [("queue", "queues"), ("retry", "retries"), ("class", "classes"), ("batch", "batches")],
)
def test_singular_and_plural_find_each_other(one, other):
    assert other in number_forms(one)
    assert one in number_forms(other)


@given(ANYTHING)
def test_anything_can_be_read(text):
    query = read_query(text)
    for term in (*query.wanted, *query.unwanted):
        assert all(word.isalnum() for word in term.words)
        assert term.forms or len(term.words) > 1


@given(ANYTHING)
@example("ヿ")
@example("ｱｲ ㊀㊁")
def test_folding_twice_changes_nothing(text):
    once = folded_text(text)
    assert folded_text(once) == once
    assert all(fold(word.folded) == (word.folded,) for word in words_in(text))


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [("大きいヿ", "コト", ["ヿ"]), ("ｺﾄ", "ヿ", ["ｺ", "ﾄ"]), ("㊀㊁", "一二", ["㊀㊁"])],
)
def test_characters_for_other_words_are_found_by_them(text, typed, hits):
    assert marked(highlighted(text, read_query(typed))) == hits


@given(ANYTHING, ANYTHING)
@example("ヿ", "コト")
def test_highlighting_shows_the_text_itself(text, typed):
    pieces = highlighted(text, read_query(typed))
    assert "".join(piece.text for piece in pieces) == text
    shown = "".join(piece.text for piece in passage(text, read_query(typed)))
    assert shown.removeprefix("… ").removesuffix(" …") in text


def test_hits_are_marked_in_their_own_spelling():
    pieces = highlighted("Queues: a Café, <b>queue</b>", read_query("queue cafe"))
    assert marked(pieces) == ["Queues", "Café", "queue"]


def test_a_phrase_is_marked_only_where_it_stands():
    pieces = highlighted("a cold start, a start, cold", read_query('"cold start"'))
    assert marked(pieces) == ["cold", "start"]


def test_a_passage_is_where_most_of_the_query_stands():
    text = " ".join(["spot", *["filler"] * 100, "spot", "price", *["filler"] * 100])
    shown = passage(text, read_query("spot price "))
    assert marked(shown) == ["spot", "price"]
    assert shown[0].text == "… "
    assert shown[-1].text == " …"


def test_words_are_replaced_where_they_stand():
    assert with_words_replaced('Teh "qeue" -x', {"qeue": "queue"}) == 'Teh "queue" -x'


def block(html):
    return {"kind": "prose", "html": html}


def test_a_lesson_is_read_section_by_section():
    sections, _terms = read_lesson(
        [
            block('<p>Before<sup class="footnote-ref"><a href="#fn-1">1</a></sup>.</p>'),
            block('<h2 id="a">First</h2><ul><li>one</li><li>t<b>w</b>o</li></ul>'),
            {"kind": "question", "key": "secret"},
            block('<h3 id="b">Inner &amp; more</h3><p>deep</p><h4 id="c">Low</h4>'),
            block('<h2 id="d">Last</h2><p>end<br>line</p>'),
            {"kind": "notes", "html": '<section class="footnotes">source</section>'},
        ]
    )
    assert sections == [
        Section("", "", "Before."),
        Section("a", "First", "one two"),
        Section("b", "First › Inner & more", "deep Low"),
        Section("d", "Last", "end line"),
    ]


def test_a_lesson_defines_terms():
    _sections, terms = read_lesson(
        [
            block('<p>An <abbr title="Simple Queue Service">SQS</abbr> queue, <abbr title='
                  '"Simple Queue Service">SQS</abbr></p><h2 id="kinds">Kinds</h2>'),
            block("<dl><dt>Hot</dt><dt>Warm</dt><dd>Not <i>cold</i></dd><dd>at all</dd>"
                  "<dt>Cold</dt><dd>the rest</dd></dl><p>after</p>"),
        ]
    )  # fmt: skip
    assert terms == [
        Definition("SQS", "Simple Queue Service", ""),
        Definition("Hot", "Not cold at all", "kinds"),
        Definition("Warm", "Not cold at all", "kinds"),
        Definition("Cold", "the rest", "kinds"),
    ]


@pytest.mark.parametrize(
    ("term", "is_defined"),
    [
        ("'Batch retries failed jobs.'", False),
        ("“Batch is not event-driven.”", False),
        ("«Pourquoi attendre ?»", False),
        ("'It scales.' Or: 'It has no limit.'", False),
        ("'It runs on EC2 or Fargate', or on 'a mix'.", False),
        ("'Hello, world' program", True),
        ("'cold start'", True),
        ("No. of jobs, etc.", True),
    ],
)
def test_a_statement_in_quotes_is_no_term(term, is_defined):
    html = f'<h2 id="a">Half true</h2><dl><dt>{term}</dt><dt>Retry</dt><dd>Only if asked.</dd></dl>'
    sections, terms = read_lesson([block(html)])
    assert [one.term for one in terms] == [*([term] if is_defined else []), "Retry"]
    assert sections[1] == Section("a", "Half true", f"{term} Retry Only if asked.")
    # What it is instead: a place of its own in the lesson.
    discussed = [] if is_defined else [Section("a", f"Half true › {term}", "Only if asked.")]
    assert sections[2:] == discussed


@given(ANYTHING)
@example("<![0")
def test_any_html_gives_a_text(html):
    assert "\0" not in text_of(html)
    read_lesson([block(html)])
