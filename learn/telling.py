"""How far long work has come, for a person who waits: a line every few seconds, none before."""

import time
from collections.abc import Callable

from django.utils.translation import gettext as _

type Say = Callable[[str], object]

SECONDS_BETWEEN_LINES = 5.0


def paced(say: Say, *, seconds: float = SECONDS_BETWEEN_LINES) -> Say:
    """Return a ``say`` that hands a line on when the one before, or the start, is long past."""
    told = time.monotonic()

    def say_if_due(line: str) -> None:
        nonlocal told
        if time.monotonic() - told >= seconds:
            told = time.monotonic()
            say(line)

    return say_if_due


def lessons_rendered(
    say: Say, *, seconds: float = SECONDS_BETWEEN_LINES
) -> Callable[[int, int], None]:
    """Return what tells how many lessons of how many are rendered; see ``Renderer``."""
    say_if_due = paced(say, seconds=seconds)

    def tell(done: int, wanted: int) -> None:
        say_if_due(_("Lessons rendered: %(done)d of %(wanted)d") % {"done": done, "wanted": wanted})

    return tell
