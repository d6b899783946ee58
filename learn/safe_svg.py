"""Drawings made safe: an SVG is written anew from what is known to be harmless. No database.

Elements and attributes are let through by name. Nothing that runs, loads, links or animates is
among them, and there are no entities. What a drawing refers to is inside of it.
"""

import re
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"

LARGEST: Final = 2 * 1024 * 1024
DEEPEST: Final = 60
MOST_ELEMENTS: Final = 20_000

_ELEMENTS = """
svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan
textPath marker linearGradient radialGradient stop pattern clipPath mask style filter feBlend
feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG
feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset
"""
ELEMENTS: Final = frozenset(_ELEMENTS.split())
# Not kept themselves, but what is in them is.
TRANSPARENT: Final = frozenset({"a", "switch"})

_ATTRIBUTES = """
id class style lang role aria-label aria-labelledby aria-describedby aria-hidden x y x1 y1 x2 y2
cx cy r rx ry fx fy fr dx dy d points width height viewBox preserveAspectRatio transform version
pathLength rotate textLength lengthAdjust startOffset method spacing side offset orient
markerWidth markerHeight markerUnits refX refY gradientUnits gradientTransform spreadMethod
patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
mask-type filterUnits primitiveUnits in in2 result mode operator type values k1 k2 k3 k4 radius
stdDeviation tableValues slope intercept amplitude exponent flood-color flood-opacity fill
fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
stroke-miterlimit stroke-dasharray stroke-dashoffset color opacity display visibility overflow
clip-path clip-rule mask filter marker-start marker-mid marker-end paint-order vector-effect
stop-color stop-opacity shape-rendering text-rendering color-interpolation
color-interpolation-filters mix-blend-mode isolation font-family font-size font-style
font-variant font-weight font-stretch letter-spacing word-spacing text-anchor text-decoration
dominant-baseline alignment-baseline baseline-shift writing-mode direction unicode-bidi
xml:space xml:lang
"""
ATTRIBUTES: Final = frozenset(_ATTRIBUTES.split())
# Words for a screen reader, which no engine reads as anything else.
SPOKEN: Final = frozenset({"aria-label", "lang", "xml:lang"})
# What others are painted with refers to nothing itself, or a few of them would cost for ever.
PAINTED_WITH: Final = frozenset({"pattern", "mask", "clipPath", "marker"})
MAY_REFER: Final = frozenset(
    {"use", "textPath", "linearGradient", "radialGradient", "pattern", "filter"}
)

LOCAL_REFERENCE = re.compile(r"#[\w.-]+")
# In CSS: an escape hides names, `@` imports, and everything with an address in it loads.
LOCAL_URL = re.compile(r"""url\(\s*(['"]?)#[\w.-]+\1\s*\)""", re.IGNORECASE)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_THAT_ACTS = re.compile(
    r"\\|@|url|image|src\s*\(|expression|behaviou?r|binding|javascript|vbscript|data\s*:|//|[<&]"
    r"|\bvar\s*\(|attr\s*\(|element\s*\(|animation|cursor",
    re.IGNORECASE,
)


class UnsafeSvgError(ValueError):
    """A file that is no SVG, or one that cannot be made safe. The message says which."""


def safe_svg(content: bytes) -> bytes:
    """Return the drawing with what is known to be harmless.

    Raises ``UnsafeSvgError`` for what is no SVG, is broken, has a document type or entities, or is
    larger or deeper than a drawing needs to be.
    """
    if len(content) > LARGEST:
        raise UnsafeSvgError("too large")
    writer = _Writer()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnsafeSvgError(str(error)) from error
    return writer.result()


def is_harmless_css(css: str) -> bool:
    """Say whether CSS can do nothing but colour and place."""
    return not CSS_THAT_ACTS.search(LOCAL_URL.sub("", CSS_COMMENT.sub(" ", css)))


def _refuse_document_type(*_arguments: object) -> None:
    """Refuse a document type, where entities are made that grow without end or read files."""
    raise UnsafeSvgError("document type")


class _Writer:
    """Writes what the parser reads, as far as it is harmless."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._identified = 0
        self._identified_at: list[bool] = []
        self._skipped = 0
        self._style: list[str] | None = None
        self._elements = 0

    def result(self) -> bytes:
        """Return the drawing."""
        if not self._pieces:
            raise UnsafeSvgError("no drawing")
        return "".join(self._pieces).encode()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element, or begin to leave one out with all that is in it."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS or len(self._open) + self._skipped > DEEPEST:
            raise UnsafeSvgError("too many elements")
        namespace, _, local = name.rpartition(" ")
        if not self._open and not self._skipped and (namespace, local) != (SVG, "svg"):
            raise UnsafeSvgError("not an svg")
        if self._skipped or namespace != SVG or self._is_left_out(local):
            self._skipped += 1
            return
        kept = _safe_attributes(local, attributes)
        if not PAINTED_WITH.isdisjoint(self._open):
            kept = {key: value for key, value in kept.items() if "url(" not in value.lower()}
        if not self._open:
            kept.pop("id", None)
        self._push(local, is_identified="id" in kept)
        if local == "style":
            self._style = []
        if local not in TRANSPARENT:
            xmlns = f' xmlns="{SVG}"' if len(self._open) == 1 else ""
            written = "".join(f" {key}={quoteattr(value)}" for key, value in kept.items())
            self._pieces.append(f"<{local}{xmlns}{written}>")

    def _is_left_out(self, local: str) -> bool:
        """Say whether an element is unknown, or could multiply itself by copies of copies."""
        if local == "use":
            return self._identified > 0 or not self._open
        return local not in ELEMENTS | TRANSPARENT or self._style is not None

    def _push(self, local: str, *, is_identified: bool) -> None:
        self._open.append(local)
        self._identified_at.append(is_identified)
        self._identified += is_identified

    def end(self, _name: str) -> None:
        """Close an element."""
        if self._skipped:
            self._skipped -= 1
            return
        local = self._open.pop()
        self._identified -= self._identified_at.pop()
        if local == "style":
            css = "".join(self._style or [])
            self._style = None
            self._pieces.append(escape(css) if is_harmless_css(css) else "")
        if local not in TRANSPARENT:
            self._pieces.append(f"</{local}>")

    def text(self, data: str) -> None:
        """Keep text that stands in what is kept; a style is judged at its end."""
        if self._skipped or not self._open:
            return
        if self._style is not None:
            self._style.append(data)
        else:
            self._pieces.append(escape(data))


def _safe_attributes(element: str, attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes that are known and whose values stay inside of the drawing."""
    kept = {}
    for name, value in attributes.items():
        namespace, _, local = name.rpartition(" ")
        if local == "href" and namespace in {"", XLINK}:
            if element in MAY_REFER and LOCAL_REFERENCE.fullmatch(value.strip()):
                kept["href"] = value.strip()
            continue
        known = f"xml:{local}" if namespace == XML else local if not namespace else ""
        if known in ATTRIBUTES and (known in SPOKEN or is_harmless_css(value)):
            kept[known] = value
    return kept
