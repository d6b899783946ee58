"""READ: a lesson's questions as one person meets them, before, during and after an attempt."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from learn.models import Lesson
from quizzes import marking
from quizzes.kinds.base import Verdict
from quizzes.models import Attempt, AttemptItem, Question, QuestionVersion, Response, Scope
from quizzes.shuffling import shown_order


@dataclass(frozen=True, slots=True)
class QuizTerms:
    """What a quiz asks of an attempt.

    ``pass_mark`` is a percentage, ``pick`` how many questions are drawn (None for all). ``scope``
    is that of the attempt; quick checks may be answered until they are right.
    """

    pass_mark: int
    shuffle: bool = True
    tells_at_end: bool = False
    asks_certainty: bool = False
    pick: int | None = None
    scope: str = Scope.CHECK


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question at its place, in the order shown, with all answers given to it so far."""

    position: int
    version: QuestionVersion
    shown_order: list[str]
    item: AttemptItem | None = None
    responses: tuple[Response, ...] = ()

    @property
    def tries(self) -> int:
        """Return how many answers count for the mark."""
        return int(self.version.spec.get("tries", 1))

    @property
    def points(self) -> int:
        """Return what the question weighs."""
        return int(self.version.spec.get("points", 1))

    @property
    def latest(self) -> Response | None:
        """Return the newest answer."""
        return self.responses[-1] if self.responses else None

    @property
    def is_right(self) -> bool:
        """Say whether the first answer was fully right."""
        return bool(self.responses) and self.responses[0].verdict == Verdict.CORRECT

    @property
    def is_learned(self) -> bool:
        """Say whether it was got right once, at whichever try."""
        return any(response.verdict == Verdict.CORRECT for response in self.responses)

    @property
    def is_settled(self) -> bool:
        """Say whether no further answer counts for the mark."""
        return self.is_learned or len(self.responses) >= self.tries

    @property
    def earned(self) -> float:
        """Return what was earned of the question's points, from 0 to 1."""
        return marking.earned([r.fraction for r in self.responses[: self.tries]])


@dataclass(frozen=True, slots=True)
class Sitting:
    """The questions of one attempt; ``attempt`` is None until the first answer begins it.

    A review has no ``lesson``.
    """

    lesson: Lesson | None
    attempt: Attempt | None
    questions: tuple[AskedQuestion, ...]
    terms: QuizTerms

    @property
    def total(self) -> int:
        """Return how many questions there are."""
        return len(self.questions)

    @property
    def right(self) -> int:
        """Return how many were answered right at the first try."""
        return sum(question.is_right for question in self.questions)

    @property
    def answered(self) -> int:
        """Return how many are settled."""
        return sum(question.is_settled for question in self.questions)

    @property
    def misses(self) -> list[AskedQuestion]:
        """Return the settled questions that were not right at the first try."""
        return [q for q in self.questions if q.is_settled and not q.is_right]

    @property
    def to_relearn(self) -> list[AskedQuestion]:
        """Return what comes back at the end of the session: settled and never yet right."""
        if self.terms.tells_at_end or self.first_open() is not None:
            return []
        return [q for q in self.questions if not q.is_learned]

    @property
    def percent(self) -> int:
        """Return what was earned of all points, as a whole percentage rounded down."""
        return marking.percent((q.earned, q.points) for q in self.questions)

    @property
    def is_passed(self) -> bool:
        """Say whether the pass mark was reached."""
        return self.percent >= self.terms.pass_mark

    @property
    def keeps_silent(self) -> bool:
        """Say whether verdicts must still be kept back, in the manner of an exam."""
        return self.terms.tells_at_end and self.first_open() is not None

    def first_open(self) -> AskedQuestion | None:
        """Return the first question that is not settled, or None."""
        return next((q for q in self.questions if not q.is_settled), None)

    def at(self, position: int) -> AskedQuestion | None:
        """Return the question at ``position`` (from 1), or None."""
        return next((q for q in self.questions if q.position == position), None)

    def takes_answer(self, asked: AskedQuestion) -> bool:
        """Say whether another answer to ``asked`` is kept: one that counts, or one to relearn."""
        if self.terms.scope == Scope.QUICK:
            return not asked.is_learned
        return not asked.is_settled or asked in self.to_relearn

    def with_response(self, response: Response) -> "Sitting":
        """Return the sitting with one more answer."""
        questions = (
            replace(asked, responses=(*asked.responses, response))
            if asked.item is not None and asked.item.pk == response.item_id
            else asked
            for asked in self.questions
        )
        return replace(self, questions=tuple(questions))

    def after(self, asked: AskedQuestion) -> AskedQuestion | None:
        """Return what comes next: an open question, then what is to be relearned, or None.

        Those behind ``asked`` come first, then it starts over; None leads to the result.
        """
        waiting = [q for q in self.questions if not q.is_settled] or self.to_relearn
        behind = [q for q in waiting if q.position > asked.position]
        return next(iter(behind or waiting), None)


def terms_of(attempt: Attempt) -> QuizTerms:
    """Return the terms that the attempt began with."""
    return QuizTerms(
        pass_mark=attempt.pass_mark,
        tells_at_end=attempt.tells_at_end,
        asks_certainty=attempt.asks_certainty,
        scope=attempt.scope,
    )


def sitting_of(attempt: Attempt, *, with_live: bool = False) -> Sitting:
    """Return the attempt as it was asked and answered; ``lesson`` must be loaded. Two queries.

    ``with_live`` also loads the questions as they are now.
    """
    loaded = "version__question__live" if with_live else "version"
    items = attempt.items.select_related(loaded).order_by("position")
    responses: dict[int, list[Response]] = defaultdict(list)
    for response in Response.objects.filter(item__attempt=attempt).order_by("try_number"):
        responses[response.item_id].append(response)
    questions = (
        AskedQuestion(
            item.position, item.version, item.shown_order, item, tuple(responses[item.pk])
        )
        for item in items
    )
    return Sitting(attempt.lesson, attempt, tuple(questions), terms_of(attempt))


def unbegun_sitting(lesson: Lesson, *, seed: str, terms: QuizTerms) -> Sitting:
    """Return what an attempt begun now with ``seed`` would ask. Nothing is written."""
    live = [question.live for question in Question.objects.live_in(lesson) if question.live]
    questions = ask(drawn(live, seed=seed, pick=terms.pick), seed=seed, shuffle=terms.shuffle)
    return Sitting(lesson, None, questions, terms)


def drawn(versions: list[QuestionVersion], *, seed: str, pick: int | None) -> list[QuestionVersion]:
    """Return ``pick`` of the versions, drawn by ``seed``, in their order; all of them for None."""
    if pick is None or pick >= len(versions):
        return versions
    # Seeded, so that a reload draws the same; no secret hangs on it.
    places = random.Random(f"{seed}:pick").sample(range(len(versions)), max(1, pick))  # noqa: S311 - see above
    return [versions[place] for place in sorted(places)]


def ask(
    versions: Iterable[QuestionVersion], *, seed: str, shuffle: bool
) -> tuple[AskedQuestion, ...]:
    """Give each version its place and its order of parts; the same ``seed`` gives the same."""
    return tuple(
        AskedQuestion(
            position,
            version,
            shown_order(
                version.kind,
                version.spec,
                seed=f"{seed}:{version.digest}",
                shuffle=shuffle and version.spec.get("shuffle", True),
            ),
        )
        for position, version in enumerate(versions, start=1)
    )
