"""WRITE: the tables of a lesson that can be practised, as its text has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from learn.models import Lesson
from quizzes.models import ComparisonTable


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table as read from a lesson; the fields are those of ``ComparisonTable``."""

    key: str
    kind: str
    title: str
    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    principle_html: str = ""


def sync_tables(*, lesson: Lesson, drafts: Sequence[TableDraft], at: datetime) -> None:
    """Make ``drafts`` the tables of ``lesson`` that can be practised, in their order.

    A table that is gone is retired, since questions point at it. Call inside a transaction, and
    before the questions are written.
    """
    for position, draft in enumerate(drafts, start=1):
        ComparisonTable.objects.update_or_create(
            lesson=lesson,
            key=draft.key,
            defaults={
                "position": position,
                "kind": draft.kind,
                "title": draft.title,
                "columns": draft.columns,
                "rows": draft.rows,
                "principle_html": draft.principle_html,
                "retired_at": None,
            },
        )
    kept = [draft.key for draft in drafts]
    ComparisonTable.objects.filter(lesson=lesson, retired_at=None).exclude(key__in=kept).update(
        retired_at=at
    )
