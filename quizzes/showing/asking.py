"""What every way of showing a question starts from."""

from typing import Any, NamedTuple

from quizzes.asked import AskedQuestion
from quizzes.kinds.base import Answer, Fields, Spec


class Showing(NamedTuple):
    """A question to show. ``answer`` is None while it is asked; ``fields`` keeps a form's input.

    ``reveals`` says whether the key may be shown with the answer.
    """

    asked: AskedQuestion
    answer: Answer | None
    fields: Fields
    reveals: bool

    @property
    def spec(self) -> Spec:
        """Return what the kind marks by."""
        spec: Spec = self.asked.version.spec
        return spec

    @property
    def parts(self) -> dict[str, Any]:
        """Return the rendered parts."""
        parts: dict[str, Any] = self.asked.version.parts
        return parts

    def kept(self, name: str) -> str:
        """Return what a form's field held, or nothing."""
        return next(iter(self.fields.get(name, ())), "")


def fate(*, is_right: bool, is_picked: bool) -> str:
    """Return what became of a part, as a word for the style sheet."""
    if is_right:
        return "right-picked" if is_picked else "right-missed"
    return "wrong-picked" if is_picked else "left"
