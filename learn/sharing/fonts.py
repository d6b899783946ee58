"""The fonts that pictures of text are drawn with: of this machine, else the one Pillow brings.

No font is part of the product. Which one is taken depends on the letters, since none has them all.
"""

from functools import cache

from PIL import ImageFont

# The first that has every letter of a text is taken.
SERIF_BOLD = (
    "Charter-Bold.otf",
    "NotoSerif-Bold.ttf",
    "LiberationSerif-Bold.ttf",
    "Georgia Bold.ttf",
    "georgiab.ttf",
    "DejaVuSerif-Bold.ttf",
)
SANS = (
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "Arial.ttf",
    "arial.ttf",
    "DejaVuSans.ttf",
)
OTHER_SCRIPTS = (
    "DejaVuSans-Bold.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansThai-Bold.ttf",
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "wqy-zenhei.ttc",
    "Arial Unicode.ttf",
    "unifont.otf",
)
PROBE_SIZE = 16
# No font has a letter here, so this shows what each draws for what it lacks.
UNASSIGNED = "\U000ffffd"

type Font = ImageFont.FreeTypeFont


@cache
def load_font(name: str, size: int) -> Font | None:
    """Return the font of a file by its name, or None where this machine has none of it.

    The empty name is Pillow's own, which a Pillow without FreeType cannot draw in any size.
    """
    try:
        font = ImageFont.truetype(name, size) if name else ImageFont.load_default(size)
    except OSError:
        return None
    return font if isinstance(font, ImageFont.FreeTypeFont) else None


def font_for(text: str, names: tuple[str, ...], size: int) -> Font | None:
    """Return the first font that has every letter of ``text``; None when no font has."""
    letters = {letter for letter in text if not letter.isspace()}
    for name in (*names, *OTHER_SCRIPTS, ""):
        probe = load_font(name, PROBE_SIZE)
        if probe and all(_has(name, letter) for letter in letters):
            return load_font(name, size)
    return None


@cache
def _has(name: str, letter: str) -> bool:
    """Say whether the font of this name draws something of its own for the letter."""
    font = load_font(name, PROBE_SIZE)
    return font is not None and bytes(font.getmask(letter)) != _lacking(name)


@cache
def _lacking(name: str) -> bytes:
    """Return what the font of this name draws for a letter that it lacks."""
    font = load_font(name, PROBE_SIZE)
    return bytes(font.getmask(UNASSIGNED)) if font else b""
