"""The order in which choices are shown. Pure: the same seed gives the same order everywhere."""

from quizzes.chance import shuffled
from quizzes.kinds import KINDS
from quizzes.kinds.base import Spec


def shown_order(kind: str, spec: Spec, *, seed: str, shuffle: bool) -> list[str]:
    """Return the ids of all choices in the order to show them.

    ``seed`` is any text; with ``shuffle`` false the author's order is kept. Choices that must stand
    last ('none of the above') stay there.
    """
    movable = KINDS[kind].shuffled_parts(spec)
    return (shuffled(movable, seed) if shuffle else movable) + KINDS[kind].fixed_parts(spec)
