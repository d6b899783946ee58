"""Uploaded pictures made safe: known by their content, encoded anew, without what they carried."""

import io
import posixpath
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import slugify
from PIL import Image, ImageCms, ImageOps

from learn.safe_svg import UnsafeSvgError, safe_svg

LARGEST_FILE: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 25_000_000
WIDEST: Final = 2000
LONGEST_NAME: Final = 80

# How what was read is written: a moving picture becomes its first frame.
WRITTEN_AS: Final = {"PNG": "PNG", "GIF": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP"}
EXTENSIONS: Final = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "WEBP": {"quality": 85, "method": 4},
}
# What reading a broken or hostile file may raise.
BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    MemoryError,
    OverflowError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be served. ``extension`` says what it is."""

    content: bytes
    extension: str


class PictureRefusedError(ValueError):
    """A file that is no picture we take.

    ``code`` is ``empty``, ``too-large``, ``unknown``, ``too-many-pixels``, ``broken`` or
    ``unsafe-svg``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def safe_picture(content: bytes) -> Picture:
    """Return the picture encoded anew, at most ``WIDEST`` wide and without metadata.

    What it is is told by its content, never by a name. Takes PNG, JPEG, WebP, GIF (its first
    frame, as PNG) and SVG. Raises ``PictureRefusedError``.
    """
    if not content:
        raise PictureRefusedError("empty")
    if len(content) > LARGEST_FILE:
        raise PictureRefusedError("too-large")
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return _safe_drawing(content)
    return _safe_photograph(content)


def picture_name(wanted: str, extension: str) -> str:
    """Return a file name for a picture that was called ``wanted``: small letters and hyphens."""
    stem = posixpath.splitext(wanted.replace("\\", "/").rpartition("/")[2])[0]
    return f"{slugify(stem)[:LONGEST_NAME].strip('-') or 'picture'}.{extension}"


def _safe_drawing(content: bytes) -> Picture:
    """Return an SVG with nothing left in it that runs or loads."""
    try:
        return Picture(safe_svg(content), "svg")
    except UnsafeSvgError as error:
        raise PictureRefusedError("unsafe-svg") from error


def _safe_photograph(content: bytes) -> Picture:
    """Return a picture of pixels, decoded and encoded anew."""
    try:
        image = Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP", "GIF"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefusedError("too-many-pixels") from error
    except BROKEN as error:
        raise PictureRefusedError("unknown") from error
    if image.width * image.height > MOST_PIXELS:
        raise PictureRefusedError("too-many-pixels")
    written_as = WRITTEN_AS[image.format or "PNG"]
    try:
        return Picture(_encoded(_upright(image), written_as), EXTENSIONS[written_as])
    except BROKEN as error:
        raise PictureRefusedError("broken") from error


def _upright(image: Image.Image) -> Image.Image:
    """Return the first frame, turned as the camera was held, in sRGB and not too wide."""
    image.load()
    upright = _in_srgb(ImageOps.exif_transpose(image))
    if upright.mode not in {"RGB", "RGBA", "L", "LA"}:
        has_alpha = upright.has_transparency_data
        upright = upright.convert("RGBA" if has_alpha else "RGB")
    if upright.width > WIDEST:
        height = max(1, round(upright.height * WIDEST / upright.width))
        upright = upright.resize((WIDEST, height), Image.Resampling.LANCZOS)
    return upright


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in the colours that browsers take for granted."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _encoded(image: Image.Image, written_as: str) -> bytes:
    """Return the file: the pixels and nothing else."""
    if written_as == "JPEG" and image.mode not in {"RGB", "L"}:
        image = image.convert("RGB")
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    target = io.BytesIO()
    bare.save(target, written_as, **OPTIONS[written_as])
    return target.getvalue()
