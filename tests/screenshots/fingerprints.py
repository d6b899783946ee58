"""How a page looks, as a few hundred letters that can be compared on another machine.

The top of the page, as high as the window, is made so small that letters blur into greys: each
cell of the grid is the mean lightness of its part, and how warm it is, in 16 steps each. Another
font moves lines a little, so a cell may find its like in a neighbour; what is lost, in the wrong
colour or in another place is still seen.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.screenshots.variants import Variant

KEPT = Path(__file__).with_name("fingerprints.txt")
COLUMNS, ROWS = 12, 12
STEPS = "0123456789abcdef"
# Steps that a cell may differ from its like or a neighbour, and the share of cells that may not.
TOLERANCE, SHARE = 2, 0.08
NAMES = {"desktop-light", "phone-dark"}
# What tells dates and times, or moves by itself.
MOVING = "time, .calendar, .forecast, .history span, .eyebrow, .origin, .qr, .secret"


def is_kept_of(variant: Variant) -> bool:
    """Say whether pages are compared in this variant."""
    return variant.name in NAMES


def fingerprint(page: Page) -> str:
    """Return how the top of the page looks, two letters a cell, a line of cells after another."""
    with Image.open(
        BytesIO(page.screenshot(animations="disabled", style=f"{MOVING} {{ visibility: hidden }}"))
    ) as picture:
        small = picture.convert("RGB").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    cells = [small.getpixel((x, y)) for y in range(ROWS) for x in range(COLUMNS)]
    return "".join(STEPS[_lightness(cell)] + STEPS[_warmth(cell)] for cell in cells)


def _lightness(cell) -> int:
    red, green, blue = cell
    return int(0.299 * red + 0.587 * green + 0.114 * blue) >> 4


def _warmth(cell) -> int:
    """Return 8 for grey, more for red and yellow, less for blue and green."""
    return max(0, min(15, 8 + round((cell[0] - cell[2]) / 8)))


def read_kept() -> dict[str, str]:
    """Return the fingerprints that pages are compared with, by page and variant."""
    lines = KEPT.read_text().splitlines() if KEPT.exists() else []
    return dict(line.rsplit(" ", 1) for line in lines)


def write_kept(found: dict[str, str]) -> None:
    """Take these as what pages are compared with."""
    KEPT.write_text("".join(f"{name} {print_}\n" for name, print_ in sorted(found.items())))


def differing(kept: str, now: str) -> float:
    """Return the share of cells that are unlike what was kept, there and all around."""
    unlike = sum(not _has_like(kept, now, x, y) for y in range(ROWS) for x in range(COLUMNS))
    return unlike / (COLUMNS * ROWS)


def is_like(kept: str, now: str) -> bool:
    """Say whether a page looks as it did."""
    return differing(kept, now) <= SHARE and differing(now, kept) <= SHARE


def _has_like(kept: str, now: str, x: int, y: int) -> bool:
    light, warm = _cell(now, x, y)
    return any(
        abs(light - other[0]) <= TOLERANCE and abs(warm - other[1]) <= TOLERANCE
        for other in (
            _cell(kept, near_x, near_y)
            for near_y in range(max(0, y - 1), min(ROWS, y + 2))
            for near_x in range(max(0, x - 1), min(COLUMNS, x + 2))
        )
    )


def _cell(print_: str, x: int, y: int) -> tuple[int, int]:
    at = 2 * (y * COLUMNS + x)
    return STEPS.index(print_[at]), STEPS.index(print_[at + 1])
