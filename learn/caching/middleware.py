"""Where pages are kept on their way out; see ``learn.caching.front``, which wishes for them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django_http_compression.middleware import HttpCompressionMiddleware

from learn.caching.keepable import is_keepable
from learn.caching.pages import KeptPage
from learn.http import VISITOR_COOKIE

WISH = "checkmark.page_to_keep"
"""The name of a wish in a request's ``environ``."""
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')
PERSON = re.compile(rb'data-person="(guest-[0-9a-f]{16})"')
OWN_COOKIES = {settings.SESSION_COOKIE_NAME, VISITOR_COOKIE, settings.CSRF_COOKIE_NAME}
# The browser may keep the page for itself, and asks each time whether it is still true.
CACHE_CONTROL = "private, no-cache"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with a page that may be kept.

    ``keep`` takes it; ``tag`` gives its validator from the cookies that it sets. ``cookies`` are
    those that the browser has, and nothing for newcomers.
    """

    keep: Callable[[KeptPage], None]
    tag: Callable[[dict[str, str]], str]
    cookies: Mapping[str, str] = field(default_factory=dict)


class KeepPagesMiddleware:
    """Keeps lesson pages as they leave, where somebody wishes for that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.security = SecurityMiddleware(get_response)
        self.compression = HttpCompressionMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and keep what comes back."""
        is_known = not OWN_COOKIES.isdisjoint(request.COOKIES)
        response = self.get_response(request)
        wish: Wish | None = request.META.get(WISH)
        if wish is not None and is_keepable(response) and is_known == bool(wish.cookies):
            # What is kept leaves by a shorter way next time, without those that stand outside.
            self.security.process_response(request, response)
            if wish.cookies:
                self._keep_own(request, response, wish)
            else:
                _keep_greeting(response, wish)
        if request.method in ("GET", "HEAD"):
            # What does not say whose it is must not be kept for all by somebody on the way.
            response.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    def _keep_own(self, request: HttpRequest, response: HttpResponse, wish: Wish) -> None:
        """Keep the page for the one browser that it is made for."""
        given = {(name, morsel.value) for name, morsel in response.cookies.items()}
        if not given <= wish.cookies.items():
            return  # it says something new to the browser
        _let_ask(response, wish.tag({}))
        self.compression.maybe_compress(request, response)
        wish.keep(KeptPage(tuple(response.items()), response.content))


def _keep_greeting(response: HttpResponse, wish: Wish) -> None:
    """Keep the page for all newcomers, unless it is unclear what belongs to one of them."""
    cookies, body = response.cookies, response.content
    greets = VISITOR_COOKIE in cookies
    tokens, persons = TOKEN.findall(body), PERSON.findall(body)
    is_clear = (
        cookies.keys() <= {VISITOR_COOKIE, settings.CSRF_COOKIE_NAME}
        and len(set(tokens)) <= 1
        and bool(tokens) == (settings.CSRF_COOKIE_NAME in cookies)
        and len(persons) == greets
    )
    if not is_clear:
        return
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    headers["Cache-Control"] = CACHE_CONTROL
    ends = ((name, _end_of_cookie(response, name)) for name in cookies)
    wish.keep(
        KeptPage(
            headers=tuple(headers.items()),
            body=body,
            token=tokens[0] if tokens else b"",
            person=persons[0] if persons else b"",
            cookies=tuple(ends),
        )
    )
    _let_ask(response, wish.tag({name: cookies[name].value for name in cookies}))


def _end_of_cookie(response: HttpResponse, name: str) -> str:
    """Return what stands behind a cookie's value; it lasts as long whenever it is given."""
    morsel = response.cookies[name].copy()
    morsel["expires"] = ""  # Max-Age stays
    return morsel.OutputString().removeprefix(f"{name}={morsel.coded_value}")


def _let_ask(response: HttpResponse, tag: str) -> None:
    """Let a browser keep the page and ask whether it is still true."""
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = CACHE_CONTROL
