"""Formulas: LaTeX becomes MathML, which browsers show without a script."""

from xml.etree.ElementTree import Element

from learn.authoring.latex import LONGEST, mathml
from learn.authoring.markup.elements import element


def formula(latex: str, *, display: bool) -> Element:
    """Return ``math``, or the source as code if it cannot be read. ``display`` sets it apart."""
    source = latex.strip()
    made = mathml(source, display=display) if len(source) <= LONGEST else None
    return element("code", [source], class_="language-math") if made is None else made
