"""Code blocks: highlighted code, text diagrams with an alternative, and formulas in a fence."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from learn.authoring.markup.elements import element, raw
from learn.authoring.markup.escapes import unescape
from learn.authoring.markup.formulas import formula

LONGEST_HIGHLIGHTED = 20_000
"""Longer code is shown plain: some lexers take far more than linear time."""

_FORMATTER = HtmlFormatter(nowrap=True, classprefix="")
_ALTERNATIVE = re.compile(r"""(?:^|[ \t{])alt=(?:"([^"]*)"|'([^']*)'|([^\s"'}]+))""")
_LANGUAGE = re.compile(r"[\w+#.-]+")


def code_block(code: str, info: str) -> Element:
    """Return what a code block becomes. ``info`` is what stands after the opening fence."""
    language = _language(info)
    if language == "math":
        return element("p", [formula(code, display=True)])
    alternative = _ALTERNATIVE.search(info)
    if language == "text" and alternative:
        label = unescape(next(filter(None, alternative.groups()), ""))
        return _diagram(code, label)
    return element("div", [element("pre", [_code(code, language)])], class_="highlight")


def _language(info: str) -> str:
    words = unescape(info).split()
    return words[0].rstrip(",") if words and not words[0].startswith("{") else ""


def _diagram(code: str, label: str) -> Element:
    return element(
        "figure", [element("pre", [code])], class_="diagram", role="img", aria_label=label
    )


def _code(code: str, language: str) -> Element:
    is_coloured = language and code and len(code) <= LONGEST_HIGHLIGHTED
    lexer = _lexer(language) if is_coloured else None
    coloured = [raw(highlight(code, lexer, _FORMATTER))] if lexer else [code]
    # A language that cannot be part of a class name still is code.
    named = {"class": f"language-{language}"} if _LANGUAGE.fullmatch(language) else {}
    return element("code", coloured, **named)


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=True)
    except ClassNotFound:
        return None
