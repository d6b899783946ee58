"""``python -m tests.screenshots [FOLDER] [--only NAME ...]``: pictures of every page, every way.

A picture for each page and variant, and sheets with many of them side by side. ``--accept`` takes
how the pages look now as what the tests compare with; with ``--only``, of those pages. Pictures
are then taken only for a FOLDER that is named.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as BrowserPage

from tests.journeys.conftest import CHROMIUM_NAMES, CHROMIUM_OPTIONS
from tests.screenshots.camera import Album, album
from tests.screenshots.faults import faults_of
from tests.screenshots.fingerprints import (
    SHARE,
    difference,
    fingerprint,
    is_kept_of,
    read_kept,
    write_kept,
)
from tests.screenshots.pages import Page
from tests.screenshots.sheets import write_sheets
from tests.screenshots.variants import VARIANTS, Variant

USUAL_FOLDER = Path("var/screenshots")
KEPT_VARIANTS = tuple(filter(is_kept_of, VARIANTS))


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk through the pages gave.

    ``looks`` are fingerprints by page and variant, None for one that was not asked for;
    ``pictures`` files by variant, each with its page; ``faults`` what is wrong, in words.
    """

    looks: dict[str, str | None] = field(default_factory=dict)
    pictures: dict[str, list[tuple[str, Path]]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """Take the pictures; return 1 if a page has a fault that can be measured, else 0."""
    parser = argparse.ArgumentParser(prog="tests.screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help=f"usually {USUAL_FOLDER}")
    parser.add_argument(
        "--only", nargs="+", default=[""], metavar="NAME", help="pages or variants named so"
    )
    parser.add_argument("--accept", action="store_true", help="compare with this from now on")
    options = parser.parse_args()
    chromium = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if chromium is None:
        parser.error("no Chromium on this machine: `apt-get install chromium`")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        return take(browser, Path(folder), options)


def take(browser: Browser, folder: Path, options: argparse.Namespace) -> int:
    """Walk through all pages and write what was asked for."""
    pictures = options.folder or (None if options.accept else USUAL_FOLDER)
    with album(folder, browser) as made:
        found = walk(made, options.only, folder=pictures, accepts=options.accept)
    if options.accept:
        write_kept(accepted(read_kept(), found.looks))
    if pictures:
        write_overview(found, pictures)
    return 1 if found.faults else 0


def walk(made: Album, only: Sequence[str], *, folder: Path | None, accepts: bool) -> Found:
    """Visit each page that is asked for once; its pictures go into the folder, if there is one.

    With ``accepts`` the fingerprints are taken too, before the colours are changed for pictures.
    """
    found = Found()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    for page in made.pages:
        chosen = {each.name: each for each in VARIANTS if is_asked_for(page, each, only)}
        files = {name: folder / f"{page.name}.{name}.png" for name in chosen} if folder else {}
        kept = KEPT_VARIANTS if accepts else ()
        found.looks.update(dict.fromkeys(f"{page.name} {each.name}" for each in kept))
        if not any(is_asked_for(page, each, only) for each in kept):
            kept = ()
        if not kept and not files:
            continue
        tab = made.visit(page)
        for variant in kept:
            variant.put_on(tab)
            found.looks[f"{page.name} {variant.name}"] = fingerprint(tab)
        for name, path in files.items():
            photograph(page, chosen[name], tab, found, path)
        say(f"{page.name}: {len(files)} pictures" if files else page.name)
    return found


def is_asked_for(page: Page, variant: Variant, only: Sequence[str]) -> bool:
    """Say whether a page or a variant has one of the names in its own."""
    return any(part in f"{page.name} {variant.name}" for part in only)


def accepted(kept: dict[str, str], found: dict[str, str | None]) -> dict[str, str]:
    """Return what to compare with: what was found, but what was kept where it is all but the same.

    So two people who look at different pages do not both write every line of the file.
    """
    taken = {}
    for name, now in found.items():
        before = kept.get(name)
        if before is not None and (now is None or difference(before, now) <= SHARE / 3):
            taken[name] = before
        elif now is not None:
            taken[name] = now
    return taken


def photograph(page: Page, variant: Variant, tab: BrowserPage, found: Found, path: Path) -> None:
    """Take the picture of a page that is open in ``tab``, and note what is wrong with it."""
    variant.put_on(tab)
    faults = faults_of(tab, variant)
    found.faults.extend(f"{page.name}, {variant.name}: {fault}" for fault in faults)
    variant.photograph(tab, path)
    found.pictures.setdefault(variant.name, []).append((page.name, path))


def write_overview(found: Found, folder: Path) -> None:
    """Write sheets with many pictures, and the list of faults."""
    for name, pictures in found.pictures.items():
        write_sheets(pictures, folder, f"sheet-{name}")
    (folder / "faults.txt").write_text("".join(f"{fault}\n" for fault in found.faults))
    taken = sum(map(len, found.pictures.values()))
    say(f"{taken} pictures and {len(found.faults)} faults in {folder}")


def say(text: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
