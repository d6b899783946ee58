"""How a person likes pages to look: kept in cookies of this browser and recorded nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

THEMES = ("auto", "light", "dark")
TEXT_SIZES = ("small", "medium", "large", "huge")
THEME_COOKIE, TEXT_SIZE_COOKIE = "theme", "text-size"
COOKIE_AGE = 400 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Preferences:
    """The colours and the size of the text; what is not known counts as not chosen."""

    theme: str = "auto"
    text_size: str = "medium"


USUAL = Preferences()


def read_preferences(values: Mapping[str, str]) -> Preferences:
    """Return the preferences that cookies, or the fields of a form, name."""
    theme, text_size = values.get(THEME_COOKIE, ""), values.get(TEXT_SIZE_COOKIE, "")
    return Preferences(
        theme=theme if theme in THEMES else USUAL.theme,
        text_size=text_size if text_size in TEXT_SIZES else USUAL.text_size,
    )
