"""READ: a lesson's questions as one person meets them, before, during and after an attempt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from learn.models import Lesson
from learn.models.ahead import Foreseen
from learn.models.memory import Memory
from quizzes import marking
from quizzes.asked import AskedQuestion
from quizzes.chance import draws_by
from quizzes.held import versions_asked
from quizzes.models import Attempt, QuestionVersion, Response, Scope
from quizzes.shuffling import shown_order
from quizzes.stored import answers_given, foreseen_answers, foreseen_items, items_of

MOST_HELD = 1000


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


type Held = tuple[datetime, str, tuple[AskedQuestion, ...]]

NOTHING_HELD: tuple[None, str, tuple[AskedQuestion, ...]] = (None, "", ())

_held: Memory[tuple[int, str], Held] = Memory(MOST_HELD)


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
    def responses(self) -> int:
        """Return how many answers were given, those to learn from included."""
        return sum(len(question.responses) for question in self.questions)

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

    def asking(self, version: str) -> AskedQuestion | None:
        """Return the question whose version has the code ``version``, or None."""
        return next((q for q in self.questions if q.version.code == version), None)

    def with_response(
        self, asked: AskedQuestion, response: Response
    ) -> "tuple[Sitting, AskedQuestion]":
        """Return the sitting and its question ``asked`` with one more answer."""
        told = asked.with_responses((*asked.responses, response))
        questions = (told if question is asked else question for question in self.questions)
        return Sitting(self.lesson, self.attempt, tuple(questions), self.terms), told

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


def sitting_of(attempt: Attempt) -> Sitting:
    """Return the attempt as it was asked and answered; ``lesson`` must be loaded.

    One query, and one more where questions are not in memory yet. None for an attempt that came
    with its ``visited_at``, if this worker took the latest answer to it, and a small one if it took
    an earlier one.
    """
    questions = _held_questions(attempt)
    if questions is None:
        questions = tuple(
            AskedQuestion(each.position, each.version, each.shown_order, each.id, each.responses)
            for each in items_of(attempt)
        )
    return Sitting(attempt.lesson, attempt, questions, terms_of(attempt))


def hold(sitting: Sitting, *, visited_at: datetime) -> None:
    """Keep in memory what is asked and what was answered; it must be committed.

    ``visited_at`` is the time of the latest answer. Quick checks get further questions meanwhile.
    """
    attempt, edition = sitting.attempt, _edition_of(sitting.lesson)
    if attempt is not None and edition and attempt.scope != Scope.QUICK:
        _held.keep((attempt.pk, attempt.token), (visited_at, edition, sitting.questions))


def foreseen_questions(attempt: Attempt, edition: str) -> list[Foreseen]:
    """Return what ``sitting_of`` will ask for an attempt of a lesson of this edition."""
    held = _held_in(attempt, edition)
    if held is None:
        return [foreseen_items(attempt.pk)]
    return [] if held.is_latest else [foreseen_answers(attempt.pk)]


class _HeldQuestions(NamedTuple):
    """Questions in memory, and whether nothing was answered since."""

    questions: tuple[AskedQuestion, ...]
    is_latest: bool


def _held_in(attempt: Attempt, edition: str) -> _HeldQuestions | None:
    """Return what is in memory of an attempt that came with its ``visited_at``, or None."""
    if attempt.visited_at is None:
        return None
    visited_at, of_edition, questions = _held.get((attempt.pk, attempt.token)) or NOTHING_HELD
    if not of_edition or of_edition != edition:
        return None
    return _HeldQuestions(questions, visited_at == attempt.visited_at)


def _held_questions(attempt: Attempt) -> tuple[AskedQuestion, ...] | None:
    """Return the questions in memory with all answers, None where they have to be read."""
    held = _held_in(attempt, _edition_of(attempt.lesson))
    if held is None:
        return None
    return held.questions if held.is_latest else _brought_up(held.questions, attempt)


def _brought_up(
    questions: tuple[AskedQuestion, ...], attempt: Attempt
) -> tuple[AskedQuestion, ...] | None:
    """Return the questions with what another worker took meanwhile, None if others are asked."""
    known = {response.pk: response for asked in questions for response in asked.responses}
    given = answers_given(attempt, known)
    if given.keys() != {asked.item_id for asked in questions}:
        return None
    return tuple(
        asked
        if given[asked.item_id] == asked.responses
        else asked.with_responses(given[asked.item_id])
        for asked in questions
    )


def _edition_of(lesson: Lesson | None) -> str:
    """Return the edition of a lesson whose course is loaded, else nothing."""
    if lesson is None or not Lesson.course.is_cached(lesson):
        return ""
    return lesson.course.edition


def sitting_with_live(attempt: Attempt) -> Sitting:
    """Return ``sitting_of`` the attempt, with the questions as they are now. One query more."""
    sitting = sitting_of(attempt)
    versions = QuestionVersion.objects.select_related("question__live").in_bulk(
        [asked.version.pk for asked in sitting.questions]
    )
    questions = (asked.with_version(versions[asked.version.pk]) for asked in sitting.questions)
    return replace(sitting, questions=tuple(questions))


def unbegun_sitting(lesson: Lesson, *, seed: str, terms: QuizTerms) -> Sitting:
    """Return what an attempt begun now with ``seed`` would ask. Nothing is written."""
    live = drawn(versions_asked(lesson), seed=seed, pick=terms.pick)
    questions = ask(live, seed=seed, shuffle=terms.shuffle)
    return Sitting(lesson, None, questions, terms)


def drawn(
    versions: Sequence[QuestionVersion], *, seed: str, pick: int | None
) -> Sequence[QuestionVersion]:
    """Return ``pick`` of the versions, drawn by ``seed``, in their order; all of them for None."""
    if pick is None or pick >= len(versions):
        return versions
    # Seeded, so that a reload draws the same.
    draw = draws_by(f"{seed}:pick")
    places = draw.sample(range(len(versions)), max(1, pick))
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
