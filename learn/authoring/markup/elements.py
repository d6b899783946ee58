"""Small helpers for the element tree that all stages share."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

BARE = "bare"
"""The tag of an element that is written without its tags: only its content shows."""
RAW = "raw"
"""The tag of an element whose text is HTML already and is written as it is (then sanitised)."""
_BLOCK_TAGS = (
    "aside blockquote div dl dd dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section table"
    " tbody td th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_TAGS.split())
"""Elements that stand on lines of their own in the source."""
_SILENT = frozenset({"sup", RAW})

type Node = str | Element


def element(tag: str, content: Sequence[Node] = (), **attributes: str) -> Element:
    """Return an element. ``class_`` and ``aria_label`` become ``class`` and ``aria-label``."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    made = Element(tag, named)
    fill(made, content)
    return made


def fill(parent: Element, content: Iterable[Node]) -> None:
    """Append text that is final (not Markdown any more) and elements to ``parent``."""
    last = parent[-1] if len(parent) else None
    for node in content:
        if isinstance(node, Element):
            parent.append(node)
            last = node
        elif last is None:
            parent.text = AtomicString((parent.text or "") + node)
        else:
            last.tail = AtomicString((last.tail or "") + node)


def markdown_element(tag: str, source: str, **attributes: str) -> Element:
    """Return an element whose text is Markdown that the inline stage will read."""
    made = element(tag, **attributes)
    made.text = source
    return made


def raw(html: str) -> Element:
    """Return HTML to be written as it is. The sanitiser sees it afterwards."""
    return element(RAW, [html])


def line_break() -> Element:
    """Return ``br``, with a line end after it for people who read the source."""
    made = element("br")
    made.tail = AtomicString("\n")
    return made


def plain_text(root: Element) -> str:
    """Return the text a reader sees, without footnote numbers; pictures give their alternatives."""
    pieces: list[str] = []
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        if node is not root and node.tail:
            waiting.append(node.tail)
        if node.tag == "img":
            pieces.append(node.get("alt", ""))
        elif node.tag == "br":
            pieces.append(" ")
        elif node.tag not in _SILENT:
            waiting.extend(reversed(node))
            if node.text:
                waiting.append(node.text)
    return "".join(pieces)


def add_class(target: Element, name: str) -> None:
    """Add one class to an element."""
    target.set("class", f"{target.get('class', '')} {name}".strip())
