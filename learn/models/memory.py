"""What a worker keeps in its memory so as not to work it out again."""

from collections.abc import Hashable


class Memory[K: Hashable, V]:
    """The values that were used last, at least half of ``most``; safe between threads.

    They are in two halves. When the newer one is full it becomes the older, whose values are
    forgotten but for those that were used since. That needs no lock and no order.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._newer: dict[K, V] = {}
        self._older: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """Return the value, which is then the latest used one, or None."""
        value = self._newer.get(key)
        if value is None:
            value = self._older.get(key)
            if value is not None:
                self.keep(key, value)
        return value

    def keep(self, key: K, value: V) -> None:
        """Keep a value."""
        newer = self._newer
        if len(newer) >= self._half:
            self._older, self._newer = newer, (newer := {})
        newer[key] = value
