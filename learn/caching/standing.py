"""READ: all that a lesson's page depends on, in one small query or two.

It is the price of every page that is shown again instead of being made again, so it is written out
in SQL: drawn up by the ORM it would cost as much as half a page.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from learn.models import Lesson
from learn.models.people import digest_of_visitor
from learn.models.statements import alias_of, rows_of

type Standing = tuple[Any, ...]
type Value = str | int | datetime

# What is remembered of a table's cells fades by itself, and with it the marks on a page.
FADES_AFTER_SECONDS = 60 * 60

# What is published goes with the edition. The row of the text is not looked at: SQLite would read
# all of it, 13 pages as a rule, to see what comes after.
_FACTS = ("c.edition", "l.id")
_FACTS_OF_LEARNER = """, u.id, u.password, u.is_active, v.last_at, v.read_at,
 (SELECT count(*) || ':' || max(a.id) FROM quizzes_attempt a
  WHERE a.user_id = u.id AND a.lesson_id = l.id),
 (SELECT count(*) || ':' || max(n.changed_at) FROM learn_note n
  WHERE n.user_id = u.id AND n.lesson_id = l.id),
 (SELECT sum(k.stability) FROM quizzes_question q CROSS JOIN quizzes_reviewcard k
  WHERE q.lesson_id = l.id AND q.role = 'cell' AND k.user_id = u.id AND k.question_id = q.id)"""
# A guest has no role. The page of who writes the course leads to its editor.
_RIGHTS_OF_ACCOUNT = """, u.is_superuser,
 (SELECT r.role FROM learn_courserole r WHERE r.user_id = u.id AND r.course_id = c.id)"""
_LESSON = "FROM learn_lesson l JOIN learn_course c ON c.id = l.course_id"
_VISIT = "LEFT JOIN learn_lessonvisit v ON v.user_id = u.id AND v.lesson_id = l.id"
_IS_PUBLISHED = """WHERE c.slug = %s AND l.slug = %s AND c.retired_at IS NULL
 AND c.status = 'published' AND l.retired_at IS NULL"""
_BEGIN = "SELECT " + ", ".join(_FACTS)
_OF_NOBODY = " ".join((_BEGIN, _LESSON, _IS_PUBLISHED))
_ACCOUNT = "LEFT JOIN learn_user u ON u.id = %s AND u.guest_key IS NULL"
_GUEST = "LEFT JOIN learn_user u ON u.guest_key = %s"
_OF_ACCOUNT, _OF_GUEST = (
    " ".join((_BEGIN, _FACTS_OF_LEARNER, rights, _LESSON, learner, _VISIT, _IS_PUBLISHED))
    for rights, learner in ((_RIGHTS_OF_ACCOUNT, _ACCOUNT), ("", _GUEST))
)
_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
# Where sessions are in the same database, and whose one is was seen before.
_OF_SESSION = " ".join(
    (
        _BEGIN,
        _FACTS_OF_LEARNER,
        _RIGHTS_OF_ACCOUNT,
        ", s.session_data",
        _LESSON,
        _ACCOUNT,
        _VISIT,
        "JOIN django_session s ON s.session_key = %s AND s.expire_date > %s",
        _IS_PUBLISHED,
    )
)
MOST_SESSIONS = 2048
LONGEST_SESSION = 40
"""What its column takes; what a browser sends instead would fill this worker's memory."""


def standing_of(course: str, lesson: str, *, session: str, visitor: str) -> Standing | None:
    """Return what tells every state of the lesson's page, as this browser sees it, from any other.

    ``session`` and ``visitor`` are its cookies, or empty. None when there is no such page, or when
    it is not for this to say whose it is: a session that is over, or one of nobody. A lesson whose
    text is only a draft has one too; its page is a 404 and never kept. To somebody who did nothing
    yet the page is that of nobody. Two queries at most; raises ``django.db.Error``.
    """
    if session:
        facts = _facts_of_session(course, lesson, session)
        return (*facts, _fading()) if facts else None
    if visitor:
        row = _row(Lesson, _OF_GUEST, [digest_of_visitor(visitor), course, lesson])
        is_known = row is not None and row[len(_FACTS)] is not None
        return (*row, _fading()) if is_known else row and row[: len(_FACTS)]
    row = _row(Lesson, _OF_NOBODY, [course, lesson])
    return (*row,) if row else None


def _facts_of_session(course: str, lesson: str, session: str) -> Standing | None:
    """Return what tells the page's states of an account, with what its session says at the end."""
    if len(session) > LONGEST_SESSION:
        return None
    now, memory = timezone.now(), _memory_of(session)
    if memory.latest is not None and alias_of(Session) == alias_of(Lesson):
        said, account = memory.latest
        facts = _row(Lesson, _OF_SESSION, [account, session, now, course, lesson])
        if facts and facts[-1] == said:
            return (*facts,)
    row = _row(Session, _SESSION, [session, now])
    found = account_in(row[0]) if row else None
    if found is None:
        return None
    memory.latest = (row[0], found)
    facts = _row(Lesson, _OF_ACCOUNT, [found, course, lesson])
    return (*facts, row[0]) if facts else None


@dataclass(slots=True)
class _SessionMemory:
    """What a session said when it was read last, and the account that this names."""

    latest: tuple[str, int] | None = None


@lru_cache(maxsize=MOST_SESSIONS)
def _memory_of(_session: str) -> _SessionMemory:
    return _SessionMemory()


@lru_cache(maxsize=MOST_SESSIONS)
def account_in(session_data: str) -> int | None:
    """Return the account that a session names; whether it may is in the rest of the standing."""
    found = SessionStore().decode(session_data).get(SESSION_KEY)
    return int(found) if found and str(found).isdecimal() else None


def _row(model: type[Lesson | Session], query: str, parameters: Sequence[Value]) -> Any:
    """Return the first row that the database of ``model`` gives, or None."""
    return next(iter(rows_of(model, query, parameters)), None)


def _fading() -> int:
    return int(time.time() // FADES_AFTER_SECONDS)
