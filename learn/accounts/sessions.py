"""Sessions in the database, as Django keeps them, read by a statement written out."""

import json
from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from learn.models.statements import rows_of

SESSION_DATA = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
MOST_DECODED = 2048


class SessionStore(db.SessionStore):
    """Django's store; only how a session is found is its own."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and no key, where there is none any more."""
        rows = rows_of(Session, SESSION_DATA, [self.session_key, timezone.now()])
        if rows:
            values: dict[str, Any] = json.loads(_decoded(rows[0][0]))
            return values
        self._session_key = None
        return {}

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of Django's own store."""
        return Session


@lru_cache(maxsize=MOST_DECODED)
def _decoded(session_data: str) -> str:
    """Return what a session's text says, as JSON; the signature is looked at once."""
    return json.dumps(db.SessionStore().decode(session_data))
