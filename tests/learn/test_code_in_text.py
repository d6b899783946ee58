"""What stands between backticks in a sentence is shown as code."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learn.templatetags.code_in_text import with_code


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Write `.md` at its end.", "Write <code>.md</code> at its end."),
        ("`a` or `b`", "<code>a</code> or <code>b</code>"),
        ("<b> & `<i>`", "&lt;b&gt; &amp; <code>&lt;i&gt;</code>"),
        ("one ` alone", "one ` alone"),
        ("", ""),
    ],
)
def test_code_is_set_off_and_all_else_is_text(text, html):
    assert with_code(text) == html


@given(st.text(alphabet="`<&ab \n"))
def test_nothing_of_a_text_is_lost(text):
    shown = with_code(text).replace("<code>", "`").replace("</code>", "`")
    assert unescape(shown) == text
