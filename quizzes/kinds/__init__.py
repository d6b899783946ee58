"""The kinds of question there are. A new kind is a module here and a line in ``KINDS``. Pure."""

from quizzes.kinds.base import Kind
from quizzes.kinds.choice import ChooseAll, ChooseOne
from quizzes.kinds.gaps import Gaps
from quizzes.kinds.number import Number
from quizzes.kinds.ordering import Ordering
from quizzes.kinds.placing import Matching, Sorting
from quizzes.kinds.typed import Typed

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        ChooseOne(),
        ChooseAll(),
        Typed(),
        Number(),
        Ordering(),
        Matching(),
        Sorting(),
        Gaps(),
    )
}

__all__ = ["KINDS", "Kind"]
