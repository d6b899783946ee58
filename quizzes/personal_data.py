"""READ: all that the engine keeps of one person, as tables for the person's own export."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from learn.models import User
from quizzes.models import Attempt, AttemptItem, Response, ReviewCard

_OF_ITEM = "version__question__"
_OF_ANSWER = f"item__{_OF_ITEM}"

_ATTEMPT = {
    "course": "lesson__course__slug",
    "lesson": "lesson__slug",
    "what": "scope",
    "started_at": "started_at",
    "finished_at": "finished_at",
    "right_at_first_try": "right",
    "questions": "total",
    "percent": "percent",
    "pass_mark": "pass_mark",
}
_ITEM = {
    "attempt_started_at": "attempt__started_at",
    "position": "position",
    "question": f"{_OF_ITEM}key",
    "version": "version__number",
    "order_shown": "shown_order",
}
_ANSWER = {
    "course": f"{_OF_ANSWER}course__slug",
    "lesson": f"{_OF_ANSWER}lesson__slug",
    "question": f"{_OF_ANSWER}key",
    "asked": "item__version__wording",
    "version": "item__version__number",
    "what": "item__attempt__scope",
    "try": "try_number",
    "answer": "answer",
    "verdict": "verdict",
    "share_of_points": "fraction",
    "hints_seen": "hints_seen",
    "certainty": "certainty",
    "seconds_taken": "seconds_taken",
    "answered_at": "answered_at",
}
_CARD = {
    "course": "question__course__slug",
    "lesson": "question__lesson__slug",
    "question": "question__key",
    "stability_in_days": "stability",
    "difficulty": "difficulty",
    "reviews": "reviews",
    "lapses": "lapses",
    "held_days": "held_days",
    "first_at": "first_at",
    "last_at": "last_at",
    "due_at": "due_at",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One table of an export: a name, the rows, and the lookup that each column comes from.

    ``convert`` turns what a lookup gives into what a person reads.
    """

    name: str
    rows: QuerySet[Any]
    columns: Mapping[str, str]
    convert: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    @property
    def model(self) -> type[Model]:
        """Return the model whose rows these are."""
        return self.rows.model

    def read(self) -> Iterator[dict[str, Any]]:
        """Yield the rows by the names of the columns, in the order they came about. One query."""
        lookups = list(dict.fromkeys(self.columns.values()))
        for row in self.rows.order_by("pk").values(*lookups).iterator(chunk_size=500):
            yield {
                name: self.convert.get(name, _as_it_is)(row[lookup])
                for name, lookup in self.columns.items()
            }


def sections(user: User) -> list[Section]:
    """Return attempts, what they asked, the answers given, and the schedule made of them."""
    return [
        Section("attempts", Attempt.objects.filter(user=user), _ATTEMPT),
        Section("questions-asked", AttemptItem.objects.filter(attempt__user=user), _ITEM),
        Section(
            "answers", Response.objects.filter(item__attempt__user=user), _ANSWER, {"asked": _stem}
        ),
        Section("reviews", ReviewCard.objects.filter(user=user), _CARD),
    ]


def _as_it_is(value: Any) -> Any:
    return value


def _stem(wording: Mapping[str, Any]) -> str:
    """Return the question itself, as its author wrote it."""
    return str(wording.get("stem", ""))
