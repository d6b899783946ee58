"""What an answer will ask the database is asked as one question where that can be guessed."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.contrib.sessions.models import Session
from django.http import HttpRequest

from learn.accounts.sessions import foreseen_session
from learn.http import visitor_token
from learn.models import User
from learn.models.ahead import Foreseen, asked_ahead
from learn.models.people import foreseen_account, foreseen_guest
from learn.models.statements import alias_of, connection_of

type Foresight = Callable[..., list[Foreseen]]
"""Gives what a view will ask for a request and the learner that it is probably from."""

NOTHING = nullcontext()


def asking_ahead(
    request: HttpRequest, foresight: Foresight, **place: object
) -> AbstractContextManager[None]:
    """Ask ahead what the view of ``place`` will ask, for as long as the context lasts.

    Nothing is asked for a browser of which this worker knows no learner, and nothing of SQLite: it
    is no journey away, and small questions cost it less. Raises ``django.db.Error``.
    """
    connection = connection_of(User)
    if connection.vendor == "sqlite":
        return NOTHING
    learner, whose = _whose(request)
    if learner is None:
        return NOTHING
    return asked_ahead(connection, [*whose, *foresight(request, learner, **place)])


def _whose(request: HttpRequest) -> tuple[int | None, list[Foreseen]]:
    """Return the learner that a browser was last seen to be, and what will be asked for that."""
    if request.session.session_key:
        account, session = foreseen_session(request.session.session_key)
        if account is None:
            return None, []
        is_beside = alias_of(Session) == alias_of(User)
        return account, [session] * is_beside + [foreseen_account(account)]
    token = visitor_token(request)
    if token is None:
        return None, []
    guest, whose = foreseen_guest(token)
    return guest, [whose]
