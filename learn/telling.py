"""How far long work has come, for a person who waits: a counter on a terminal, lines in a log.

What works through a long list names it (``told``); who waits listens (``Counter``). Where nobody
listens nothing is said, so the same work serves a command and a request.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from contextvars import ContextVar
from itertools import count
from types import TracebackType
from typing import Self, TextIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

type Say = Callable[[str], object]

SECONDS_BETWEEN_LINES = 5.0
SECONDS_BETWEEN_COUNTS = 0.2
USUAL_COLUMNS = 80

FILES_READ = gettext_noop("Files read: %(done)d of %(wanted)d")
FILES_WRITTEN = gettext_noop("Files written: %(done)d of %(wanted)d")
LESSONS_RENDERED = gettext_noop("Lessons rendered: %(done)d of %(wanted)d")
LESSONS_STORED = gettext_noop("Lessons stored: %(done)d of %(wanted)d")
LESSONS_INDEXED = gettext_noop("Lessons made ready for the search: %(done)d of %(wanted)d")
CARDS_DRAWN = gettext_noop("Pictures for sharing drawn: %(done)d of %(wanted)d")


def paced(say: Say, *, seconds: float = SECONDS_BETWEEN_LINES) -> Say:
    """Return a ``say`` that hands a line on when the one before, or the start, is long past."""
    told_at = time.monotonic()

    def say_if_due(line: str) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= seconds:
            told_at = time.monotonic()
            say(line)

    return say_if_due


def tell(text: str, done: int, wanted: int) -> None:
    """Tell who listens, if anybody does, how much is done of how much; ``text`` says of what."""
    if counter := _listening.get():
        counter.say(_(text) % {"done": done, "wanted": wanted})


def told[Item](text: str, items: Iterable[Item], *, wanted: int | None = None) -> Iterator[Item]:
    """Yield the items and tell, whenever the next is asked for, how many are done.

    ``wanted`` is how many there are, where ``items`` itself does not know.
    """
    if wanted is None:
        wanted = len(items) if isinstance(items, Sized) else 0
    for done, item in enumerate(items, start=1):
        yield item
        tell(text, done, wanted)


def counted(text: str, wanted: int) -> Callable[[], None]:
    """Return what is called when one more of so many is done, and tells it."""
    done = count(1)
    return lambda: tell(text, next(done), wanted)


def _say_nothing(_line: str) -> None:
    """Nobody waits for it."""


class Counter:
    """Listens during its block, and says on a terminal how far the work is.

    It is one line, which the next takes the place of and which is gone at the end. Where ``stream``
    is no terminal nothing is written, or, with ``keeps_log``, a line every few seconds.
    """

    def __init__(self, stream: TextIO, *, keeps_log: bool = False) -> None:
        self._stream, self._length = stream, 0
        if stream.isatty():
            self.say = paced(self._show, seconds=SECONDS_BETWEEN_COUNTS)
        else:
            self.say = paced(self._log) if keeps_log else _say_nothing

    def __enter__(self) -> Self:
        """Return itself, listening."""
        self._before = _listening.set(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Clear the line."""
        del kind, error, traceback
        _listening.reset(self._before)
        if self._length:
            self._write(f"\r{' ' * self._length}\r")

    def _show(self, line: str) -> None:
        columns = os.get_terminal_size(self._stream.fileno()).columns or USUAL_COLUMNS
        shown = line[: columns - 1]
        self._write(f"\r{shown.ljust(self._length)}")
        self._length = len(shown)

    def _log(self, line: str) -> None:
        self._write(f"{line}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


_listening: ContextVar[Counter | None] = ContextVar("listening", default=None)
