"""Learners with accounts, sessions and a history, put straight into the site's database.

A program for ``tests.with_django``, since its settings are the site's: run with the number of
learners, a file to write, and ``begun`` or ``new``, under the site's environment. Of each learner
the file says the cookies; it also says what to post to answer each question, and where the lessons
are.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from learn.models import Lesson, LessonVisit, User
from quizzes.addresses import check_addresses
from quizzes.answering import record_answer
from quizzes.answers import Circumstances
from quizzes.beginning import begin_attempt
from quizzes.models import Question, QuestionVersion
from quizzes.sittings import sitting_of
from quizzes.terms import quiz_terms


def right_fields(version: QuestionVersion) -> dict[str, list[str]]:
    """Return a form that is filled in rightly, for any kind whose key names its parts."""
    spec = version.spec
    if version.kind in ("choose-one", "choose-all"):
        return {"choice": [choice["id"] for choice in spec["choices"] if choice["right"]]}
    if version.kind == "ordering":
        return {"order": list(spec["items"])}
    return {f"place-{row['id']}": [row["option"]] for row in spec["rows"]}


def lessons() -> list[Lesson]:
    """Return the lessons that ask something, each with its course and revision."""
    published = Lesson.objects.published().select_related("course", "live").in_order()
    return [lesson for lesson in published if Question.objects.live_in(lesson).exists()]


def enrol(name: str) -> dict[str, Any]:
    """Make an account that is signed in; return it with its cookies."""
    user = User.objects.create_user(name, f"{name}@example.org")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    csrf = get_random_string(32)
    return {
        "user": user.pk,
        "csrf": csrf,
        "cookie": f"sessionid={session.session_key}; csrftoken={csrf}",
    }


def give_history(user: User, course: Sequence[Lesson], begun_at: datetime) -> None:
    """Have the learner read and answer the lessons, one a day, with one attempt left off."""
    for day, lesson in enumerate(course):
        at = begun_at + timedelta(days=day)
        attempt = begin_attempt(
            user=user, lesson=lesson, terms=quiz_terms(lesson), seed=str(day), at=at
        )
        attempt.lesson = lesson
        questions = [q for q in sitting_of(attempt).questions if is_formal(q.version)]
        for asked in questions[: 3 if day == 2 else None]:
            record_answer(
                attempt=attempt,
                version=asked.version.code,
                fields=right_fields(asked.version),
                at=at,
                circumstances=Circumstances(),
            )
        LessonVisit.objects.mark_read(user=user, lesson=lesson, at=at)


def is_formal(version: QuestionVersion) -> bool:
    """Say whether ``right_fields`` knows the question's kind."""
    return version.kind in ("choose-one", "choose-all", "ordering", "matching", "sorting")


def forms() -> list[dict[str, Any]]:
    """Return what to post to answer each question of every check, without who does."""
    found = []
    for lesson in lessons():
        for position, question in enumerate(Question.objects.live_in(lesson), start=1):
            if question.live is not None and is_formal(question.live):
                found.append(
                    {
                        "path": check_addresses(lesson).question(position),
                        "fields": {
                            "version": [question.live.code],
                            "try": ["1"],
                            "hints": ["0"],
                            **right_fields(question.live),
                        },
                    }
                )
    return found


def main(number: str, target: str, state: str) -> None:
    """Write the class; see ``write_class`` and the words above."""
    write_class(int(number), Path(target), all_have_begun=state == "begun")


def write_class(number: int, target: Path, *, all_have_begun: bool) -> None:
    """Write the class; the first learner has gone through everything, the others through nothing.

    With ``all_have_begun`` they have all answered one lesson, so that there is something to review.
    """
    begun_at, course = timezone.now() - timedelta(days=30), lessons()
    with transaction.atomic():
        learners = [enrol(f"learner-{n}-{get_random_string(6)}") for n in range(number)]
        users = User.objects.in_bulk([learner["user"] for learner in learners])
        for place, user in enumerate(users.values()):
            if place == 0 or all_have_begun:
                give_history(user, course if place == 0 else course[:1], begun_at)
    pages = [lesson.get_absolute_url() for lesson in course]
    target.write_text(json.dumps({"learners": learners, "forms": forms(), "pages": pages}))
