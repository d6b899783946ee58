"""The ways in which people look at a page: width, colours, size of text, direction of reading."""

from dataclasses import dataclass

from playwright.sync_api import Page

PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1280, 850)

LOOK = """([text, direction]) => {
  const root = document.documentElement;
  root.style.fontSize = text ? `${text}%` : "";
  root.dir = direction;
  scrollTo(0, 0);
}"""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look at a page. ``text`` is the size of the text in percent, 0 for as it comes.

    The tests look at those that ``is_tested`` names, which have a fault of each sort to show.
    """

    name: str
    size: tuple[int, int]
    scheme: str = "light"
    text: int = 0
    direction: str = "ltr"
    is_forced: bool = False
    is_still: bool = True
    is_tested: bool = False

    def put_on(self, page: Page) -> None:
        """Let the page be seen this way, without loading it anew."""
        page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        page.emulate_media(
            color_scheme="dark" if self.scheme == "dark" else "light",
            forced_colors="active" if self.is_forced else "none",
            reduced_motion="reduce" if self.is_still else "no-preference",
        )
        page.evaluate(LOOK, [self.text, self.direction])


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
