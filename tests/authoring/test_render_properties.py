"""Whatever the text: the renderer answers, always the same, and the answer is clean."""

from hypothesis import given, settings
from hypothesis import strategies as st

from learn.authoring.fragments import (
    Fragment,
    RenderContext,
    Rendered,
    context_from_json,
    context_to_json,
    fragment_from_json,
    fragment_to_json,
    rendered_from_json,
    rendered_to_json,
)
from learn.authoring.markup.sanitise import sanitiser
from learn.authoring.render import render_fragment
from tests.authoring.test_sanitising import CONTEXT, assert_harmless

WORDS = (
    r"- * 1. > # ## ``` ~~~ [ ] ( ) ![ [^1] [^1]: *[A]: A : ** _ ~~ ~ ` $ $$ \ \| | a b <b> </b>"
    " <div> </div> <!-- --> <script> </script> <math> <mi> <svg> <style> <title> <table> <td>"
    " <input> &lt; &#x27; https://x.y www.x.y @ {#a} Table: [!NOTE] [x] --- === 02-batch.md"
    " media/a.png javascript: // \" ' ="
)
SPACED = (
    "- ",
    "1. ",
    "> ",
    "    ",
    " ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "<a href=x>",
    "{.b c=d}",
    "[ ] ",
)
RARE = ("é", "\0", "\x0b", "\u2028", "\ud800")
PIECES = st.sampled_from([*WORDS.split(), *SPACED, *RARE])
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=15).map("\n".join),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gives_harmless_html_that_stays_the_same(text):
    rendered = render_fragment(Fragment(text), CONTEXT)
    assert_harmless(rendered.html)
    assert sanitiser(CONTEXT)(rendered.html) == rendered.html
    assert render_fragment(Fragment(text), CONTEXT) == rendered


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_any_definitions_are_harmless(text, definitions):
    context = RenderContext(media_address="/courses/c/media/", definitions=definitions)
    assert_harmless(render_fragment(Fragment(text, inline=True, prefix="q-"), context).html)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_ids_are_unique_and_the_outline_names_them(text):
    rendered = render_fragment(Fragment(text), RenderContext())
    anchors = [entry.anchor for entry in rendered.outline]
    assert len(set(anchors)) == len(anchors)
    for anchor in anchors:
        assert f'id="{anchor}"' in rendered.html


@given(st.text(), st.booleans(), st.text(), st.dictionaries(st.text(), st.text()))
def test_everything_survives_its_way_through_json(text, inline, prefix, names):
    fragment = Fragment(text, inline, prefix)
    assert fragment_from_json(fragment_to_json(fragment)) == fragment
    context = RenderContext(names, text, names, prefix)
    assert context_from_json(context_to_json(context)) == context
    rendered = render_fragment(Fragment("# a\n\n## b"), RenderContext())
    assert rendered_from_json(rendered_to_json(rendered)) == rendered
    assert isinstance(rendered, Rendered)
