"""Changes of several requests wait for one another, and are written in one transaction.

To begin and end a transaction, and to wait for the disk, takes longer than an answer's few rows do.
Databases know it as group commit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from learn.models.changes import Keys, Step
from learn.models.statements import connection_of
from learn.models.together import change_together

type Told = Callable[[Keys], None]
"""Is told the keys of the rows that a step wrote."""


class Waiting(NamedTuple):
    """A step that is still to be written, and who is told of it."""

    step: Step
    told: Told


_waiting: ContextVar[list[Waiting] | None] = ContextVar("waiting", default=None)


@contextmanager
def waiting_changes() -> Iterator[list[Waiting]]:
    """Give the list to which ``change_soon`` adds steps for as long as this lasts.

    Who lets them wait tells nobody that they happened before ``write_waiting`` has said so.
    """
    waiting: list[Waiting] = []
    token = _waiting.set(waiting)
    try:
        yield waiting
    finally:
        _waiting.reset(token)


def is_in_company() -> bool:
    """Say whether what is done here is done for one of several requests in a row."""
    return _waiting.get() is not None


def change_soon(step: Step, told: Told) -> bool:
    """Write a step, or let it wait for the end of the group; return False where it cannot be.

    ``told`` is called when it is written.
    """
    waiting = _waiting.get()
    if waiting is not None and not connection_of(step.changes[0].model).in_atomic_block:
        waiting.append(Waiting(step, told))
        return True
    written = change_together(step)
    if written is None:
        return False
    told(written[0])
    return True


def write_waiting(waiting: Sequence[Waiting]) -> bool:
    """Write all that waits, each step with all the others; return False where one cannot be.

    Then none is written. Raises ``django.db.Error``.
    """
    if not waiting:
        return True
    written = change_together(*(each.step for each in waiting))
    if written is None:
        return False
    for each, keys in zip(waiting, written, strict=True):
        each.told(keys)
    return True
