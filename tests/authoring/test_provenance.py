"""When a fact was checked is told in words of the page's language, as exactly as it is known."""

import pytest

from learn.authoring.fragments import Fragment, RenderContext
from learn.authoring.render import render_fragment

GERMAN = RenderContext(
    labels={
        "checked": "Geprüft",
        "month_3": "März",
        "month_and_year": "{month} {year}",
        "whole_date": "{day}. {month} {year}",
    },
    language="ar",
    labels_language="de",
)


def told(date, context):
    fact = Fragment(f"[limit](https://a.example){{checked={date}}}")
    return render_fragment(fact, context).html


@pytest.mark.parametrize(
    ("date", "english", "german"),
    [
        ("2026", "2026", "2026"),
        ("2026-03", "March 2026", "März 2026"),
        ("2026-03-07", "7 March 2026", "7. März 2026"),
        ("2026-13", "2026-13", "2026-13"),
    ],
)
def test_a_date_is_told_in_words(date, english, german):
    mark = f'<time datetime="{date}">'
    assert f"Checked {mark}{english}</time>" in told(date, RenderContext())
    assert f"Geprüft {mark}{german}</time>" in told(date, GERMAN)


def test_the_sites_words_within_a_course_in_another_language_say_so():
    assert '<span class="provenance" lang="de" dir="ltr">' in told("2026", GERMAN)
    assert "lang=" not in told("2026", RenderContext())
    note = "> [!NOTE]\n> Text.[^a]\n\n[^a]: From here."
    html = render_fragment(Fragment(note), GERMAN).html
    assert '<p class="callout-title" lang="de" dir="ltr">' in html
    assert '<section class="footnotes" aria-label="Footnotes" lang="de" dir="ltr">' in html
    assert '<ol lang="ar" dir="rtl">' in html
