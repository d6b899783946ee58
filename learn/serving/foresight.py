"""What answers will ask the database is asked as one question where that can be guessed."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest

from learn.accounts.sessions import account_in, foreseen_session
from learn.http import FORESIGHT, Foresight, visitor_token
from learn.models import User
from learn.models.ahead import Answers, Foreseen, Row, answers_ahead, knowing
from learn.models.people import foreseen_account, foreseen_guest, guest_in
from learn.models.statements import alias_of, connection_of

NOTHING = nullcontext()


def asked_ahead(requests: Sequence[HttpRequest]) -> list[Answers]:
    """Return what the views of some requests will ask, answered; for each request its own.

    Each is asked in three steps, of which a worker that knows the learners and their attempts needs
    one: whose browser it is, then what the view's foresight says, then what follows from that.
    ``resolver_match`` must be set. It is nothing for a view without foresight, and for SQLite: that
    is no journey away, and small questions cost it less. Raises ``django.db.Error``.
    """
    connection = connection_of(User)
    if connection.vendor == "sqlite":
        return [{} for _ in requests]
    guesses = [_Guess(request) for request in requests]
    for step in (_Guess.whose_it_is, _Guess.what_is_asked, _Guess.what_follows):
        answers = answers_ahead(connection, [step(guess) for guess in guesses])
        for guess, known in zip(guesses, answers, strict=True):
            guess.answers |= known
    return [guess.answers for guess in guesses]


def knowing_ahead(answers: Answers) -> AbstractContextManager[None]:
    """Have the view know the answers, for as long as the context lasts."""
    return knowing(connection_of(User), answers) if answers else NOTHING


class _Browser(NamedTuple):
    """Whose a browser was when last seen, what tells whose it is, and how that is read."""

    learner: int | None
    telling: Foreseen
    learner_in: Callable[[Sequence[Row]], int | None]
    is_signed_in: bool


class _Guess:
    """What a request will ask, and what is answered of that so far."""

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        self.answers: Answers = {}
        self._request, self._place = request, match.kwargs if match else {}
        self._foresight: Foresight | None = getattr(match.func, FORESIGHT, None) if match else None
        self._browser = _browser(request) if self._foresight else None

    def whose_it_is(self) -> list[Foreseen]:
        """Return what tells whose browser it is, where this worker has not seen it."""
        browser = self._browser
        return [browser.telling] if browser and browser.learner is None else []

    def what_is_asked(self) -> list[Foreseen]:
        """Return what is asked for that, and by the view."""
        browser, foresight = self._browser, self._foresight
        if browser is None or foresight is None:
            return []
        learner, whose = browser.learner, [browser.telling]
        if learner is None:
            told = self.answers[browser.telling.statement, browser.telling.values]
            learner, whose = browser.learner_in(told), []
        if learner is None:
            return []
        if browser.is_signed_in:
            whose.append(foreseen_account(learner))
        try:
            return [*whose, *foresight.first(self._request, learner, **self._place)]
        except (BadRequest, SuspiciousOperation):
            return []  # which the view will find, too

    def what_follows(self) -> list[Foreseen]:
        """Return what is asked after that."""
        return self._foresight.then(self.answers) if self._foresight and self.answers else []


def _browser(request: HttpRequest) -> _Browser | None:
    """Return a browser by its cookies, None for one that has none of ours."""
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if session_key:
        if "\x00" in session_key or alias_of(Session) != alias_of(User):
            return None
        account, session = foreseen_session(session_key)
        return _Browser(account, session, partial(account_in, session_key), is_signed_in=True)
    token = visitor_token(request)
    if token is None:
        return None
    guest, whose = foreseen_guest(token)
    return _Browser(guest, whose, partial(guest_in, token), is_signed_in=False)
