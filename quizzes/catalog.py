"""WRITE: the questions of a lesson as its text has them: add, new version, retire, never delete."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from learn.models import Lesson
from quizzes.models import ComparisonTable, Question, QuestionVersion, Role

LONGEST_KEY = 150
PLACE_FIELDS = ("lesson_id", "position", "role", "table_id", "cell", "retired_at")
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
    with_live = Question.objects.filter(course=lesson.course, key__in=keys).select_related("live")
    known = {question.key: question for question in with_live}
    asked = [
        (known.get(draft.key) or Question(course=lesson.course, key=draft.key), draft)
        for draft in drafts
    ]
    moved = [
        question
        for position, (question, draft) in enumerate(asked, start=1)
        if _place(question, draft, lesson=lesson, position=position, tables=tables)
    ]
    Question.objects.bulk_create([one for one in moved if one.pk is None])
    Question.objects.bulk_update([one for one in moved if one.key in known], PLACE_FIELDS)
    _give_versions(asked, at=at)
    Question.objects.filter(lesson=lesson, retired_at=None).exclude(key__in=keys).update(
        retired_at=at
    )


def rename_cells(lesson: Lesson, *, before: str) -> None:
    """Give questions about cells whose keys begin with the lesson's address the new one.

    ``before`` is the address that it had.
    """
    named = Question.objects.filter(lesson=lesson, table__isnull=False)
    for question in named.filter(key__startswith=f"{before}."):
        question.key = f"{lesson.slug}{question.key.removeprefix(before)}"[:LONGEST_KEY]
        question.save(update_fields=["key"])


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
    tables: Mapping[str, int],
) -> bool:
    """Set where ``question`` stands in ``lesson``; say whether that is something to write."""
    place = (
        lesson.pk,
        position,
        draft.role,
        tables[draft.table] if draft.table else None,
        draft.cell,
        None,
    )
    wanted = dict(zip(PLACE_FIELDS, place, strict=True))
    is_new = question.pk is None
    if not is_new and all(getattr(question, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(question, name, value)
    return True


def _give_versions(asked: Sequence[tuple[Question, QuestionDraft]], *, at: datetime) -> None:
    """Point questions at the versions with their drafts' texts, made where they are new."""
    rendered = []
    wanted: dict[int, QuestionDraft] = {}
    for question, draft in asked:
        if question.live is None or question.live.digest != draft.digest:
            wanted[question.pk] = draft
        elif question.live.parts != draft.parts:
            question.live.parts = draft.parts
            rendered.append(question.live)
    QuestionVersion.objects.bulk_update(rendered, ["parts"])
    if not wanted:
        return
    known = QuestionVersion.objects.filter(question__in=wanted)
    texts = set(known.values_list("question_id", "digest"))
    count = Counter(pk for pk, _digest in texts)
    QuestionVersion.objects.bulk_create(
        _version(pk, count[pk] + 1, draft, at=at)
        for pk, draft in wanted.items()
        if (pk, draft.digest) not in texts
    )
    # A digest is of one key, so only one version of each question has one of these.
    digests = [draft.digest for draft in wanted.values()]
    of_draft = QuestionVersion.objects.filter(question=OuterRef("pk"), digest__in=digests)
    Question.objects.filter(pk__in=wanted).update(live=Subquery(of_draft.values("pk")))


def _version(
    question_id: int, number: int, draft: QuestionDraft, *, at: datetime
) -> QuestionVersion:
    """Return the version of a question that says what the draft does, not written yet."""
    return QuestionVersion(
        question_id=question_id,
        number=number,
        digest=draft.digest,
        matter=draft.matter,
        kind=draft.kind,
        spec=draft.spec,
        wording=draft.wording,
        parts=draft.parts,
        created_at=at,
    )
