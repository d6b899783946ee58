"""READ: whether a file of a content folder is the picture that its name promises.

Only its first bytes are read: a folder that is watched is looked at again and again.
"""

import re
from pathlib import Path
from shlex import quote
from typing import Final

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem

LARGEST_MB: Final = 2
"""From here on a picture is called large; a photograph of 2,000 pixels has half of it."""

_MEGABYTE = 1_000_000
_START_OF_DRAWING = 64 * 1024
_START = 64
_POINTER = b"version https://git-lfs.github.com/spec/"
# What the bytes are decides, not the ending: browsers show a JPEG that is called `.png`.
_PIXELS = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|....ftyp(?:avif|avis|mif1|msf1)",
    re.DOTALL,
)
# The first element after what may stand before it.
_DRAWING = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?+"
    rb"(?:\s++|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\])?+\s*+>)*+"
    rb"<(?:[\w.-]++:)?+svg[\s/>]",
    re.DOTALL | re.IGNORECASE,
)
_SVG_NAMESPACE = b"http://www.w3.org/2000/svg"


def picture_problem(path: Path) -> Problem | None:
    """Return what is wrong with a picture's file, if anything. Never raises ``OSError``."""
    is_drawing = path.suffix.lower() == ".svg"
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_START_OF_DRAWING if is_drawing else _START)
    except OSError as error:
        return problem_at(1, 1, "structure-unreadable", reason=error.strerror or "unknown")
    if reason := _no_picture(start, is_drawing=is_drawing):
        is_pointer = start.startswith(_POINTER)
        stub = "git lfs pull" if is_pointer else f"rm {quote(path.name)}"
        return problem_at(1, 1, "structure-not-a-picture", reason=reason, stub=stub)
    if is_drawing and not _has_namespace(start):
        return problem_at(1, 1, "structure-drawing-without-namespace")
    if size > LARGEST_MB * _MEGABYTE:
        return problem_at(
            1,
            1,
            "structure-large-picture",
            size=f"{size / _MEGABYTE:.1f}",
            limit=str(LARGEST_MB),
            name=quote(path.name),
            stem=quote(path.stem),
        )
    return None


def _has_namespace(start: bytes) -> bool:
    """Say whether a drawing names the language that it is in, at its first element or before."""
    start = start.replace(b"\0", b"")
    drawing = _DRAWING.match(start)
    # An entity for it, as some programs write, stands in the document type.
    return drawing is None or _SVG_NAMESPACE in start[: start.find(b">", drawing.end() - 1)]


def _no_picture(start: bytes, *, is_drawing: bool) -> str:
    """Return why a file that begins so is no picture, or an empty text if it is one."""
    if not start:
        return "it is empty"
    if start.startswith(_POINTER):
        return "it is a pointer of Git LFS, and the picture itself was not fetched"
    if is_drawing:
        # In UTF-16 every other byte of a tag is zero.
        return "" if _DRAWING.match(start.replace(b"\0", b"")) else "it does not begin as an SVG"
    return "" if _PIXELS.match(start) else "no PNG, JPEG, GIF, WebP or AVIF begins like it"
