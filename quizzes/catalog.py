"""WRITE: the questions of a lesson as its text has them: add, new version, retire, never delete."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from learn.models import Lesson
from quizzes.models import ComparisonTable, Question, QuestionVersion, Role

LONGEST_KEY = 150
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as read from a lesson; the fields are those of the models.

    One about a cell names its ``table`` by the key that this has in the lesson.
    """

    key: str
    kind: str
    spec: dict[str, Any]
    wording: dict[str, Any]
    parts: dict[str, Any]
    role: str = Role.CHECK
    table: str = ""
    cell: str = ""

    @property
    def digest(self) -> str:
        """Return a digest of the wording and the key.

        The rendering is left out: a better renderer does not make it another question.
        """
        content = json.dumps([self.key, self.kind, self.spec, self.wording], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def matter(self) -> str:
        """Return a digest of what makes it the same question: key, choices and numbers.

        What decides about right and wrong is the specification, and the figures of the stem and
        the text below it; all other words may be bettered without a new count of statistics.
        """
        asked = f"{self.wording.get('stem', '')} {self.wording.get('body', '')}"
        content = json.dumps([self.kind, self.spec, FIGURE.findall(asked)], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def sync_questions(*, lesson: Lesson, drafts: Sequence[QuestionDraft], at: datetime) -> None:
    """Make ``drafts`` the questions of ``lesson``, in their order.

    A key that the course knows keeps its question, wherever it stood before. A changed text gets a
    new version, a text that was there before gets its old version back, and a question that is gone
    is retired, since responses point at it. Call inside a transaction.
    """
    drafts = list(_with_own_keys(lesson, drafts))
    tables = _tables_of(lesson, drafts)
    keys = [draft.key for draft in drafts]
    known = {
        question.key: question
        for question in Question.objects.filter(course=lesson.course, key__in=keys).select_related(
            "live"
        )
    }
    for position, draft in enumerate(drafts, start=1):
        question = known.get(draft.key) or Question(course=lesson.course, key=draft.key)
        table_id = tables[draft.table] if draft.table else None
        _place(question, draft, lesson=lesson, position=position, table_id=table_id)
        _give_version(question, draft, at=at)
    Question.objects.filter(lesson=lesson, retired_at=None).exclude(key__in=keys).update(
        retired_at=at
    )


def _with_own_keys(lesson: Lesson, drafts: Sequence[QuestionDraft]) -> Iterator[QuestionDraft]:
    """Give a question about a cell the lesson's name where another lesson has a table like it."""
    cells = {
        draft.key: f"{lesson.slug}.{draft.key}"[:LONGEST_KEY] for draft in drafts if draft.table
    }
    known = Question.objects.filter(course=lesson.course) if cells else Question.objects.none()
    taken = set(
        known.filter(key__in=cells.keys(), retired_at=None)
        .exclude(lesson=lesson)
        .values_list("key", flat=True)
    )
    prefixed = set(
        known.filter(key__in=cells.values(), lesson=lesson).values_list("key", flat=True)
    )
    for draft in drafts:
        own = cells.get(draft.key, draft.key)
        is_prefixed = draft.key in taken or own in prefixed
        yield replace(draft, key=own) if draft.table and is_prefixed else draft


def _tables_of(lesson: Lesson, drafts: Sequence[QuestionDraft]) -> dict[str, int]:
    """Return the ids of the lesson's tables by key, if any question is about one."""
    if not any(draft.table for draft in drafts):
        return {}
    return dict(ComparisonTable.objects.filter(lesson=lesson).values_list("key", "pk"))


def _place(
    question: Question,
    draft: QuestionDraft,
    *,
    lesson: Lesson,
    position: int,
    table_id: int | None,
) -> None:
    """Put ``question`` at its place in ``lesson``; write only what changed."""
    wanted = {
        "lesson_id": lesson.pk,
        "position": position,
        "role": draft.role,
        "table_id": table_id,
        "cell": draft.cell,
        "retired_at": None,
    }
    if question.pk and all(getattr(question, name) == value for name, value in wanted.items()):
        return
    for name, value in wanted.items():
        setattr(question, name, value)
    question.save()


def _give_version(question: Question, draft: QuestionDraft, *, at: datetime) -> None:
    """Point ``question`` at the version with the draft's text, made if it is new."""
    if question.live and question.live.digest == draft.digest:
        if question.live.parts != draft.parts:
            question.live.parts = draft.parts
            question.live.save(update_fields=["parts"])
        return
    number = question.versions.count() + 1
    question.live, _ = QuestionVersion.objects.get_or_create(
        question=question,
        digest=draft.digest,
        defaults={
            "number": number,
            "matter": draft.matter,
            "kind": draft.kind,
            "spec": draft.spec,
            "wording": draft.wording,
            "parts": draft.parts,
            "created_at": at,
        },
    )
    question.save(update_fields=["live"])
