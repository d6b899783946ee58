"""READ: a lesson's questions as one person meets them, before, during and after an attempt."""

from collections.abc import Iterable
from dataclasses import dataclass

from learn.models import Lesson
from quizzes.kinds.base import Verdict
from quizzes.models import Attempt, AttemptItem, Question, QuestionVersion, Response
from quizzes.shuffling import shown_order


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question at its place, in the order shown, with the answer that counts if there is one."""

    position: int
    version: QuestionVersion
    shown_order: list[str]
    item: AttemptItem | None = None
    response: Response | None = None

    @property
    def is_right(self) -> bool:
        """Say whether the answer that counts was fully right."""
        return self.response is not None and self.response.verdict == Verdict.CORRECT


@dataclass(frozen=True, slots=True)
class Sitting:
    """The questions of one attempt; ``attempt`` is None until the first answer begins it."""

    lesson: Lesson
    attempt: Attempt | None
    questions: tuple[AskedQuestion, ...]

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
        """Return how many were answered."""
        return sum(question.response is not None for question in self.questions)

    @property
    def misses(self) -> list[AskedQuestion]:
        """Return the answered questions that were not fully right."""
        return [q for q in self.questions if q.response is not None and not q.is_right]

    @property
    def is_finished(self) -> bool:
        """Say whether nothing is left to answer."""
        return self.attempt is not None and self.attempt.finished_at is not None

    @property
    def percent(self) -> int:
        """Return the mean of the marks as a whole percentage, rounded down."""
        earned = sum(q.response.fraction for q in self.questions if q.response is not None)
        return int(100 * earned / self.total + 1e-9) if self.total else 0

    @property
    def is_passed(self) -> bool:
        """Say whether the finished attempt reached its pass mark."""
        return self.attempt is not None and self.percent >= self.attempt.pass_mark

    def first_open(self) -> AskedQuestion | None:
        """Return the first question without an answer, or None."""
        return next((q for q in self.questions if q.response is None), None)

    def at(self, position: int) -> AskedQuestion | None:
        """Return the question at ``position`` (from 1), or None."""
        return next((q for q in self.questions if q.position == position), None)


def sitting_of(attempt: Attempt) -> Sitting:
    """Return the attempt as it was asked and answered; ``lesson`` must be loaded. Two queries."""
    items = attempt.items.select_related("version").order_by("position")
    responses = {
        response.item_id: response
        for response in Response.objects.filter(item__attempt=attempt, try_number=1)
    }
    questions = (
        AskedQuestion(item.position, item.version, item.shown_order, item, responses.get(item.pk))
        for item in items
    )
    return Sitting(lesson=attempt.lesson, attempt=attempt, questions=tuple(questions))


def unbegun_sitting(lesson: Lesson, *, seed: str, shuffle: bool) -> Sitting:
    """Return what an attempt begun now with ``seed`` would ask. Nothing is written."""
    live = Question.objects.live_in(lesson)
    versions = (question.live for question in live if question.live is not None)
    return Sitting(lesson, None, ask(versions, seed=seed, shuffle=shuffle))


def ask(
    versions: Iterable[QuestionVersion], *, seed: str, shuffle: bool
) -> tuple[AskedQuestion, ...]:
    """Give each version its place and its order of choices; the same ``seed`` gives the same."""
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
