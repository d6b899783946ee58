"""A text with gaps, before and after the answer."""

from dataclasses import dataclass

from quizzes.kinds.gaps import Gaps
from quizzes.showing.asking import Showing, fate


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap and the HTML that stands before it. ``wanted`` is empty until it may be told."""

    before: str
    id: str
    value: str
    size: int
    state: str = "open"
    wanted: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ShownGaps:
    """The gaps of a text and the HTML after the last one."""

    gaps: tuple[ShownGap, ...]
    after: str

    @property
    def first_field(self) -> str:
        """Return the first gap, for a message about the answer."""
        return self.gaps[0].id


def shown_gaps(showing: Showing) -> ShownGaps:
    """Return the text with its gaps for the page."""
    *before, after = showing.parts["pieces"]
    right = Gaps().right_gaps(showing.spec, showing.answer) if showing.answer is not None else set()
    # One width for all, so that it tells nothing of an answer's length.
    size = max(len(gap["accepted"][0]) for gap in showing.spec["gaps"]) + 3
    gaps = []
    for html, gap in zip(before, showing.spec["gaps"], strict=True):
        id_ = gap["id"]
        if showing.answer is None:
            gaps.append(ShownGap(html, id_, showing.kept(f"gap-{id_}"), size))
            continue
        is_right = id_ in right
        gaps.append(
            ShownGap(
                html,
                id_,
                showing.answer["gaps"][id_],
                size,
                state=fate(is_right=is_right, is_picked=True),
                wanted=gap["accepted"][0] if showing.reveals and not is_right else "",
                explanation=showing.parts["gaps"].get(id_, "") if showing.reveals else "",
            )
        )
    return ShownGaps(tuple(gaps), after)
