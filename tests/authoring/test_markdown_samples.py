"""Markdown means what code hosts render: samples of our own, compared by the structure of the HTML.

The samples stand in `markdown_samples/`. White space between blocks and the order of attributes do
not count; within `pre` everything does.
"""

import re
from itertools import batched
from pathlib import Path

import html5lib
import pytest
from markdown.core import Markdown
from markdown.inlinepatterns import SimpleTextInlineProcessor
from markdown.treeprocessors import Treeprocessor

from learn.authoring.fragments import Fragment, OutlineEntry, RenderContext
from learn.authoring.markup.extension import course_markdown
from learn.authoring.markup.state import RenderState
from learn.authoring.render import render_fragment

CONTEXT = RenderContext(
    lesson_addresses={
        "01-lambda.md": "/courses/aws-compute/lambda/",
        "02-batch.md": "/courses/aws-compute/batch/",
    },
    media_address="/courses/aws-compute/media/",
    definitions="[docs]: https://docs.example/ 'The docs'\n\n*[ECS]: Elastic Container Service",
)
BLOCKS = (
    "aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li math ol p"
    " pre section summary table tbody td th thead tr ul DOCUMENT_FRAGMENT"
)
BLOCK_TAGS = frozenset(BLOCKS.split())


def structure(html):
    """Return HTML as nested tuples that are equal when a browser shows the same."""
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return _structure(root, keeps_space=False)


def _structure(node, *, keeps_space):
    keeps_space = keeps_space or node.tag == "pre"
    content = [node.text or ""]
    for child in node:
        content += [_structure(child, keeps_space=keeps_space), child.tail or ""]
    if not keeps_space:
        content = [_with_little_space(node.tag, content, place) for place in range(len(content))]
    return (node.tag, tuple(sorted(node.attrib.items())), tuple(part for part in content if part))


def _with_little_space(tag, content, place):
    """Return a part of an element's content without the white space around and in blocks."""
    part = content[place]
    if not isinstance(part, str):
        return part
    part = re.sub(r"[ \t\n]+", " ", part)
    before = content[place - 1][0] if place else tag
    after = content[place + 1][0] if place + 1 < len(content) else tag
    part = part.lstrip(" ") if before in BLOCK_TAGS else part
    return part.rstrip(" ") if after in BLOCK_TAGS else part


def read_samples():
    """Return the samples of all files beside this one: name, then Markdown and HTML."""
    samples = {}
    for path in sorted((Path(__file__).parent / "markdown_samples").glob("*.txt")):
        parts = re.split(r"^%%% (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        for name, source, html, expected in batched(parts, 4):
            assert html == "html"
            samples[f"{path.stem}: {name}"] = (source.removesuffix("\n"), expected)
    return samples


SAMPLES = read_samples()
# What an editor would spoil in a file: spaces at line ends, and tabs.
SAMPLES["inlines: breaks"] = ("a  \nb\\\nc\nd", "<p>a<br>b<br>c d</p>")
SAMPLES["lists: tab after the marker"] = (
    "-\ta\n\n\tb",
    "<ul><li><p>a</p><p>b</p></li></ul>",
)
SAMPLES["blocks: tab in code"] = (
    "\ta\tb",
    '<div class="highlight"><pre><code>a\tb\n</code></pre></div>',
)


def html_of(text, context=CONTEXT, **options):
    return render_fragment(Fragment(text, **options), context).html


@pytest.mark.parametrize(("source", "expected"), SAMPLES.values(), ids=SAMPLES.keys())
def test_sample_has_the_structure_that_code_hosts_give_it(source, expected):
    assert structure(html_of(source)) == structure(expected)


@pytest.mark.parametrize("source", [sample[0] for sample in SAMPLES.values()], ids=SAMPLES.keys())
def test_line_ends_of_other_systems_change_nothing(source):
    assert html_of(source.replace("\n", "\r\n")) == html_of(source)


def test_there_are_enough_samples():
    assert len(SAMPLES) >= 60


class TestHeadings:
    def test_attributes_are_taken_off_and_the_id_is_the_authors(self):
        html = html_of("## What *is* it? {#what-is-it .quiz pass=75}")
        assert html == '<h2 id="what-is-it">What <em>is</em> it?</h2>'

    def test_the_outline_is_plain_text_in_order(self):
        rendered = render_fragment(
            Fragment("# A `b` [c](02-batch.md)[^1]\n\ntext\n\n### D & E\n\n[^1]: x"), CONTEXT
        )
        assert rendered.outline == (
            OutlineEntry(1, "a-b-c", "A b c"),
            OutlineEntry(3, "d--e", "D & E"),
        )

    def test_ids_are_given_once_and_the_authors_come_first(self):
        rendered = render_fragment(Fragment("# A\n# A\n# B {#a}\n# A\n# C {#a}"), CONTEXT)
        anchors = [entry.anchor for entry in rendered.outline]
        assert anchors == ["a-1", "a-2", "a", "a-3", "a-4"]

    @pytest.mark.parametrize("anchor", ["page-main", "Upper", "a_b", "ä", "a.b"])
    def test_ids_that_an_author_may_not_give_are_made_from_the_text(self, anchor):
        assert html_of(f"# Text {{#{anchor}}}") == '<h1 id="text">Text</h1>'

    def test_a_heading_cannot_take_an_id_of_the_page(self):
        html = html_of("# Page main\n\n[up](#page-main)")
        assert 'id="section-page-main"' in html
        assert 'href="#section-page-main"' in html

    def test_abbreviations_do_not_change_ids(self):
        html = html_of("# ECS")
        assert html == '<h1 id="ecs"><abbr title="Elastic Container Service">ECS</abbr></h1>'


class TestFragments:
    def test_one_paragraph_gives_its_content_alone(self):
        assert (
            html_of("*Batch* runs `jobs`", inline=True) == "<em>Batch</em> runs <code>jobs</code>"
        )

    def test_anything_else_stays_as_it_is(self):
        assert html_of("a\n\nb", inline=True) == "<p>a</p>\n<p>b</p>"

    def test_a_prefix_keeps_made_ids_apart_but_not_the_authors(self):
        html = html_of("# A\n# B {#b}\n\nx[^1]\n\n[^1]: y", prefix="q1-")
        for wanted in ('id="q1-a"', 'id="b"', 'id="q1-fn-1"', 'href="#q1-fnref-1"'):
            assert wanted in html

    def test_labels_are_translated(self):
        context = RenderContext(labels={"note": "Hinweis"})
        html = html_of("> [!NOTE]\n> x\n\n> [!TIP]\n> y", context)
        assert '<p class="callout-title">Hinweis</p>' in html
        assert '<p class="callout-title">Tip</p>' in html

    def test_an_open_fence_does_not_swallow_the_definitions(self):
        assert "docs.example" not in html_of("```\nopen")

    def test_own_definitions_come_first(self):
        assert "own.example" in html_of("[docs]\n\n[docs]: https://own.example/")

    @pytest.mark.parametrize("text", ["", " \n\t\n", "[a]: b"])
    def test_nothing_gives_nothing(self, text):
        assert html_of(text) == ""

    def test_characters_that_no_page_may_hold_are_replaced(self):
        assert html_of("a\0b\ud800c") == "<p>a\ufffdb?c</p>"


def test_a_pattern_of_python_markdowns_own_kind_can_be_registered():
    """The extension points of Python-Markdown stay: patterns and tree processors of others work."""

    class Shout(Treeprocessor):
        def run(self, root):
            for node in root.iter("em"):
                node.text = (node.text or "").upper()

    markdown: Markdown = course_markdown(RenderState())
    markdown.inlinePatterns.register(SimpleTextInlineProcessor(r"\(\((\w+)\)\)"), "double", 75)
    markdown.treeprocessors.register(Shout(markdown), "shout", 12)
    assert markdown.convert("((x)) *y*") == "<p>x <em>Y</em></p>"
