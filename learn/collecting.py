"""Python's collector of garbage, told that work makes many objects and hardly any circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW_OBJECTS = 200_000


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Look for circles of objects a hundred times less often during the block."""
    before = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
