"""Circles of objects are looked for when no answer waits, not in the middle of one.

Python looks through what was made since it last looked: half a millisecond for a thousand objects,
most of which are what a worker keeps in memory. By itself it does so whenever enough were made.
"""

import gc

NEW_OBJECTS = 50_000
"""How many are made before Python looks by itself, whoever waits."""
ENOUGH_OBJECTS = 4_000
"""How many make it worth while to look when no answer waits."""
ROUNDS = 10
"""How often the new ones are looked through before those left over are, and these before all."""


def tidy_seldom() -> None:
    """Have Python look by itself only where it never comes to rest."""
    gc.set_threshold(NEW_OBJECTS, ROUNDS)


def tidy_up() -> None:
    """Look now, if enough is new."""
    new, rounds, long_rounds = gc.get_count()
    if new > ENOUGH_OBJECTS:
        gc.collect(0 if rounds <= ROUNDS else 1 if long_rounds <= ROUNDS else 2)
