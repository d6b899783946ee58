"""Chance that can be repeated. Pure: the same seed draws the same in every process, on any day."""

import random


def draws_by(seed: str) -> random.Random:
    """Return what draws by a seed, which is text, so that no interpreter's hash changes it.

    Whoever knows the seed can foresee what is drawn: it is for orders and days, not for secrets.
    """
    return random.Random(seed)  # noqa: S311 - repeatable is what is wanted: orders and days to review, never a token
