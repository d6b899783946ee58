"""Chance that can be repeated. Pure: the same seed draws the same in every process, on any day."""

import hashlib
import random
from collections.abc import Sequence


def draws_by(seed: str) -> random.Random:
    """Return what draws by a seed, which is text, so that no interpreter's hash changes it.

    Whoever knows the seed can foresee what is drawn: it is for orders and days, not for secrets.
    """
    return random.Random(seed)  # noqa: S311 - repeatable is what is wanted: orders and days to review, never a token


def shuffled[T](items: Sequence[T], seed: str) -> list[T]:
    """Return the items in an order that a seed, which is text, draws: each order is as likely.

    Fisher's and Yates's shuffle, with a digest in place of draws: Python's generator takes several
    times as long to get ready as to shuffle a few choices. Below 90 items the remainders of 512
    bits favour none by more than a millionth.
    """
    order, digits = list(items), int.from_bytes(hashlib.sha512(seed.encode()).digest())
    for last in range(len(order) - 1, 0, -1):
        digits, place = divmod(digits, last + 1)
        order[last], order[place] = order[place], order[last]
    return order
