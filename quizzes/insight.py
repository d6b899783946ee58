"""READ: what the answers of all learners say of a question (classical test theory)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import StatisticsError, correlation, fmean
from typing import Any, NamedTuple

from django.db.models import F

from quizzes.kinds.base import Verdict
from quizzes.models import Response, Scope

LEAST_OTHERS = 5
"""How many other questions somebody must have answered to be placed among the learners."""

LEAST_LEARNERS = 10
Z_95 = 1.96


@dataclass(frozen=True, slots=True)
class Insight:
    """First answers to a question's present key, one a learner.

    ``facility`` is the share that was right, from 0 to 1. ``discrimination_at_most`` is the upper
    end of the 95 % interval (Fisher's z) of Pearson's correlation between being right here and the
    mean of the learner's other answers in the lesson; None with too few learners or no variation.
    """

    answers: int
    facility: float
    discrimination_at_most: float | None
    picked: dict[str, int]


class _First(NamedTuple):
    """One learner's first answer to one question."""

    user: int
    lesson: int
    key: str
    verdict: str
    fraction: float
    answer: Any


def insights(course_slug: str) -> dict[str, Insight]:
    """Return what is known of each answered question of a course, by its key. One query."""
    firsts: dict[tuple[int, str], _First] = {}
    for row in _rows(course_slug):
        firsts.setdefault((row.user, row.key), row)
    fractions: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    by_key: dict[str, list[_First]] = defaultdict(list)
    for first in firsts.values():
        fractions[first.user, first.lesson][first.key] = first.fraction
        by_key[first.key].append(first)
    return {key: _insight(key, answers, fractions) for key, answers in by_key.items()}


def _rows(course_slug: str) -> list[_First]:
    """Return first tries in checks, retries aside, the earliest first."""
    question = "item__version__question"
    rows = Response.objects.filter(
        **{f"{question}__course__slug": course_slug},
        try_number=1,
        item__attempt__retry_of=None,
        item__attempt__scope=Scope.CHECK,
        item__version__matter=F(f"{question}__live__matter"),
    ).order_by("answered_at", "pk")
    columns = ("item__attempt__user_id", f"{question}__lesson_id", f"{question}__key")
    return [_First(*row) for row in rows.values_list(*columns, "verdict", "fraction", "answer")]


def _insight(
    key: str, answers: list[_First], fractions: dict[tuple[int, int], dict[str, float]]
) -> Insight:
    picked = Counter(one for answer in answers for one in answer.answer.get("choices", ()))
    right = [float(answer.verdict == Verdict.CORRECT) for answer in answers]
    here, elsewhere = [], []
    for answer, is_right in zip(answers, right, strict=True):
        others = [f for k, f in fractions[answer.user, answer.lesson].items() if k != key]
        if len(others) >= LEAST_OTHERS:
            here.append(is_right)
            elsewhere.append(fmean(others))
    return Insight(len(answers), fmean(right), _upper_end(here, elsewhere), dict(picked))


def _upper_end(here: list[float], elsewhere: list[float]) -> float | None:
    """Return the upper end of the 95 % interval of Pearson's r, None where it means nothing."""
    if len(here) < LEAST_LEARNERS:
        return None
    try:
        r = correlation(here, elsewhere)
    except StatisticsError:
        return None
    if abs(r) >= 1:
        return r
    return tanh(atanh(r) + Z_95 / sqrt(len(here) - 3))
