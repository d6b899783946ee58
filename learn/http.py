"""Requests as the views see them: who is learning, and by HTMX or not."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from functools import wraps
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.request import HttpHeaders
from django.utils.crypto import salted_hmac
from django_htmx.middleware import HtmxDetails

from learn.models import User
from learn.models.ahead import Answers, Foreseen

VISITOR_COOKIE = "visitor"
VISITOR_COOKIE_AGE = 400 * 24 * 60 * 60
VISITOR_TOKEN_LENGTH = 32
ORDERS = 8
DRAWN = "checkmark.drawn_visitor_token"
"""The name, in a request's ``environ``, of the token that a browser gets if its page gives one."""
NEVER_KEPT = "max-age=0, no-cache, no-store, must-revalidate, private"
FORESIGHT = "checkmark_foresight"
PERSON_SALT = "person-of-kept-pages"


class HtmxHttpRequest(HttpRequest):
    """A request that went through django-htmx's middleware."""

    htmx: HtmxDetails
    user: User | AnonymousUser
    headers: HttpHeaders


def never_kept[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Have no cache keep what ``view`` answers. Django's ``never_cache`` also tells HTTP/1.0."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = NEVER_KEPT
        return response

    return answer


class Foresight(NamedTuple):
    """What a view will ask: ``first``, and what comes ``then``, by the answers to that.

    ``first`` takes the request, the key of the learner that it is probably from, and the values in
    the view's address.
    """

    first: Callable[..., list[Foreseen]]
    then: Callable[[Answers], list[Foreseen]]


def foreseeing[**P](
    foresight: Foresight,
) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Say of a view what it will ask the database; see ``learn.serving.foresight``."""

    def mark(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        setattr(view, FORESIGHT, foresight)
        return view

    return mark


def visitor_token_in(cookies: Mapping[str, str]) -> str | None:
    """Return the token in a browser's cookies if there is one of ours."""
    token = cookies.get(VISITOR_COOKIE, "")
    return token if len(token) == VISITOR_TOKEN_LENGTH and token.isascii() else None


def visitor_token(request: HttpRequest) -> str | None:
    """Return the token of this browser's cookie if it has one of ours."""
    return visitor_token_in(request.COOKIES)


def new_visitor_token() -> str:
    """Draw a token for a browser that has none."""
    return secrets.token_urlsafe(24)


def ensure_visitor_token(request: HttpRequest) -> str:
    """Return this browser's token, drawn now if it has none; see ``remember_visitor``."""
    token = visitor_token(request)
    if token is None:
        token = request.META.get(DRAWN) or new_visitor_token()
        request.COOKIES[VISITOR_COOKIE] = token
    return token


def order_of(token: str) -> str:
    """Return which of a few orders of choices the browser with this token is shown in lessons.

    They are few, so that a lesson's page can be kept in each of them.
    """
    return str(int(hashlib.sha256(token.encode()).hexdigest(), 16) % ORDERS)


def remember_visitor(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser its token, which is all that a guest's progress hangs on.

    A person who is signed in gets none unless an order of choices hung on it.
    """
    is_needed = visitor_token(request) or DRAWN in request.META
    if not is_needed and request.user.is_authenticated:
        return
    response.set_cookie(
        VISITOR_COOKIE,
        ensure_visitor_token(request),
        max_age=VISITOR_COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def learner_of(request: HttpRequest) -> User | None:
    """Return who is learning: the person signed in, else this browser's guest, else None.

    Nothing is written, so a mere page view leaves no trace.
    """
    if request.user.is_authenticated:
        return request.user
    token = visitor_token(request)
    return User.objects.guest_of(token) if token else None


def learner_for_writing(request: HttpRequest) -> User:
    """Return who is learning, with a guest made if need be: something worth keeping has come."""
    if request.user.is_authenticated:
        return request.user
    return User.objects.guest_for(ensure_visitor_token(request))


def absolute_address(request: HttpRequest, path: str) -> str:
    """Return the whole address of a path: on ``SITE_URL``, else on the host that was asked."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def person_mark(request: HttpRequest) -> str:
    """Return what tells one person from another and nothing else; see ``templates/offline``."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return _digest(f"user:{user.pk}")
    token = visitor_token(request)
    return guest_mark(token) if token else "guest"


def guest_mark(token: str) -> str:
    """Return the mark of the guest whose browser has this token."""
    return f"guest-{_digest(f'visitor:{token}')}"


def _digest(value: str) -> str:
    """Return what tells values apart and does not lead back to them."""
    return salted_hmac(PERSON_SALT, value, algorithm="sha256").hexdigest()[:16]
