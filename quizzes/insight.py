"""READ: what the answers of all learners say of a question (classical test theory).

The database adds up: there may be millions of answers, and Python gets the sums alone. SQLite,
which is in this process, sorts them in its memory: some 170 bytes an answer.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import NamedTuple

from learn.models.statements import rows_of
from quizzes.kinds.base import Verdict
from quizzes.models import Response, Scope

LEAST_OTHERS = 5
"""How many other questions somebody must have answered to be placed among the learners."""

LEAST_LEARNERS = 10
LEAST_VARIANCE = 1e-12
"""Below it shares are the same but for the rounding of their sums."""
Z_95 = 1.96

# First tries in checks, retries aside; of each learner the earliest to a question has place 1.
_ANSWERS = """WITH answers AS (
 SELECT a.user_id, q.lesson_id, q.key, r.verdict, r.fraction, r.id,
  row_number() OVER (PARTITION BY a.user_id, q.key ORDER BY r.answered_at, r.id) AS place
 FROM quizzes_response r
 JOIN quizzes_attemptitem i ON i.id = r.item_id
 JOIN quizzes_attempt a ON a.id = i.attempt_id
 JOIN quizzes_questionversion v ON v.id = i.version_id
 JOIN quizzes_question q ON q.id = v.question_id
 JOIN quizzes_questionversion present ON present.id = q.live_id
 JOIN learn_course c ON c.id = q.course_id
 WHERE c.slug = %s AND r.try_number = 1 AND a.retry_of_id IS NULL AND a.scope = %s
  AND v.matter = present.matter
)"""
_SUMS = " ".join(
    (
        _ANSWERS,
        """, firsts AS (
        SELECT key, CAST(CASE WHEN verdict = %s THEN 1 ELSE 0 END AS double precision) AS here,
         count(*) OVER of_learner - 1 AS others, sum(fraction) OVER of_learner - fraction AS earned
        FROM answers WHERE place = 1 WINDOW of_learner AS (PARTITION BY user_id, lesson_id)
        ), placed AS (
        SELECT key, here, CASE WHEN others >= %s THEN earned / others END AS elsewhere FROM firsts
        ) SELECT key, count(*), avg(here), count(elsewhere),
        sum(CASE WHEN elsewhere IS NULL THEN 0 ELSE here END), sum(elsewhere),
        sum(here * elsewhere), sum(elsewhere * elsewhere) FROM placed GROUP BY key ORDER BY key""",
    )
)
_PICKED = " ".join(
    (
        _ANSWERS,
        """SELECT f.key, r.answer -> 'choices', count(*) FROM answers f
        JOIN quizzes_response r ON r.id = f.id
        WHERE f.place = 1 AND r.answer -> 'choices' IS NOT NULL GROUP BY 1, 2""",
    )
)


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


class _Sums(NamedTuple):
    """Sums over learners: of being right here, of the share earned elsewhere, of their products."""

    learners: int
    here: float
    elsewhere: float
    here_times_elsewhere: float
    elsewhere_squared: float


def insights(course_slug: str) -> dict[str, Insight]:
    """Return what is known of each answered question of a course, by its key. Two queries."""
    asked = [course_slug, Scope.CHECK]
    picked: dict[str, Counter[str]] = defaultdict(Counter)
    for key, choices, times in rows_of(Response, _PICKED, asked):
        for choice in json.loads(choices):
            picked[key][choice] += times
    return {
        key: Insight(answers, facility, _upper_end(_Sums(*sums)), dict(picked[key]))
        for key, answers, facility, *sums in rows_of(
            Response, _SUMS, [*asked, Verdict.CORRECT, LEAST_OTHERS]
        )
    }


def _upper_end(sums: _Sums) -> float | None:
    """Return the upper end of the 95 % interval of Pearson's r, None where it means nothing."""
    if sums.learners < LEAST_LEARNERS:
        return None
    r = _correlation(sums)
    if r is None or abs(r) >= 1:
        return r
    return tanh(atanh(r) + Z_95 / sqrt(sums.learners - 3))


def _correlation(sums: _Sums) -> float | None:
    """Return Pearson's r from the sums, None where one of the two does not vary."""
    n, x, y, xy, yy = sums
    # Right is 1 and wrong 0, so the squares of being right are the same numbers.
    variances = x / n - (x / n) ** 2, yy / n - (y / n) ** 2
    if min(variances) < LEAST_VARIANCE:
        return None
    r = (xy / n - x / n * y / n) / sqrt(variances[0] * variances[1])
    return max(-1.0, min(1.0, r))
