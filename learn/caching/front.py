"""Lesson pages that need not be made again: 304 for who has the page, kept bytes for who has not.

It stands before Django, whose way to a view and back takes longer than all that is asked here. What
is asked of the database comes first, always: two workers share no memory, and none of them goes by
a clock. A page made for a browser with cookies is kept under these very cookies and never shown to
another. The page of a newcomer, who has none, is the same for all; what is drawn for one of them
(the token against forgery, the visitor's cookie) is drawn anew for each.
"""

import secrets
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse
from django_http_compression.middleware import HttpCompressionMiddleware, best_coding

from learn.caching.asked import Asked, Browser, asked_in
from learn.caching.middleware import CACHE_CONTROL, WISH, Wish
from learn.caching.pages import Header, KeptPage, PageMemory
from learn.caching.release import validator
from learn.caching.standing import Standing
from learn.http import DRAWN, VISITOR_COOKIE, guest_mark, new_visitor_token, order_of

MEMORY_BYTES = 12_000_000
VARIES = "Cookie, Accept-Language, Accept-Encoding"


class KeptPages:
    """Answers for lesson pages out of memory; all else is the application's."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.memory = PageMemory(MEMORY_BYTES)

    def __call__(self, environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        """Answer out of memory, or have the application answer, whose page is kept."""
        asked = asked_in(environ)
        if asked is None:
            return self.application(environ, respond)
        try:
            standing = asked.standing()
        except Error:
            standing = None  # told to the person by the application
        if standing is None or not (asked.browser.is_newcomer or asked.browser.csrf):
            return self.application(environ, respond)
        serve = self._greet if asked.browser.is_newcomer else self._serve
        body = serve(asked, standing, environ, respond)
        if body is None:
            return self.application(environ, respond)
        give_connections_back()
        return [body]

    def _serve(
        self, asked: Asked, standing: Standing, environ: WSGIEnvironment, respond: StartResponse
    ) -> bytes | None:
        """Answer a browser whose page is its own, or wish for that page."""
        tag = validator(asked.place, asked.browser, standing)
        if tag in environ.get("HTTP_IF_NONE_MATCH", ""):
            same = [("ETag", f'"{tag}"'), ("Cache-Control", CACHE_CONTROL), ("Vary", VARIES)]
            respond("304 Not Modified", same)
            return b""
        key = (tag, best_coding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        page = self.memory.get(key)
        if page is not None:
            respond("200 OK", [*page.headers])
            return page.body
        browser = asked.browser
        environ[WISH] = Wish(
            keep=lambda made: self.memory.keep(key, made),
            tag=lambda _cookies: tag,
            cookies={VISITOR_COOKIE: browser.visitor, settings.CSRF_COOKIE_NAME: browser.csrf},
        )
        return None

    def _greet(
        self, asked: Asked, standing: Standing, environ: WSGIEnvironment, respond: StartResponse
    ) -> bytes | None:
        """Answer a newcomer with the page of all newcomers, or wish for that page."""
        key = (asked.place, asked.browser, standing)
        visitor = new_visitor_token()
        order = order_of(visitor)
        page = self.memory.get((*key, "")) or self.memory.get((*key, order))

        def tag(cookies: dict[str, str]) -> str:
            """Return the validator for the browser that it is with its new cookies."""
            known = Browser(
                session="",
                visitor=cookies.get(VISITOR_COOKIE, ""),
                csrf=cookies.get(settings.CSRF_COOKIE_NAME, ""),
                looks=asked.browser.looks,
            )
            return validator(asked.place, known, standing)

        if page is None:
            environ[DRAWN] = visitor
            environ[WISH] = Wish(
                keep=lambda made: self.memory.keep((*key, order if made.person else ""), made),
                tag=tag,
            )
            return None
        body, cookies = _made_out_to(visitor, page)
        etag = ("ETag", f'"{tag(cookies)}"')
        given = [("Set-Cookie", f"{name}={cookies[name]}{end}") for name, end in page.cookies]
        headers, body = _packed([*page.headers, etag], body, environ)
        respond("200 OK", headers + given)
        return body


def give_connections_back() -> None:
    """Do what Django does at the end of a request, but leave the transaction of a test alone."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _made_out_to(visitor: str, page: KeptPage) -> tuple[bytes, dict[str, str]]:
    """Return the page with a token and a visitor's cookie of its own, and the values of both."""
    # Django takes a token as it is in the cookie, too. What it masks tokens against (BREACH) takes
    # many pages with one token, and this one is for a single page.
    token = secrets.token_hex(16)
    values = {VISITOR_COOKIE: visitor, settings.CSRF_COOKIE_NAME: token}
    body = page.body
    if page.token:
        body = body.replace(page.token, token.encode())
    if page.person:
        body = body.replace(page.person, guest_mark(visitor).encode())
    return body, {name: values[name] for name, _ in page.cookies}


def _packed(
    headers: list[Header], body: bytes, environ: WSGIEnvironment
) -> tuple[list[Header], bytes]:
    """Return headers and bytes of a page in the coding that the browser likes best."""
    if best_coding(environ.get("HTTP_ACCEPT_ENCODING", "")) == "identity":
        return [*headers, ("Content-Length", str(len(body)))], body
    request, response = HttpRequest(), HttpResponse(body, headers=dict(headers))
    request.META = environ
    HttpCompressionMiddleware(lambda _request: response).maybe_compress(request, response)
    return [*response.items()], response.content
