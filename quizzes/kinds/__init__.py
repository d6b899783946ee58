"""The kinds of question there are. A new kind is a module here and a line in ``KINDS``. Pure."""

from quizzes.kinds.base import Kind
from quizzes.kinds.choice import ChooseAll, ChooseOne

KINDS: dict[str, Kind] = {kind.name: kind for kind in (ChooseOne(), ChooseAll())}

__all__ = ["KINDS", "Kind"]
