"""Questions answered by putting things in order. Pure.

A specification is ``{"items": [id]}`` in the right order, an answer ``{"order": [id]}``.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from quizzes.kinds.base import Answer, AnswerFaultError, Fields, KindDefaults, Mark, Spec
from quizzes.kinds.choice import choice_ids


def ordering_spec(texts: Iterable[str]) -> dict[str, Any]:
    """Return the specification of items given in the right order."""
    return {"items": choice_ids(texts)}


class Ordering(KindDefaults):
    """Put in order."""

    name = "ordering"

    def read_answer(self, spec: Spec, fields: Fields) -> Answer:
        """Return ``{"order": [...]}`` from the fields ``order``, which must name each item once."""
        order = list(fields.get("order", ()))
        if not order:
            raise AnswerFaultError("empty")
        if sorted(order) != sorted(spec["items"]):
            raise AnswerFaultError("unknown-choice")
        return {"order": order}

    def mark(self, spec: Spec, answer: Answer) -> Mark:
        """Give the share of pairs that stand in the right order.

        That is (tau + 1) / 2 for Kendall's rank correlation tau without ties.
        """
        place = {id_: number for number, id_ in enumerate(answer["order"])}
        pairs = list(combinations(spec["items"], 2))
        if not pairs:
            return Mark(1.0)
        return Mark(sum(place[first] < place[second] for first, second in pairs) / len(pairs))

    def shuffled_parts(self, spec: Spec) -> list[str]:
        """Return the items; showing the right order would be giving it away."""
        return list(spec["items"])


def moved(order: Iterable[str], move: str) -> list[str]:
    """Return ``order`` with one item moved a place; ``move`` is ``ID:up`` or ``ID:down``.

    A move that is not possible changes nothing.
    """
    changed = list(order)
    id_, _, direction = move.rpartition(":")
    if id_ not in changed or direction not in {"up", "down"}:
        return changed
    place = changed.index(id_)
    target = place + (-1 if direction == "up" else 1)
    if 0 <= target < len(changed):
        changed[place], changed[target] = changed[target], changed[place]
    return changed
