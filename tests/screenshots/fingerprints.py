"""How a page looks, in a line of letters that can be compared on another machine.

The top of the page, as high as the window, is made so small that words blur into greys: each cell
of a grid is the mean lightness of its part, and how warm it is. Another font moves lines a little,
so a cell may find its like in a neighbour; what is lost, in another colour or in another place is
still seen.
"""

from base64 import b64decode, b64encode
from collections import Counter
from io import BytesIO
from pathlib import Path
from zlib import compress, decompress

from PIL import Image
from playwright.sync_api import Page

from tests.screenshots.variants import Variant

KEPT = Path(__file__).with_name("fingerprints.txt")
COLUMNS, ROWS = 24, 20
# Lightness in 64 steps and warmth in 32, and how far a cell may be from its like.
LIGHTNESS_STEPS, WARMTH_STEPS = 4, 8
LIGHTNESS_TOLERANCE, WARMTH_TOLERANCE = 4, 2
# The share of the cells with something in them that may be unlike, and the fewest to reckon with.
SHARE, LEAST = 0.15, 20

type Cell = tuple[int, int]
NAMES = {"desktop-light", "phone-dark"}
# What tells dates and times, or moves by itself.
MOVING = "time, .calendar, .forecast, .history span, .eyebrow, .origin, .qr, .secret, .codes"


def is_kept_of(variant: Variant) -> bool:
    """Say whether pages are compared in this variant."""
    return variant.name in NAMES


def fingerprint(page: Page) -> str:
    """Return how the top of the page looks."""
    hide = f"{MOVING} {{ visibility: hidden }}"
    with Image.open(BytesIO(page.screenshot(animations="disabled", style=hide))) as picture:
        small = picture.convert("RGB").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    cells = [_cell(small.getpixel((x, y))) for y in range(ROWS) for x in range(COLUMNS)]
    return b64encode(compress(bytes(part for cell in cells for part in cell), 9)).decode()


def _cell(pixel) -> Cell:
    """Return lightness, and warmth: 16 for grey, more for red and yellow, less for blue."""
    red, green, blue = pixel
    lightness = int(0.299 * red + 0.587 * green + 0.114 * blue) // LIGHTNESS_STEPS
    return lightness, max(0, 16 + (red - blue) // WARMTH_STEPS)


def read_kept() -> dict[str, str]:
    """Return the fingerprints that pages are compared with, by page and variant."""
    lines = KEPT.read_text().splitlines() if KEPT.exists() else []
    return dict(line.rsplit(" ", 1) for line in lines)


def write_kept(found: dict[str, str]) -> None:
    """Take these as what pages are compared with."""
    KEPT.write_text("".join(f"{name} {print_}\n" for name, print_ in sorted(found.items())))


def difference(kept: str, now: str) -> float:
    """Return how many cells are unlike, as a share of those that have something in them."""
    one, other = _cells_of(kept), _cells_of(now)
    unlike = max(_unlike(one, other), _unlike(other, one))
    return unlike / max(LEAST, _filled(one), _filled(other))


def is_like(kept: str, now: str) -> bool:
    """Say whether a page looks as it did."""
    return difference(kept, now) <= SHARE


def _cells_of(print_: str) -> list[Cell]:
    parts = decompress(b64decode(print_))
    return list(zip(parts[::2], parts[1::2], strict=True))


def _filled(cells: list[Cell]) -> int:
    """Return how many cells are not just paper, which is what most of a page is."""
    [(paper, _)] = Counter(cells).most_common(1)
    return sum(not _are_like(cell, paper) for cell in cells)


def _unlike(kept: list[Cell], now: list[Cell]) -> int:
    """Return how many cells have no like at their place or beside it."""
    return sum(
        not any(_are_like(now[y * COLUMNS + x], near) for near in _around(kept, x, y))
        for y in range(ROWS)
        for x in range(COLUMNS)
    )


def _around(cells: list[Cell], x: int, y: int) -> list[Cell]:
    return [
        cells[near_y * COLUMNS + near_x]
        for near_y in range(max(0, y - 1), min(ROWS, y + 2))
        for near_x in range(max(0, x - 1), min(COLUMNS, x + 2))
    ]


def _are_like(one: Cell, other: Cell) -> bool:
    return (
        abs(one[0] - other[0]) <= LIGHTNESS_TOLERANCE and abs(one[1] - other[1]) <= WARMTH_TOLERANCE
    )
