"""The ids that the checker knows are those that the rendered page has."""

import re
from pathlib import Path

import pytest

from learn.authoring.fragments import Fragment, RenderContext
from learn.authoring.page_anchors import cell_anchors
from learn.authoring.reading import read_lesson
from learn.authoring.render import render_fragment

COURSE = Path(__file__).parents[2] / "content" / "aws-compute"
LESSONS = sorted(path.name for path in COURSE.glob("[0-9]*.md"))
SAMPLES = [
    "## `code` and *em* & \"quotes\" – dash\n",
    "## snake_case_here and __init__ and a_b_ *c*d\n",
    "## [link](x.md) text ![alt](media/p.png) <b>bold</b>\n",
    "## A &amp; B &lt;tag&gt;\n\n## \\*escaped\\* \\_x\\_\n",
    "## Same\n\n## Same\n\n## same\n\n## Other {#same-1}\n",
    "## trailing ##\n\n##\n\n## ~~gone~~ **kept _inside_**\n",
    "## C++ & C#\n\n## 100% / 50%\n\n## page-top\n\n## Ünïcode 漢字 😀\n",
    "Setext *x*\n==========\n\nmulti\nline\n---\n",
    "## T\n\n> ## In a quote\n\n- # In a list\n\n## In a list\n",
    "## T\n\n|a|b|\n|-|-|\n| r 1 | `x` |\n| r 1 | y |\n| *r* 2 | z |\n\nTable: C *d* {.compare}\n",
    "## T\n\n| a | b |\n|---|---|\n| r | x |\n\nTable: T\n\n## T {#own}\n",
    '## T\n\n<a id="raw"></a> text\n\n<div id="block">x</div>\n',
    '## T\n\n<a id="RAW"></a> <a id="two words"></a> <i id="page-x">a</i>\n',
    "## [`npm ci`](x.md) and [a `b`](c)\n\n## 2. <example.org> access\n\n## *a `*` b*\n",
]  # fmt: skip


def ids_of_page(text: str) -> set[str]:
    lesson = read_lesson(text, name="a.md").document
    context = RenderContext(definitions=lesson.definitions, media_address="/media/")
    html = render_fragment(Fragment(lesson.body), context).html
    made_by_renderer = re.compile(r"fn|note|.*-caption$")
    found = re.findall(r'\bid="([^"]+)"', html)
    return {anchor for anchor in found if not made_by_renderer.match(anchor)}


def known_ids(text: str) -> set[str]:
    reading = read_lesson(text, name="a.md").reading
    known = set(reading.anchors.ids | reading.links.html_ids)
    for table in reading.anchors.tables:
        for row, columns in cell_anchors(table).items():
            known |= {f"{table.anchor}.{row}"}
            known |= {f"{table.anchor}.{row}.{column}" for column in columns}
    return known


@pytest.mark.parametrize("text", SAMPLES)
def test_the_ids_of_a_sample_agree(text):
    text = f"# The title\n\n{text}"

    assert known_ids(text) == ids_of_page(text)


@pytest.mark.parametrize("name", LESSONS)
def test_the_ids_of_the_course_agree(name):
    text = (COURSE / name).read_text(encoding="utf-8")

    assert known_ids(text) == ids_of_page(text)
