"""READ: one question of an attempt, with all that was answered to it."""

from dataclasses import dataclass, field

from quizzes import marking
from quizzes.kinds.base import Verdict
from quizzes.models import QuestionVersion, Response


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question at its place, in the order shown, with all answers given to it so far.

    ``item_id`` is 0 until an attempt asks it.
    """

    position: int
    version: QuestionVersion
    shown_order: list[str]
    item_id: int = 0
    responses: tuple[Response, ...] = ()
    is_learned: bool = field(init=False)
    """Whether it was got right once, at whichever try."""
    is_settled: bool = field(init=False)
    """Whether no further answer counts for the mark."""

    def __post_init__(self) -> None:
        # Worked out once: each page asks it of every question, many times over.
        is_learned = any(response.verdict == Verdict.CORRECT for response in self.responses)
        is_settled = is_learned or len(self.responses) >= self.tries
        object.__setattr__(self, "is_learned", is_learned)
        object.__setattr__(self, "is_settled", is_settled)

    def with_responses(self, responses: tuple[Response, ...]) -> "AskedQuestion":
        """Return the question with these answers given to it, and no others."""
        return AskedQuestion(self.position, self.version, self.shown_order, self.item_id, responses)

    def with_item(self, item_id: int) -> "AskedQuestion":
        """Return the question as the item of an attempt."""
        return AskedQuestion(self.position, self.version, self.shown_order, item_id, self.responses)

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
    def earned(self) -> float:
        """Return what was earned of the question's points, from 0 to 1."""
        return marking.earned([r.fraction for r in self.responses[: self.tries]])
