"""What a request is about: the lesson, the person's attempt, the question that was shown."""

import re
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from learn.http import HtmxHttpRequest, ensure_visitor_token, learner_of
from learn.models import Lesson, User
from quizzes.beginning import NothingToAskError, begin_attempt
from quizzes.envelope import Envelope
from quizzes.held import held_lesson
from quizzes.models import Attempt, QuestionVersion, Scope
from quizzes.sittings import Sitting, sitting_of, unbegun_sitting
from quizzes.stored import latest_attempt
from quizzes.terms import quiz_terms

VERSION = re.compile(r"[0-9a-f]{16}")


def lesson_to_ask(course: str, lesson: str) -> Lesson:
    """Return the lesson with its course and live revision, or raise ``Http404``.

    It is shared with other requests and must not be changed.
    """
    held = held_lesson(course, lesson)
    if held is None:
        raise Http404
    return held.lesson


def own_attempt(
    request: HtmxHttpRequest, course: str, lesson: str, token: str
) -> tuple[Attempt, Lesson]:
    """Return the person's own attempt at a check, and its lesson, or raise ``Http404``."""
    found = lesson_to_ask(course, lesson)
    learner = learner_of(request)
    attempt = get_object_or_404(
        Attempt.objects.select_related("user"),
        token=token,
        user_id=learner.pk if learner else None,
        lesson=found,
        scope=Scope.CHECK,
    )
    attempt.lesson = found
    return attempt, found


def present_sitting(request: HtmxHttpRequest, lesson: Lesson) -> Sitting:
    """Return the person's attempt, or what the first answer would begin. Nothing is written."""
    learner = learner_of(request)
    attempt = latest_attempt(user=learner, lesson=lesson, scope=Scope.CHECK) if learner else None
    if attempt is not None:
        return sitting_of(attempt)
    return foreseen_sitting(request, lesson)


def foreseen_sitting(request: HtmxHttpRequest, lesson: Lesson) -> Sitting:
    """Return what the first answer of a person without an attempt begins."""
    return unbegun_sitting(lesson, seed=seed_of(request, lesson), terms=quiz_terms(lesson))


def attempt_to_answer(
    request: HtmxHttpRequest, lesson: Lesson, envelope: Envelope
) -> Attempt | None:
    """Return the attempt that the form belongs to: the one it names, else the latest, or None."""
    learner = learner_of(request)
    if learner is None:
        return None
    return latest_attempt(user=learner, lesson=lesson, scope=Scope.CHECK, token=envelope.attempt)


def begun_attempt(user: User, lesson: Lesson, *, seed: str, at: datetime) -> Attempt:
    """Return the attempt to go on with, or raise ``Http404`` where there is nothing to ask."""
    try:
        return begin_attempt(user=user, lesson=lesson, terms=quiz_terms(lesson), seed=seed, at=at)
    except NothingToAskError as fault:
        raise Http404 from fault


def seed_of(request: HtmxHttpRequest, lesson: Lesson) -> str:
    """Return what fixes the order of choices before the first answer: this browser's token."""
    return f"{ensure_visitor_token(request)}:{lesson.pk}"


def question_of_version(lesson: Lesson, version: str) -> QuestionVersion | None:
    """Return the version that the first 16 digits of its digest name, with its question, or None.

    It must be one that ``lesson`` asks or asked.
    """
    if not VERSION.fullmatch(version):
        return None
    versions = QuestionVersion.objects.select_related("question")
    return versions.filter(question__lesson=lesson, digest__startswith=version).first()


def lesson_of_version(version: str) -> Lesson | None:
    """Return the published lesson whose question the first 16 digits name, with its course."""
    if not VERSION.fullmatch(version):
        return None
    lessons = Lesson.objects.published().select_related("course")
    return lessons.filter(questions__versions__digest__startswith=version).first()
