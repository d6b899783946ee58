"""The text a reader sees of a line of Markdown, for anchors and for comparing."""

import re
from html import unescape

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,200}\]")
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*+)\](?:\((?:[^()\\]|\\.|\([^()]*\))*+\)|\[[^\[\]]*\])")
_SHORT_REFERENCE = re.compile(r"!?\[((?:[^\[\]\\]|\\.)++)\]")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--.*?-->")
_POINTED = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_STARS = re.compile(r"(?<!\\)(?:\*{1,3}|~~)")
_UNDERSCORES = re.compile(r"(?<![\w\\])(_{1,3})(?![\s_])(.+?)(?<![\s\\_])\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"[\\`*_~<>\[\]&\ue000]")
_LONGEST = 2_000
# Stands for code while the marks around it are read; it is in no text that anybody writes.
_ASIDE = "\ue000"


def plain_text(markdown: str, labels: frozenset[str] = frozenset()) -> str:
    """Return the words of one line of Markdown, without its marks.

    Footnote marks go, links and pictures leave their text. ``labels`` are the defined references
    (lower case): brackets around one of them are a link. Text beyond 2,000 characters is cut.
    """
    if not _MARKS.search(markdown):
        return " ".join(markdown[:_LONGEST].split())
    codes: list[str] = []

    def put_aside(code: re.Match[str]) -> str:
        codes.append(code[2].strip() or code[2])
        return _ASIDE

    text = " ".join(markdown[:_LONGEST].replace(_ASIDE, " ").split())
    text = _without_marks(_CODE.sub(put_aside, text), labels)
    shown = iter(codes)
    return re.sub(_ASIDE, lambda _: next(shown, ""), text).strip()


def _without_marks(text: str, labels: frozenset[str]) -> str:
    text = _NOTE.sub("", text)
    text = _LINK.sub(r"\1", text)
    if labels:
        text = _SHORT_REFERENCE.sub(lambda m: m[1] if m[1].lower() in labels else m[0], text)
    text = _TAG.sub("", _POINTED.sub(r"\1", text))
    text = _STARS.sub("", text)
    while (fewer := _UNDERSCORES.sub(r"\2", text)) != text:
        text = fewer
    return unescape(_ESCAPE.sub(r"\1", text))


def normal_text(markdown: str) -> str:
    """Return text as it is compared: case, marks, white space and end punctuation do not count."""
    return " ".join(plain_text(markdown).lower().split()).strip(" .!?:;,…\"'“”‘’")
