"""Nothing that an author writes runs, loads from elsewhere or poses as the page."""

import re

import html5lib
import pytest

from learn.authoring.fragments import Fragment, RenderContext
from learn.authoring.markup.sanitise import sanitiser
from learn.authoring.render import render_fragment

CONTEXT = RenderContext(
    lesson_addresses={"02-batch.md": "/courses/c/batch/"}, media_address="/courses/c/media/"
)

HTML = {
    "script": "<script>alert(1)</script>",
    "script in capitals": "<SCRIPT SRC=//e.example/x.js></SCRIPT>",
    "script split": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "script unclosed": "<script>alert(1)",
    "script by slash": "<script/src=//e.example></script>",
    "event on image": '<img src=x onerror="alert(1)">',
    "event without quotes": "<img src=x onerror=alert(1)//>",
    "event by slash": "<img/src=x/onerror=alert(1)>",
    "event on body": "<body onload=alert(1)>",
    "event on details": "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "event on input": "<input autofocus onfocus=alert(1)>",
    "event on math": '<math onmouseover="alert(1)"><mi>x</mi></math>',
    "event in capitals": "<b OnClIcK=alert(1)>x</b>",
    "event after a line end": "<b\nonclick\n=\nalert(1)>x</b>",
    "javascript link": '<a href="javascript:alert(1)">x</a>',
    "javascript with spaces": '<a href=" \tjava\nscript:alert(1)">x</a>',
    "javascript by entities": '<a href="&#106;avascript&colon;alert(1)">x</a>',
    "javascript by hex entities": '<a href="&#x6A&#x61;vascript:alert(1)">x</a>',
    "javascript with tab entity": '<a href="java&Tab;script:alert(1)">x</a>',
    "javascript with control": '<a href="\x01javascript:alert(1)">x</a>',
    "vbscript": '<a href="vbscript:msgbox(1)">x</a>',
    "data link": '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "data image": '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    "blob": '<a href="blob:https://x.example/1">x</a>',
    "file": '<a href="file:///etc/passwd">x</a>',
    "svg": '<svg onload="alert(1)"><circle/></svg>',
    "svg script": "<svg><script>alert(1)</script></svg>",
    "svg animate": "<svg><a><animate attributeName=href values=javascript:alert(1) /></a></svg>",
    "svg use": '<svg><use href="data:image/svg+xml,x#y"/></svg>',
    "svg foreign": "<svg><foreignObject><iframe src=x></iframe></foreignObject></svg>",
    "math link": '<math href="javascript:alert(1)"><mi>x</mi></math>',
    "math action": '<math><maction actiontype="x" xlink:href="javascript:1">x</maction></math>',
    "math annotation": '<math><annotation-xml encoding="text/html"><img src=x onerror=1>',
    "math glyph": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1"
    " onerror=1&gt;'>",
    "math form": "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=1>",
    "math style": "<math><style><img src=x onerror=1></style></math>",
    "math malignmark": "<math><mtext><malignmark><style><!--</style><img src=x onerror=1>",
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "template": "<template><script>alert(1)</script></template>",
    "textarea": "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
    "title": "<title></title><img src=x onerror=1></title>",
    "xmp": "<xmp><img src=x onerror=1></xmp>",
    "plaintext": "<plaintext><img src=x onerror=1>",
    "iframe": '<iframe src="javascript:alert(1)"></iframe>',
    "iframe srcdoc": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="x.swf"><embed src="x.swf"></object>',
    "embed": '<embed src="javascript:alert(1)">',
    "form": '<form action="https://e.example"><button>Sign in</button></form>',
    "button": '<button formaction="javascript:alert(1)">x</button>',
    "text field": '<input type="password" name="password">',
    "image field": '<input type="image" src="https://e.example/x.png">',
    "base": '<base href="https://e.example/">',
    "meta": '<meta http-equiv="refresh" content="0;url=https://e.example">',
    "link": '<link rel="stylesheet" href="https://e.example/x.css">',
    "style": "<style>@import 'https://e.example/x.css';</style>",
    "style attribute": '<p style="background:url(https://e.example/x)">x</p>',
    "style expression": '<p style="width:expression(alert(1))">x</p>',
    "srcset": '<img srcset="https://e.example/x.png 1x" src="a.png">',
    "picture": '<picture><source srcset="https://e.example/x"><img src="a.png"></picture>',
    "video": '<video poster="https://e.example/x" onerror=1><source src=x></video>',
    "audio": '<audio src="https://e.example/x" autoplay>',
    "tracker": '<img src="https://e.example/pixel.gif">',
    "tracker without scheme": '<img src="//e.example/pixel.gif">',
    "tracker by backslash": '<img src="/\\e.example/pixel.gif">',
    "tracker by traversal": '<img src="media/../../../accounts/logout/">',
    "tracker by coded traversal": '<img src="media/%2e%2e/%2e%2e/x">',
    "hx-get": '<div hx-get="/x" hx-trigger="load">x</div>',
    "hx-on": '<div hx-on:click="alert(1)" data-hx-get="/x">x</div>',
    "alpine": '<div x-data="alert(1)" @click="alert(1)" :class="alert(1)">x</div>',
    "name": '<a name="body">x</a><img name="getElementById" src="a.png">',
    "id of the page": '<div id="page-main">x</div>',
    "id that clobbers": '<img id="cookie" src="a.png"><b id="getElementById">x</b>',
    "class of the page": '<div class="modal-open overlay">x</div>',
    "role": '<div role="alert" aria-live="assertive">x</div>',
    "tabindex": '<div tabindex="9999">x</div>',
    "target": '<a href="https://e.example" target="_blank">x</a>',
    "download": '<a href="/x" download ping="https://e.example">x</a>',
    "contenteditable": '<p contenteditable accesskey="x" autofocus draggable="true">x</p>',
    "custom element": '<x-evil is="x-evil">x</x-evil>',
    "shadow root": '<div><template shadowrootmode="open"><script>1</script></template></div>',
    "comment trick": "<!--><img src=x onerror=1>-->",
    "conditional comment": "<!--[if IE]><script>1</script><![endif]-->",
    "instruction": '<?xml-stylesheet href="javascript:1"?><?php echo 1 ?>',
    "cdata": "<![CDATA[<script>alert(1)</script>]]>",
    "unclosed attribute": '<a href="x><img src=x onerror=alert(1)>',
    "nested quotes": '<a title="\'><img src=x onerror=1>">x</a>',
    "select": "<select><option><script>1</script></select>",
    "table fostering": "<table><img src=x onerror=1><td><script>1</script>",
}

MARKDOWN = {
    "link": "[x](javascript:alert(1))",
    "link by entity": "[x](java&#115;cript:alert(1))",
    "link by named entity": "[x](javascript&colon;alert(1))",
    "link by escape": r"[x](javascript\:alert(1))",
    "link by spaces": "[x](<java\tscript:alert(1)>)",
    "link by percent": "[x](javascript%3Aalert(1))",
    "link in capitals": "[x](JaVaScRiPt:alert(1))",
    "link with data": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "pointed link": "<javascript:alert(1)>",
    "pointed data": "<data:text/html,x>",
    "reference": "[x]\n\n[x]: javascript:alert(1)",
    "bare": "javascript://x.example/%0aalert(1)",
    "picture": "![x](javascript:alert(1))",
    "picture data": "![x](data:image/svg+xml,<svg/onload=1>)",
    "picture elsewhere": "![x](https://e.example/p.png)",
    "picture attribute break": '![x" onerror="alert(1)](a.png)',
    "title break": '[x](/a "\\" onclick=\\"alert(1)")',
    "heading attributes": '# x {#a onclick="alert(1)" style="x" .modal hx-get=/x}',
    "heading id break": '# x {#"><script>alert(1)</script>}',
    "caption attributes": '| a |\n|---|\n\nTable: x {.evil onclick=1 source="javascript:1"}',
    "caption id of the page": "| a |\n|---|\n\nTable: x {#page-main}",
    "link attributes": '[x](/a){source="javascript:alert(1)" checked="<b>"}',
    "fence language": '```"><script>alert(1)</script>\nx\n```',
    "fence language class": "```modal-open\nx\n```",
    "diagram alternative": '```text alt="\'><img src=x onerror=1>"\nx\n```',
    "code": "`<script>alert(1)</script>`",
    "code that closes": "```html\n</code></pre><script>alert(1)</script>\n```",
    "footnote label": 'x[^"><script>]\n\n[^"><script>]: y',
    "abbreviation": '*[A]: " onmouseover="alert(1)\n\nA <b title="A">A</b>',
    "abbreviation in a tag": '*[onclick]: x\n\n<b onclick="1">onclick</b>',
    "formula href": r"$\href{javascript:alert(1)}{x}$",
    "formula text": r"$\text{<img src=x onerror=alert(1)>}$",
    "formula style": r"$\style{background:url(//e.example)}{x}$",
    "formula class": r"$\class{modal-open}{x}$",
    "formula that fails": r"$\frac{<script>alert(1)</script>$",
    "tag over lines": "x <b\nonclick=alert(1)\n>y</b>",
    "html in a table": "| a |\n|---|\n| <script>alert(1)</script><b onclick=1>x</b> |",
    "html across cells": "| a | b |\n|---|---|\n| <a href='x | onclick=alert(1)'>x</a> |",
    "html in a heading": "# <img src=x onerror=1> <a name=x>y</a>",
    "closing tags": "</p></div></section></main><script>alert(1)</script>",
    "entity text": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "placeholders of the library": "\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03 \x02amp\x03lt;script>",
    "html block and fence": "<div>\n```\n<script>alert(1)</script>\n```\n</div>",
}

_TAGS = (
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl"
    " dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt"
    " ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr"
    " u ul var wbr math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
)
_ATTRIBUTES = (
    "href title alt src class id role tabindex aria-label aria-labelledby start reversed type"
    " disabled checked loading decoding width height colspan rowspan scope span data-label"
    " datetime open cite lang dir rel display mathvariant stretchy fence form"
)
TAGS, ATTRIBUTES = frozenset(_TAGS.split()), frozenset(_ATTRIBUTES.split())
CLASSES = re.compile(
    r"callout(-\w+)?|align-\w+|language-\S+|[a-z][a-z0-9-]{0,3}|compare|highlight"
    r"|table(-scroll|-small)?|diagram|picture|footnote\S*|provenance|task-\w+"
)
ADDRESS = re.compile(r"(?:https?:|mailto:|/|#|\?)[^\s\x00-\x1f]*", re.IGNORECASE)


def assert_harmless(html):
    """Parse HTML as a browser does and fail if anything in it could do or load something."""
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    for node in root.iter():
        if node is root:
            continue
        assert isinstance(node.tag, str), "a comment or an instruction"
        tag = node.tag.rpartition("}")[2]
        assert tag in TAGS, tag
        for name, value in node.attrib.items():
            assert name in ATTRIBUTES, name
            assert_harmless_value(tag, name, value)
        if tag == "input":
            assert node.get("type") == "checkbox"
            assert node.get("disabled") is not None


def assert_harmless_value(tag, name, value):
    if name == "href":
        assert ADDRESS.fullmatch(value), value
    elif name == "src":
        assert value.startswith("/courses/c/media/"), value
        assert ".." not in value
    elif name == "id":
        assert not value.startswith("page-")
        assert value == value.lower()
        assert tag not in ("img", "input")
    elif name == "class":
        assert all(CLASSES.fullmatch(word) for word in value.split()), value
    elif name == "role":
        assert value in ("note", "region", "img")
    elif name == "tabindex":
        assert value == "0"


@pytest.mark.parametrize("payload", HTML.values(), ids=HTML.keys())
def test_html_is_harmless_once_sanitised(payload):
    assert_harmless(sanitiser(CONTEXT)(payload))


@pytest.mark.parametrize("payload", HTML.values(), ids=HTML.keys())
@pytest.mark.parametrize("wrap", ["{}", "x {} y", "- {}", "> {}", "| {} |\n|---|\n", "<div>{}"])
def test_html_in_markdown_is_harmless(payload, wrap):
    assert_harmless(html_of(wrap.format(payload)))


@pytest.mark.parametrize("payload", MARKDOWN.values(), ids=MARKDOWN.keys())
def test_markdown_is_harmless(payload):
    assert_harmless(html_of(payload))


@pytest.mark.parametrize("payload", [*HTML.values(), *MARKDOWN.values()])
def test_cleaning_twice_changes_nothing(payload):
    for once in (sanitiser(CONTEXT)(payload), html_of(payload)):
        assert sanitiser(CONTEXT)(once) == once


def test_there_are_enough_payloads():
    assert len(HTML) + len(MARKDOWN) >= 60


@pytest.mark.parametrize("name", ["script", "style", "iframe", "svg", "template", "object"])
def test_what_would_swallow_the_rest_goes_with_its_content_or_shows_as_text(name):
    closed = html_of(f"before <{name}>inside</{name}> after\n\nnext")
    assert "inside" not in closed
    assert "after" in closed
    left_open = html_of(f"before <{name}> after\n\nnext")
    assert f"&lt;{name}&gt; after" in left_open
    assert "<p>next</p>" in left_open


def test_raw_links_and_pictures_lead_where_those_of_markdown_do():
    html = html_of('x <a href="02-batch.md#q">b</a> <img src="media/a.png" alt="a">')
    assert '<a href="/courses/c/batch/#q">b</a>' in html
    assert '<img src="/courses/c/media/a.png" alt="a">' in html


def test_raw_external_links_get_their_rel_and_cannot_choose_another():
    html = html_of('x <a href="HTTPS://e.example" rel="opener">e</a>')
    assert '<a href="HTTPS://e.example" rel="noopener noreferrer">e</a>' in html


def test_pictures_show_nothing_where_the_course_has_no_media():
    html = render_fragment(Fragment("![x](media/a.png)"), RenderContext()).html
    assert "<img" not in html


def html_of(text):
    return render_fragment(Fragment(text), CONTEXT).html


@pytest.mark.parametrize(
    "opening", ["<A>\n<C", "<div>\n<p title='x>", '<div>\n<a href="', "<div>\n</p", "<div>\n<!-- x"]
)
def test_a_tag_without_its_end_eats_nothing(opening):
    html = render_fragment(Fragment(f"{opening}\n\n# Heading\n\nText."), RenderContext()).html
    if "<!--" not in opening:
        assert '<h1 id="heading">Heading</h1>' in html
        assert "Text." in html


@pytest.mark.parametrize("name", ["g", "path", "text", "image", "use", "switch"])
def test_a_name_out_of_a_drawing_eats_nothing(name):
    html = render_fragment(Fragment(f"A List<{name}> here.\n\n<{name}>\n\nB"), RenderContext()).html
    assert "here." in html
    assert "<p>B</p>" in html


def test_links_that_a_table_pushes_out_of_itself_settle():
    once = sanitiser(RenderContext())("<A>\n<TABLE><A>")
    assert sanitiser(RenderContext())(once) == once
