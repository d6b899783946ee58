"""``python -m tests.screenshots [FOLDER] [--only NAME ...]``: pictures of every page, every way.

A picture for each page and variant, and sheets with many of them side by side. ``--accept`` takes
how the pages look now as what the tests compare with; with ``--only``, of those pages.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

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
from tests.screenshots.sheets import write_sheets
from tests.screenshots.variants import VARIANTS


def main() -> int:
    """Take the pictures; return 1 if a page has a fault that can be measured, else 0."""
    parser = argparse.ArgumentParser(prog="tests.screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", default="var/screenshots", type=Path)
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
    with album(folder, browser) as made:
        if options.accept:
            write_kept(accepted(read_kept(), fingerprints_of(made, options.only)))
            return 0
        return photograph(made, options.folder, options.only)


def fingerprints_of(made: Album, only: Sequence[str]) -> dict[str, str | None]:
    """Return how each page looks now, by page and variant; None for one that is not asked for."""
    found: dict[str, str | None] = {}
    for page in made.pages:
        names = {f"{page.name} {each.name}": each for each in filter(is_kept_of, VARIANTS)}
        if not any(part in name for part in only for name in names):
            found |= dict.fromkeys(names)
            continue
        tab = made.visit(page)
        for name, variant in names.items():
            variant.put_on(tab)
            found[name] = fingerprint(tab)
        say(page.name)
    return found


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


def photograph(made: Album, folder: Path, only: Sequence[str]) -> int:
    """Write pictures, sheets and the list of faults into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[str, list[tuple[str, Path]]] = {}
    found = []
    for page in made.pages:
        chosen = [
            each for each in VARIANTS if any(part in f"{page.name} {each.name}" for part in only)
        ]
        if not chosen:
            continue
        tab = made.visit(page)
        for variant in chosen:
            variant.put_on(tab)
            found += [f"{page.name}, {variant.name}: {fault}" for fault in faults_of(tab, variant)]
            path = folder / f"{page.name}.{variant.name}.png"
            variant.photograph(tab, path)
            taken.setdefault(variant.name, []).append((page.name, path))
        say(f"{page.name}: {len(chosen)} pictures")
    for name, pictures in taken.items():
        write_sheets(pictures, folder, f"sheet-{name}")
    (folder / "faults.txt").write_text("".join(f"{fault}\n" for fault in found))
    say(f"{sum(map(len, taken.values()))} pictures and {len(found)} faults in {folder}")
    return 1 if found else 0


def say(text: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
