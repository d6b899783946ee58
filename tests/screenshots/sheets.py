"""Many pictures on one sheet, so that a person can look at them side by side."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

GAP, LABEL = 8, 18
SHEET, TILE_HEIGHT, ROWS = 1568, 590, 2
# How wide a picture is on a sheet: seven phones or four wider windows in a row.
NARROW, WIDE = 216, 384


def write_sheets(pictures: Sequence[tuple[str, Path]], folder: Path, name: str) -> list[Path]:
    """Write named pictures of one width onto as many sheets as they need; return the files."""
    tiles = [_tile(label, path) for label, path in pictures]
    per_row = SHEET // (tiles[0].width + GAP)
    files = []
    for number, start in enumerate(range(0, len(tiles), per_row * ROWS), start=1):
        files.append(folder / f"{name}-{number:02}.png")
        _sheet(tiles[start : start + per_row * ROWS], per_row).save(files[-1])
    return files


def _tile(label: str, path: Path) -> Image.Image:
    """Return the top of a picture made small, with its name above it."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    width = NARROW if picture.width < 600 else WIDE
    height = picture.height * width // picture.width
    picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    tile = Image.new("RGB", (width, TILE_HEIGHT + LABEL), "#808080")
    ImageDraw.Draw(tile).text((2, 1), label, "white", ImageFont.load_default(13))
    tile.paste(picture.crop((0, 0, width, min(height, TILE_HEIGHT))), (0, LABEL))
    return tile


def _sheet(tiles: Sequence[Image.Image], per_row: int) -> Image.Image:
    width, height = tiles[0].size
    rows = -(-len(tiles) // per_row)
    sheet = Image.new("RGB", (per_row * (width + GAP), rows * (height + GAP)), "#808080")
    for place, tile in enumerate(tiles):
        row, column = divmod(place, per_row)
        sheet.paste(tile, (column * (width + GAP), row * (height + GAP)))
    return sheet
