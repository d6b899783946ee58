"""What answers earn beyond the single mark: further tries, points, certainty. Pure."""

from collections.abc import Iterable, Sequence

PENALTY_OF_A_TRY = 1 / 3

# Moodle's certainty-based marks for certainty 1, 2 and 3; honest reporting earns most, with the
# borders at probabilities of 2/3 and 0.8 (Gardner-Medwin).
MARKS_WHEN_RIGHT = {1: 1.0, 2: 2.0, 3: 3.0}
MARKS_WHEN_WRONG = {1: 0.0, 2: -2.0, 3: -6.0}


def earned(fractions: Sequence[float]) -> float:
    """Return what the counted tries at one question earn together, from 0 to 1.

    ``fractions`` are the marks in the order of the tries. The best counts, and each try after the
    first costs a third.
    """
    rewards = (
        fraction * max(0.0, 1 - PENALTY_OF_A_TRY * number)
        for number, fraction in enumerate(fractions)
    )
    return max(rewards, default=0.0)


def percent(earned_and_points: Iterable[tuple[float, float]]) -> int:
    """Return the share of all points that was earned, as a whole percentage rounded down.

    Each pair is what a question earned (0 to 1) and its points. No points at all is 0.
    """
    pairs = list(earned_and_points)
    total = sum(points for _, points in pairs)
    if not total:
        return 0
    # The margin keeps 3 x 1/3 from being 99 %.
    return int(100 * sum(share * points for share, points in pairs) / total + 1e-9)


def certainty_mark(fraction: float, certainty: int) -> float:
    """Return the certainty-based mark of an answer given with certainty 1, 2 or 3.

    A partly right answer earns its share of the marks for right; the marks for wrong are for an
    answer with nothing right in it, as Moodle has it.
    """
    if fraction > 0:
        return fraction * MARKS_WHEN_RIGHT[certainty]
    return MARKS_WHEN_WRONG[certainty]
