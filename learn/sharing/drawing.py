"""PURE: the picture that stands beside a shared link, in the look of the pages.

Sixteen colours and four bits a pixel, so that a card is drawn in milliseconds and weighs little.
"""

import io
import unicodedata
import zlib
from functools import cache

from PIL import Image, ImageDraw

from learn.sharing.card_texts import CardText
from learn.sharing.fonts import SANS, SERIF_BOLD, Font, font_for

# What the large services ask for: https://developers.facebook.com/docs/sharing/webmasters/images/
WIDTH, HEIGHT = 1200, 630
MARGIN = 88
TITLE_TOP, TITLE_BOTTOM = 232, 506
TITLE_SIZES = (88, 76, 66, 58, 50)
TITLE_LEADING = 1.14
ELLIPSIS = "…"

PAPER, INK, SOFT, ACCENT, WASH = (
    (252, 250, 245),
    (36, 31, 27),
    (91, 84, 77),
    (0, 103, 112),
    (226, 240, 242),
)
# The palette: paper, then each colour from faint to full. The steps make the edges smooth.
VISIBLE = [0] * 32 + [255] * 224
STEPS = {INK: 5, SOFT: 4, ACCENT: 4, WASH: 2}


def draw_card(text: CardText) -> bytes:
    """Return the card as PNG, 1200 by 630. What no font of this machine can show is left out."""
    card = _blank().copy()
    _write_line(card, text.course, MARGIN, 176, 32, SOFT)
    _write_title(card, text.title)
    _write_line(card, text.facts, MARGIN, 538, 30, SOFT)
    target = io.BytesIO()
    # Run lengths alone: half the time, and large even areas pack as well.
    card.save(target, "PNG", bits=4, compress_level=6, compress_type=zlib.Z_RLE)
    return target.getvalue()


@cache
def _palette() -> tuple[list[int], dict[tuple[int, int, int], list[int]]]:
    """Return the colours one after another, and for each colour its places from faint to full."""
    colours: list[tuple[int, ...]] = [PAPER]
    ramps = {}
    for full, steps in STEPS.items():
        shares = [step / steps for step in range(1, steps + 1)]
        mixed = [
            tuple(round(p + (f - p) * share) for p, f in zip(PAPER, full, strict=True))
            for share in shares
        ]
        ramps[full] = [0, *range(len(colours), len(colours) + steps)]
        colours += mixed
    return [part for colour in colours for part in colour], ramps


@cache
def _levels(colour: tuple[int, int, int]) -> list[int]:
    """Return the place in the palette for each of 256 strengths of a colour."""
    ramp = _palette()[1][colour]
    return [ramp[round(strength / 255 * (len(ramp) - 1))] for strength in range(256)]


@cache
def _blank() -> Image.Image:
    """Return the card without its texts: paper, a strip, the mark and the product's name."""
    card = Image.new("P", (WIDTH, HEIGHT), 0)
    card.putpalette(_palette()[0])
    _ink(card, _large_check(), (WIDTH - 430, HEIGHT - 400), WASH)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, 15, HEIGHT), fill=_palette()[1][ACCENT][-1])
    _ink(card, _mark(), (MARGIN, 76), ACCENT)
    _write_line(card, "Checkmark", MARGIN + 74, 80, 40, INK, names=SERIF_BOLD)
    return card


def _mark() -> Image.Image:
    """Return the product's mark: a tick cut out of a rounded square, as in icons.html."""
    scale = 7
    mark = Image.new("L", (32 * scale, 32 * scale), 0)
    draw = ImageDraw.Draw(mark)
    draw.rounded_rectangle((0, 0, 32 * scale - 1, 32 * scale - 1), 8 * scale, fill=255)
    _tick(draw, scale, fill=0)
    return mark.resize((56, 56), Image.Resampling.LANCZOS)


def _large_check() -> Image.Image:
    """Return a tick as large as the corner that it stands in."""
    scale = 36
    check = Image.new("L", (32 * scale, 32 * scale), 0)
    _tick(ImageDraw.Draw(check), scale, fill=255)
    return check.resize((560, 560), Image.Resampling.LANCZOS)


def _tick(draw: ImageDraw.ImageDraw, scale: int, *, fill: int) -> None:
    """Draw the tick of a square of 32, with round ends."""
    points = [(8.5 * scale, 16.5 * scale), (13.5 * scale, 21.7 * scale), (24 * scale, 10.5 * scale)]
    width = 3.4 * scale
    draw.line(points, fill=fill, width=round(width), joint="curve")
    for x, y in (points[0], points[-1]):
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=fill)


def _write_title(card: Image.Image, title: str) -> None:
    """Write the title as large as it fits in its room; the end of a long one is left out."""
    for size in TITLE_SIZES:
        font = font_for(title + ELLIPSIS, SERIF_BOLD, size)
        if font is None:
            return
        lines = wrapped(title, font, WIDTH - 2 * MARGIN)
        leading = round(size * TITLE_LEADING)
        room = (TITLE_BOTTOM - TITLE_TOP) // leading
        if len(lines) > room and size == TITLE_SIZES[-1]:
            lines = [*lines[: room - 1], shortened(" ".join(lines[room - 1 :]), font)]
        if len(lines) <= room:
            for number, line in enumerate(lines):
                _put(card, line, (MARGIN, TITLE_TOP + number * leading), font, INK)
            return


def _write_line(
    card: Image.Image,
    text: str,
    x: int,
    y: int,
    size: int,
    colour: tuple[int, int, int],
    *,
    names: tuple[str, ...] = SANS,
) -> None:
    """Write one line; its end is left out where it has no room."""
    font = font_for(text + ELLIPSIS, names, size) if text else None
    if font is not None:
        _put(card, shortened(text, font), (x, y), font, colour)


def _put(
    card: Image.Image,
    text: str,
    place: tuple[int, int],
    font: Font,
    colour: tuple[int, int, int],
) -> None:
    """Draw a text onto the card."""
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text))
    if right <= left or bottom <= top:
        return
    if is_from_right(text):
        place = (WIDTH - place[0] - right, place[1])
    mask = Image.new("L", (right - left + 2, bottom - top + 2), 0)
    ImageDraw.Draw(mask).text((1 - left, 1 - top), text, font=font, fill=255)
    _ink(card, mask, (place[0] + left, place[1] + top), colour)


def _ink(
    card: Image.Image, mask: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    """Lay a colour onto the card wherever the mask is not empty."""
    card.paste(mask.point(_levels(colour)), place, mask.point(VISIBLE))


def is_from_right(text: str) -> bool:
    """Say whether the first letter that has a direction is written from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((one for one in directions if one in {"L", "R", "AL"}), "L") != "L"


def wrapped(text: str, font: Font, width: int) -> list[str]:
    """Return the text in lines at most ``width`` wide; words that are wider are parted."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= width:
            lines[-1] = joined
            continue
        lines.append("")
        for letter in word:
            if lines[-1] and font.getlength(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def shortened(text: str, font: Font, width: int = WIDTH - 2 * MARGIN) -> str:
    """Return the text if it is at most ``width`` wide, else its beginning and an ellipsis."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + ELLIPSIS) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
