"""An event that a signal handler may set at any moment."""

import os
import select
from contextlib import suppress


class Interruption:
    """Like ``threading.Event``, but without a lock.

    A handler runs in the middle of whatever the main thread does. If that is the event's own code,
    ``threading.Event`` waits for itself for ever: two signals in a row (uv passes on the one that
    its group got too) are enough.
    """

    def __init__(self) -> None:
        """Begin unset."""
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)

    def set(self) -> None:
        """Wake whoever waits, now or later."""
        with suppress(BlockingIOError):  # full of earlier calls, and so set
            os.write(self._writer, b"!")

    def clear(self) -> None:
        """Forget all calls of ``set`` so far."""
        with suppress(BlockingIOError):
            while os.read(self._reader, 4096):
                pass

    def is_set(self) -> bool:
        """Say whether ``set`` was called since the last ``clear``."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set, at most ``timeout`` seconds; say whether it is."""
        return bool(select.select([self._reader], [], [], timeout)[0])
