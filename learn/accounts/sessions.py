"""Sessions in the database, as Django keeps them, read by a statement written out."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from learn.models.ahead import Foreseen, Row
from learn.models.memory import Memory
from learn.models.statements import Columns, rows_of

STATEMENT = "SELECT session_data, expire_date FROM django_session WHERE session_key = %s"
MOST_DECODED = MOST_ACCOUNTS = 2048

_accounts: Memory[str, int] = Memory(MOST_ACCOUNTS)


class SessionStore(db.SessionStore):
    """Django's store; only how a session is found is its own."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and no key, where there is none any more."""
        key = str(self.session_key)
        # A cookie can have a NUL in it, which no session has and PostgreSQL cannot even look up.
        rows = rows_of(Session, STATEMENT, [key]) if "\x00" not in key else []
        values = _kept_in(rows)
        if values is None:
            self._session_key = None
            return {}
        _remember_account(key, values.get(SESSION_KEY))
        return values

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of Django's own store."""
        return Session


def foreseen_session(session_key: str) -> tuple[int | None, Foreseen]:
    """Return what will be asked for a session, and the account that it was of when last seen."""
    return _accounts.get(session_key), Foreseen(STATEMENT, (session_key,), len(_columns()))


def account_in(session_key: str, rows: Sequence[Row]) -> int | None:
    """Return the account that a session is of, from what was foreseen and is answered now."""
    values = _kept_in(rows)
    if values is not None:
        _remember_account(session_key, values.get(SESSION_KEY))
    return _accounts.get(session_key)


def _kept_in(rows: Sequence[Row]) -> dict[str, Any] | None:
    """Return what a session holds that is not over, or None."""
    for row in rows:
        session_data, expire_date = _columns().values(row)
        if expire_date > timezone.now():
            values: dict[str, Any] = json.loads(_decoded(session_data))
            return values
    return None


def _remember_account(session_key: str, account: object) -> None:
    if isinstance(account, str) and account.isdecimal():
        _accounts.keep(session_key, int(account))


@cache
def _columns() -> Columns[Session]:
    return Columns(Session, ("session_data", "expire_date"))


@lru_cache(maxsize=MOST_DECODED)
def _decoded(session_data: str) -> str:
    """Return what a session's text says, as JSON; the signature is looked at once."""
    return json.dumps(db.SessionStore().decode(session_data))
