"""Formulas: LaTeX becomes MathML, which browsers show without a script."""

from html import unescape
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

from learn.authoring.markup.elements import element

LONGEST = 2_000
"""Longer formulas are shown as they were written."""


def formula(latex: str, *, display: bool) -> Element:
    """Return ``math``, or the source as code if it cannot be read. ``display`` sets it apart."""
    source = latex.strip()
    made = _convert(source, display) if len(source) <= LONGEST else None
    return element("code", [source], class_="language-math") if made is None else made


def _convert(source: str, display: bool) -> Element | None:
    try:
        math: Element = convert_to_element(source, display="block" if display else "inline")
    except Exception:  # the converter raises whatever it stumbles over, IndexError and the like too
        return None
    math.attrib.pop("xmlns", None)
    for part in math.iter():
        # The converter writes character references; our serialiser would escape them again.
        part.text = unescape(part.text) if part.text else None
    return math
