"""READ: one question of an attempt, with all that was answered to it."""

from typing import NamedTuple, Self

from quizzes import marking
from quizzes.kinds.base import Verdict
from quizzes.models import QuestionVersion, Response


class _Asked(NamedTuple):
    position: int
    version: QuestionVersion
    shown_order: list[str]
    item_id: int
    responses: tuple[Response, ...]
    is_learned: bool
    is_settled: bool


class AskedQuestion(_Asked):
    """A question at its place, in the order shown, with all answers given to it so far.

    ``item_id`` is 0 until an attempt asks it. ``is_learned`` says whether it was got right once, at
    whichever try, ``is_settled`` whether no further answer counts for the mark; both are worked out
    anew by the methods below, not by ``_replace``. It is a tuple: an attempt makes one of each of
    its questions at every answer.
    """

    __slots__ = ()

    def __new__(
        cls,
        position: int,
        version: QuestionVersion,
        shown_order: list[str],
        item_id: int = 0,
        responses: tuple[Response, ...] = (),
    ) -> Self:
        """Return a question; what each page asks of every question is worked out once."""
        given = len(responses)
        is_learned = given > 0 and Verdict.CORRECT in [each.verdict for each in responses]
        is_settled = is_learned or (given > 0 and given >= _tries(version))
        return super().__new__(
            cls, position, version, shown_order, item_id, responses, is_learned, is_settled
        )

    def with_responses(self, responses: tuple[Response, ...]) -> "AskedQuestion":
        """Return the question with these answers given to it, and no others."""
        return AskedQuestion(self.position, self.version, self.shown_order, self.item_id, responses)

    def with_item(self, item_id: int) -> "AskedQuestion":
        """Return the question as the item of an attempt."""
        return AskedQuestion(self.position, self.version, self.shown_order, item_id, self.responses)

    def with_version(self, version: QuestionVersion) -> "AskedQuestion":
        """Return the question as this version puts it."""
        return AskedQuestion(self.position, version, self.shown_order, self.item_id, self.responses)

    def at(self, position: int) -> "AskedQuestion":
        """Return the question at another place."""
        return AskedQuestion(position, self.version, self.shown_order, self.item_id, self.responses)

    @property
    def tries(self) -> int:
        """Return how many answers count for the mark."""
        return _tries(self.version)

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
    def earned(self) -> float:
        """Return what was earned of the question's points, from 0 to 1."""
        return marking.earned([r.fraction for r in self.responses[: self.tries]])


def _tries(version: QuestionVersion) -> int:
    return int(version.spec.get("tries", 1))
