"""WRITE: the questions of a lesson as its text has them: add, new version, retire, never delete."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from learn.models import Lesson
from quizzes.models import Question, QuestionVersion


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as read from a lesson. ``spec`` and ``parts`` are as in ``QuestionVersion``.

    ``wording`` is the author's Markdown, part by part.
    """

    key: str
    kind: str
    spec: dict[str, Any]
    wording: dict[str, Any]
    parts: dict[str, Any]

    @property
    def digest(self) -> str:
        """Return a digest of the wording and the key.

        The rendering is left out: a better renderer does not make it another question.
        """
        content = json.dumps([self.key, self.kind, self.spec, self.wording], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def sync_questions(*, lesson: Lesson, drafts: Sequence[QuestionDraft], at: datetime) -> None:
    """Make ``drafts`` the questions of ``lesson``, in their order.

    A key that the course knows keeps its question, wherever it stood before. A changed text gets a
    new version, a text that was there before gets its old version back, and a question that is gone
    is retired, since responses point at it. Call inside a transaction.
    """
    keys = [draft.key for draft in drafts]
    known = {
        question.key: question
        for question in Question.objects.filter(course=lesson.course, key__in=keys).select_related(
            "live"
        )
    }
    for position, draft in enumerate(drafts, start=1):
        question = known.get(draft.key) or Question(course=lesson.course, key=draft.key)
        _place(question, lesson=lesson, position=position)
        _give_version(question, draft, at=at)
    Question.objects.filter(lesson=lesson, retired_at=None).exclude(key__in=keys).update(
        retired_at=at
    )


def _place(question: Question, *, lesson: Lesson, position: int) -> None:
    """Put ``question`` at its place in ``lesson``; write only what changed."""
    wanted = (lesson.pk, position, None)
    if question.pk and (question.lesson_id, question.position, question.retired_at) == wanted:
        return
    question.lesson, question.position, question.retired_at = lesson, position, None
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
            "kind": draft.kind,
            "spec": draft.spec,
            "parts": draft.parts,
            "created_at": at,
        },
    )
    question.save(update_fields=["live"])
