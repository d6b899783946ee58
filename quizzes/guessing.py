"""PURE: what luck adds to the share of right answers, and how it is taken out again."""

import math
from collections.abc import Iterable

from quizzes.kinds.base import Spec


def corrected_for_guessing(accuracy: float, options: float) -> float:
    """Return the share that was known, of a share that was right with ``options`` to choose from.

    Somebody who does not know is right once in ``options`` times, so that p = R + (1 - R) / k, and
    R = (p - 1/k) / (1 - 1/k). Never below 0. Raises ``ValueError`` without a choice.
    """
    if options <= 1:
        raise ValueError(f"{options} options leave nothing to guess.")
    luck = 1 / options
    return max(0.0, (accuracy - luck) / (1 - luck))


def options_of(kind: str, spec: Spec) -> float:
    """Return how many different answers a guess is one of; without end where one is typed."""
    if kind == "choose-one":
        return float(len(spec["choices"]))
    if kind == "choose-all":
        return float(2 ** len(spec["choices"]) - 1)
    if kind in {"matching", "sorting"}:
        return float(len(spec["options"]) ** len(spec["rows"]))
    if kind == "ordering":
        return float(math.factorial(len(spec["items"])))
    return math.inf


def typical_options(options: Iterable[float]) -> float:
    """Return the number of options whose luck is the mean of theirs; at least two."""
    lucks = [1 / number for number in options]
    mean = sum(lucks) / len(lucks) if lucks else 0.0
    return max(2.0, 1 / mean) if mean else math.inf
