"""The ways in which people look at a page: width, colours, size of text, direction of reading."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1280, 850)

TEXT, CODE = 16, 13
HIGHEST = 12_000
LOOK = """(direction) => {
  document.documentElement.dir = direction;
  scrollTo(0, 0);
}"""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look at a page. ``text`` is the size of the text in percent.

    It is that of the browser's settings, which queries of the window's width go by, too.

    The tests look at those that ``is_tested`` names, which have a fault of each sort to show.
    """

    name: str
    size: tuple[int, int]
    scheme: str = "light"
    text: int = 100
    direction: str = "ltr"
    is_forced: bool = False
    is_still: bool = True
    is_tested: bool = False

    def put_on(self, page: Page, height: int = 0) -> None:
        """Let the page be seen this way, without loading it anew; in a window of that height."""
        page.set_viewport_size({"width": self.size[0], "height": height or self.size[1]})
        page.emulate_media(
            color_scheme="dark" if self.scheme == "dark" else "light",
            forced_colors="active" if self.is_forced else "none",
            reduced_motion="reduce" if self.is_still else "no-preference",
        )
        sizes = {"standard": TEXT * self.text // 100, "fixed": CODE * self.text // 100}
        page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
        page.evaluate(LOOK, self.direction)

    def photograph(self, page: Page, path: Path) -> None:
        """Take a picture of the whole page, which is seen this way."""
        if self.text == 100:
            page.screenshot(path=path, full_page=True, animations="disabled")
            return
        # Chromium forgets the size of text for what is beyond the window: so that is made higher.
        height: int = page.evaluate("document.documentElement.scrollHeight")
        self.put_on(page, height=min(height, HIGHEST))
        page.screenshot(path=path)


VARIANTS = (
    Variant("desktop-light", DESKTOP, is_tested=True),
    Variant("desktop-dark", DESKTOP, scheme="dark"),
    Variant("desktop-rtl", DESKTOP, direction="rtl", is_tested=True),
    Variant("desktop-forced", DESKTOP, scheme="dark", is_forced=True),
    Variant("tablet", TABLET, is_tested=True),
    Variant("tablet-large-text", TABLET, text=200),
    Variant("phone-light", PHONE),
    Variant("phone-dark", PHONE, scheme="dark", is_tested=True),
    Variant("phone-rtl", PHONE, direction="rtl"),
    Variant("phone-large-text", PHONE, text=200, is_tested=True),
    Variant("phone-forced", PHONE, is_forced=True, is_tested=True),
)
