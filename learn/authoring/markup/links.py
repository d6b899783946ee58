"""Where links and pictures lead: files of the course become addresses of the site."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from markdown.core import Markdown
from markdown.treeprocessors import Treeprocessor

from learn.authoring.markup.context import RenderContext
from learn.authoring.markup.elements import BARE
from learn.authoring.markup.state import RenderState
from learn.authoring.slug import RESERVED_PREFIX

SCHEMES = ("http", "https", "mailto")
"""What a link may begin with; ``javascript:`` and all others are dropped."""
EXTERNAL_REL = "noopener noreferrer"

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\ufeff]")
_SAFE = "/:?#[]@!$&'()*+,;=~%-._"


def resolve_link(written: str, context: RenderContext) -> str | None:
    """Return where a link leads, or None if it leads nowhere that it may.

    A file of the course becomes the lesson's address, another relative path an address of media.
    """
    address = written.strip()
    path, mark, fragment = address.partition("#")
    if not path:
        return _fragment(fragment) if mark else None
    scheme = _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", address))
    if scheme:
        return quote(address, safe=_SAFE) if scheme[1].lower() in SCHEMES else None
    if path.startswith(("/", "\\", "?")):
        return quote(address.replace("\\", "/"), safe=_SAFE)
    ending = _fragment(fragment) if mark else ""
    name = unquote(path).removeprefix("./")
    if name in context.lesson_addresses:
        return context.lesson_addresses[name] + ending
    if name.lower().endswith(".md"):
        return None
    media = resolve_media(path, context)
    return media + ending if media else None


def resolve_media(written: str, context: RenderContext) -> str | None:
    """Return the address of a picture or file of the course, or None for anything else.

    An address that is resolved already stays as it is, so that this may be done twice.
    """
    base = context.media_address
    name = unquote(written.strip())
    if not base:
        return None
    name = name[len(base) :] if name.startswith(base) else name.removeprefix("./")
    name = name.removeprefix("media/")
    if not name or name.startswith(("/", "?", "#")) or "\\" in name or _SCHEME.match(name):
        return None
    if _IGNORED_BY_BROWSERS.search(name.replace(" ", "")) or ".." in name.split("/"):
        return None
    return base + quote(name, safe="/-._~")


def _fragment(written: str) -> str:
    """Return the part after ``#``, changed in the way that ``slug`` changes a reserved id."""
    name = unquote(written)
    return "#" + quote(f"section-{name}" if name.startswith(RESERVED_PREFIX) else name, safe=_SAFE)


def is_external(address: str) -> bool:
    """Return whether an address leads to another site."""
    return address.lower().startswith(("http://", "https://", "//"))


class Addresses(Treeprocessor):
    """Resolves the addresses of links and pictures that were written as Markdown."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: Element) -> None:
        """Resolve all; what leads nowhere becomes text, a picture from elsewhere a link."""
        linked = {picture for link in root.iter("a") for picture in link.iter("img")}
        for node in list(root.iter()):
            if node.tag == "a":
                self._link(node)
            elif node.tag == "img":
                self._picture(node, is_linked=node in linked)

    def _link(self, node: Element) -> None:
        address = resolve_link(node.get("href", ""), self.state.context)
        if address is None:
            # An `a` without `href` is plain text to everybody; so it need not be one.
            node.tag = BARE
            node.attrib.clear()
            return
        node.set("href", address)
        if is_external(address):
            node.set("rel", EXTERNAL_REL)

    def _picture(self, node: Element, *, is_linked: bool) -> None:
        written = node.get("src", "")
        address = resolve_media(written, self.state.context)
        if address is not None:
            node.set("src", address)
            node.set("loading", "lazy")
            node.set("decoding", "async")
            return
        node.text = node.get("alt") or written
        node.attrib.clear()
        node.tag = BARE if is_linked else "a"
        if not is_linked:
            node.set("href", written)
            self._link(node)
