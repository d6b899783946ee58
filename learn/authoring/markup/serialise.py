"""The element tree as HTML.

Python-Markdown's own serialiser leaves ``&copy;`` in a text alone, because its inline stage leaves
entities for later. Ours has read them by now, so that every ``&`` and ``<`` here is meant as it is.
"""

from html import escape
from xml.etree.ElementTree import Element

from learn.authoring.markup.elements import BARE, BLOCKS, RAW

_VOID = frozenset({"br", "hr", "img", "input"})


def serialise(root: Element) -> str:
    """Return ``root`` as HTML. Works without recursion, so depth is no danger."""
    pieces: list[str] = []
    waiting: list[Element | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
        else:
            # A tail stands behind the closing tag, so it goes below it on the stack.
            waiting.extend(_after(node, is_root=node is root))
            waiting.extend(reversed(node))
            pieces.append(_before(node))
    return "".join(pieces)


def _before(node: Element) -> str:
    text = node.text or ""
    if node.tag == RAW:
        return text
    if node.tag == BARE:
        return escape(text, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.items())
    return f"<{node.tag}{attributes}>{escape(text, quote=False)}"


def _after(node: Element, *, is_root: bool) -> list[str]:
    after = [] if is_root or not node.tail else [escape(node.tail, quote=False)]
    if node.tag in BLOCKS:
        after.append("\n")
    if node.tag not in _VOID and node.tag not in (RAW, BARE):
        after.append(f"</{node.tag}>")
    return after
