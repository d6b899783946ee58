"""READ: a question and a result as a page shows them: frozen values, no key before the answer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.kinds.base import Verdict
from quizzes.kinds.choice import right_choices
from quizzes.sittings import AskedQuestion, Sitting


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A choice on the page. Until there is an answer, only ``id``, ``html`` and ``picked`` speak.

    ``state`` is one of ``open``, ``right-picked``, ``right-missed``, ``wrong-picked``, ``left``.
    """

    id: str
    html: str
    picked: bool = False
    state: str = "open"
    label: str = ""
    explanation: str = ""

    @property
    def is_told(self) -> bool:
        """Say whether the page shows the explanation openly, not on demand."""
        return self.state in {"right-picked", "right-missed", "wrong-picked"}


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question on the page. ``verdict`` and ``explanation`` are empty until it is answered."""

    position: int
    stem: str
    body: str
    several: bool
    choices: tuple[ShownChoice, ...]
    version: str
    verdict: str = ""
    verdict_label: str = ""
    explanation: str = ""

    @property
    def left(self) -> list[ShownChoice]:
        """Return the choices that were rightly left alone, whose reasons are shown on demand."""
        return [choice for choice in self.choices if choice.state == "left"]


def verdict_label(verdict: str) -> str:
    """Return the verdict in words."""
    return {
        Verdict.CORRECT: _("Correct"),
        Verdict.PARTIAL: _("Partly right"),
        Verdict.INCORRECT: _("Not correct"),
    }[Verdict(verdict)]


def shown_question(asked: AskedQuestion, *, picked: frozenset[str] = frozenset()) -> ShownQuestion:
    """Return ``asked`` for the page: with its feedback if it was answered, else without any key.

    ``picked`` keeps what was ticked on a form that comes back with a message.
    """
    version, parts = asked.version, asked.version.parts
    choices = _open_choices(asked, picked) if asked.response is None else _explained_choices(asked)
    verdict = asked.response.verdict if asked.response else ""
    return ShownQuestion(
        position=asked.position,
        stem=parts["stem"],
        body=parts["body"],
        several=version.kind == "choose-all",
        choices=choices,
        version=version.digest[:16],
        verdict=verdict,
        verdict_label=verdict_label(verdict) if verdict else "",
        explanation=parts["explanation"] if verdict else "",
    )


def _open_choices(asked: AskedQuestion, picked: frozenset[str]) -> tuple[ShownChoice, ...]:
    """Return the choices without a word about which is right."""
    texts = asked.version.parts["choices"]
    return tuple(
        ShownChoice(id_, texts[id_]["text"], picked=id_ in picked) for id_ in asked.shown_order
    )


def _explained_choices(asked: AskedQuestion) -> tuple[ShownChoice, ...]:
    """Return the choices with what became of each and why."""
    if asked.response is None:
        return ()
    texts = asked.version.parts["choices"]
    picked = set(asked.response.answer["choices"])
    right = right_choices(asked.version.spec)
    return tuple(
        ShownChoice(
            id_,
            texts[id_]["text"],
            picked=id_ in picked,
            state=_state(is_right=id_ in right, is_picked=id_ in picked),
            label=_label(is_right=id_ in right, is_picked=id_ in picked, several=len(right) > 1),
            explanation=texts[id_]["explanation"],
        )
        for id_ in asked.shown_order
    )


def _state(*, is_right: bool, is_picked: bool) -> str:
    """Return what became of a choice, as a word for the style sheet."""
    if is_right:
        return "right-picked" if is_picked else "right-missed"
    return "wrong-picked" if is_picked else "left"


def _label(*, is_right: bool, is_picked: bool, several: bool) -> str:
    """Return what became of a choice, in words."""
    if is_picked:
        return _("Your answer, correct") if is_right else _("Your answer, not correct")
    if is_right:
        return _("Correct, and you left it out") if several else _("Correct answer")
    return ""


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A finished attempt on the page. ``retry_address`` is empty when nothing was missed."""

    token: str
    right: int
    total: int
    percent: int
    pass_mark: int
    is_passed: bool
    is_retry: bool
    misses: tuple[ShownQuestion, ...]
    hits: tuple[ShownQuestion, ...]
    marks: tuple[bool, ...]


def shown_result(sitting: Sitting) -> ShownResult:
    """Return a finished sitting for the page; ``sitting.attempt`` must be there."""
    attempt = sitting.attempt
    if attempt is None:
        raise ValueError("A sitting that was not begun has no result.")
    return ShownResult(
        token=attempt.token,
        right=sitting.right,
        total=sitting.total,
        percent=sitting.percent,
        pass_mark=attempt.pass_mark,
        is_passed=sitting.is_passed,
        is_retry=attempt.retry_of_id is not None,
        misses=tuple(shown_question(asked) for asked in sitting.misses),
        hits=tuple(shown_question(asked) for asked in sitting.questions if asked.is_right),
        marks=tuple(asked.is_right for asked in sitting.questions),
    )
