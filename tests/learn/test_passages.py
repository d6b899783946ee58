"""What a reader can point at, the terms of a page, and where a passage stands in the source."""

import string

from hypothesis import given
from hypothesis import strategies as st

from learn.passages import (
    LONGEST_EXCERPT,
    Passage,
    Term,
    excerpt_of,
    line_of,
    passages_of,
    terms_of,
)

PAGE = """
<p>Before any heading.</p>
<h2 id="one">One</h2><p>First <em>words</em> here.<sup class="footnote-ref"><a>1</a></sup></p>
<ul><li>A point</li><li><p>A paragraph in a point</p></li></ul>
<aside class="callout"><p class="callout-title">Note</p><p>Worth knowing.</p></aside>
<h3 id="two">Two</h3><pre><code>run(it)</code></pre><p>Same.</p><p>Same.</p>
"""


def test_passages_come_in_order_with_their_section():
    assert passages_of(PAGE) == [
        Passage("", "Before any heading."),
        Passage("one", "First words here."),
        Passage("one", "A point"),
        Passage("one", "A paragraph in a point"),
        Passage("one", "Worth knowing."),
        Passage("two", "run(it)"),
        Passage("two", "Same."),
    ]


def test_a_long_passage_is_cut_between_words():
    text = "word " * 100
    excerpt = excerpt_of(text.strip())
    assert len(excerpt) <= LONGEST_EXCERPT
    assert excerpt.endswith("word…")


def test_the_line_is_found_through_markup():
    source = "# Cats\n\nThey *purr* when [they](x.md) are happy.\n\n- A **point** of `view`.\n"
    assert line_of(source, "They purr when they are happy.") == 3
    assert line_of(source, "A point of view.") == 5
    assert line_of(source, "Something that is gone") is None
    assert line_of(source, "") is None


def test_terms_come_once_by_name():
    page = (
        '<p><abbr title="Simple Queue Service">SQS</abbr> <abbr title="A &amp; &quot;B&quot;">AB'
        '</abbr> and <abbr title="Simple Queue Service">SQS</abbr></p>'
    )
    assert terms_of(page) == [Term("AB", 'A & "B"'), Term("SQS", "Simple Queue Service")]


MARKUP = st.text(alphabet=string.printable + "é☃\x00", max_size=300) | st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<li>", "</li>", '<h2 id="a">', "</h2>", "<!--", "<abbr ", "x "]
    )
).map("".join)


@given(MARKUP)
def test_no_markup_breaks_it(markup):
    assert all(0 < len(passage.excerpt) <= LONGEST_EXCERPT for passage in passages_of(markup))
    terms_of(markup)


@given(st.text(max_size=400), st.text(max_size=200))
def test_no_source_breaks_the_search_for_a_line(source, excerpt):
    line = line_of(source, excerpt)
    assert line is None or 1 <= line <= source.count("\n") + 1
