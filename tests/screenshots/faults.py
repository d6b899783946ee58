"""What can be measured of a page's looks: nothing cut off, covered, unreadable or moving."""

from pathlib import Path

from playwright.sync_api import Page

from tests.screenshots.variants import Variant

SCRIPT = Path(__file__).with_name("faults.js").read_text()
MIRROR = Path(__file__).with_name("mirror.js").read_text()


def faults_of(page: Page, variant: Variant) -> list[str]:
    """Return in words what is wrong with a page that is seen in a variant."""
    found: list[str] = page.evaluate(SCRIPT, {"still": variant.is_still})
    if variant.direction == "rtl":
        found += page.evaluate(MIRROR)
    return found
