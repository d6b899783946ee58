"""The pages that a worker has in its memory: the latest used ones, in a fixed number of bytes."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

BYTES_BESIDE_A_PAGE = 2_000

type Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was made: status 200, its headers, its bytes.

    The page of newcomers gives cookies, by name and with what stands behind their value; ``token``
    and ``person`` are what it says of the one browser that it was made for. All of these are empty
    where the page is shown to one browser alone.
    """

    headers: tuple[Header, ...]
    body: bytes
    token: bytes = b""
    person: bytes = b""
    cookies: tuple[Header, ...] = ()


@dataclass(slots=True)
class PageMemory:
    """Pages by whatever tells them apart; safe between threads. ``limit`` is in bytes."""

    limit: int
    size: int = 0
    _pages: OrderedDict[Hashable, KeptPage] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable) -> KeptPage | None:
        """Return the page, which is then the latest used one, or None."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: KeptPage) -> None:
        """Keep a page; those that were not used for the longest time give way."""
        with self._lock:
            before = self._pages.pop(key, None)
            self.size += _weight(page) - (_weight(before) if before else 0)
            self._pages[key] = page
            while self.size > self.limit:
                _, gone = self._pages.popitem(last=False)
                self.size -= _weight(gone)

    def __len__(self) -> int:
        return len(self._pages)


def _weight(page: KeptPage) -> int:
    return len(page.body) + BYTES_BESIDE_A_PAGE
