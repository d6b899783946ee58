"""Quick checks: questions between the paragraphs of a lesson, answered until they are right."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from learn.models import Lesson, User
from quizzes.asked import AskedQuestion
from quizzes.models import Attempt, AttemptItem, Question, Role, Scope
from quizzes.sittings import ask, sitting_of
from quizzes.stored import latest_attempt


def quick_questions(
    lesson: Lesson, *, user: User | None, seed: str, shuffle: bool
) -> dict[str, AskedQuestion]:
    """Return the lesson's quick questions by key, with the answers of ``user`` to these versions.

    ``seed`` fixes the order of parts of what was not answered yet. Nothing is written.
    """
    live = list(Question.objects.live_in(lesson, role=Role.QUICK))
    versions = [question.live for question in live if question.live is not None]
    attempt = latest_attempt(user=user, lesson=lesson, scope=Scope.QUICK) if user and live else None
    answered = {q.version.pk: q for q in sitting_of(attempt).questions} if attempt else {}
    asked = (
        answered.get(fresh.version.pk, fresh).at(fresh.position)
        for fresh in ask(versions, seed=seed, shuffle=shuffle)
    )
    return {question.key: each for question, each in zip(live, asked, strict=True)}


def blocks_with_questions(
    lesson: Lesson, questions: Callable[[], Mapping[str, Any]], *, name: str
) -> list[dict[str, Any]]:
    """Return the lesson's blocks, its quick checks with what ``questions`` gives for their keys.

    That stands in a block as ``name``; a question that is gone has no block. ``questions`` is asked
    only where there are any.
    """
    blocks = lesson.live.blocks if lesson.live else []
    if all(block["kind"] != "question" for block in blocks):
        return blocks
    found = questions()
    shown = (
        {"kind": "question", name: found.get(block["key"])}
        if block["kind"] == "question"
        else block
        for block in blocks
    )
    return [block for block in shown if block.get("html") or block.get(name)]


def item_to_answer(
    asked: AskedQuestion, *, lesson: Lesson, user: User, at: datetime
) -> AttemptItem:
    """Return the item that an answer to ``asked`` belongs to, made if this is the first one."""
    attempt = _quick_attempt(lesson=lesson, user=user, at=at)
    item = attempt.items.filter(version=asked.version).first()
    if item is None:
        item = _new_item(attempt, asked)
    item.attempt, item.version = attempt, asked.version
    return item


def _quick_attempt(*, lesson: Lesson, user: User, at: datetime) -> Attempt:
    """Return the person's one attempt that holds all quick checks of the lesson."""
    attempt = latest_attempt(user=user, lesson=lesson, scope=Scope.QUICK)
    if attempt is not None:
        return attempt
    attempt = Attempt(user=user, lesson=lesson, scope=Scope.QUICK, pass_mark=0, started_at=at)
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
    except IntegrityError:
        return Attempt.objects.get(user=user, lesson=lesson, scope=Scope.QUICK, finished_at=None)
    return attempt


def _new_item(attempt: Attempt, asked: AskedQuestion) -> AttemptItem:
    """Add the question to the attempt; a double click finds the item of the first."""
    try:
        with transaction.atomic():
            return AttemptItem.objects.create(
                user_id=attempt.user_id,
                attempt=attempt,
                position=attempt.items.count() + 1,
                version=asked.version,
                shown_order=asked.shown_order,
            )
    except IntegrityError:
        return attempt.items.get(version=asked.version)
