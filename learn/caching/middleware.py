"""Lesson pages that need not be made again: 304 for who has the page, kept bytes for who has not.

What is asked of the database comes first, always: two workers share no memory, and none of them
goes by a clock. A page made for a browser with cookies is kept under these very cookies and never
shown to another. The page of a newcomer, who has none, is the same for all; what is drawn for one
of them (the token against forgery, the visitor's cookie) is drawn anew for each.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django_http_compression.middleware import HttpCompressionMiddleware, best_coding

from learn.caching.keepable import is_keepable
from learn.caching.pages import KeptPage, PageMemory
from learn.caching.release import validator
from learn.caching.standing import Standing, standing_of
from learn.http import (
    VISITOR_COOKIE,
    drawn_visitor_token,
    order_of,
    person_mark,
    remember_visitor,
    visitor_token,
)
from learn.preferences import TEXT_SIZE_COOKIE, THEME_COOKIE

MEMORY_BYTES = 12_000_000
LESSON = re.compile(r"/courses/([^/]+)/([^/]+)/")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')
PERSON = re.compile(rb'data-person="(guest-[0-9a-f]{16})"')
# The browser may keep the page for itself, and asks each time whether it is still true.
CACHE_CONTROL = "private, no-cache"
VARIES = "Cookie, Accept-Language, Accept-Encoding"


@dataclass(frozen=True, slots=True)
class Browser:
    """What a page takes from a request besides its address."""

    session: str
    visitor: str
    csrf: str
    looks: tuple[str, ...]

    @property
    def is_newcomer(self) -> bool:
        """Say whether nothing tells this browser from any other."""
        return not (self.session or self.visitor or self.csrf)


class KeptPagesMiddleware:
    """Answers for lesson pages out of memory; everything else passes by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.DEBUG or settings.WATCHES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.memory = PageMemory(MEMORY_BYTES)
        self.compression = HttpCompressionMiddleware(get_response)
        self.forgery = CsrfViewMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer out of memory, or pass the request on and keep what comes back."""
        place = LESSON.fullmatch(request.path_info)
        if place is None or not _is_plain(request):
            return self.get_response(request)
        browser = browser_of(request)
        try:
            standing = standing_of(
                place[1], place[2], session=browser.session, visitor=browser.visitor
            )
        except DatabaseError:
            standing = None  # told to the person further in
        if standing is None or not (browser.is_newcomer or browser.csrf):
            return self.get_response(request)
        if browser.is_newcomer:
            return self._greeted(request, browser, standing)
        return self._served(request, browser, standing)

    def _served(self, request: HttpRequest, browser: Browser, standing: Standing) -> HttpResponse:
        """Answer a browser whose page is its own."""
        tag = validator(_place(request), browser, standing)
        if tag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            response: HttpResponse = HttpResponseNotModified(headers={"Vary": VARIES})
            _let_ask(response, tag)
            return response
        coding = best_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        page = self.memory.get((tag, coding))
        if page is not None:
            return HttpResponse(page.body, headers=dict(page.headers))
        response = self.get_response(request)
        if is_keepable(response) and _sets_nothing_new(response, browser):
            _let_ask(response, tag)
            self.compression.maybe_compress(request, response)
            headers = dict(response.items())
            self.memory.keep((tag, coding), KeptPage(headers, response.content))
        return response

    def _greeted(self, request: HttpRequest, browser: Browser, standing: Standing) -> HttpResponse:
        """Answer a newcomer: the page of all newcomers, with what is this one's own."""
        key = (_place(request), browser, standing)
        visitor = drawn_visitor_token(request)
        page = self.memory.get((*key, "")) or self.memory.get((*key, order_of(visitor)))
        if page is not None:
            response = self._made_out_to(request, visitor, page)
        else:
            response = self.get_response(request)
            kept = _page_of_newcomers(response) if is_keepable(response) else None
            if kept is None:
                return response
            self.memory.keep((*key, order_of(visitor) if kept.greets else ""), kept)
        given = {name: response.cookies[name].value for name in response.cookies}
        known = Browser(
            session="",
            visitor=given.get(VISITOR_COOKIE, ""),
            csrf=given.get(settings.CSRF_COOKIE_NAME, ""),
            looks=browser.looks,
        )
        tag = validator(_place(request), known, standing)
        _let_ask(response, tag)
        return response

    def _made_out_to(self, request: HttpRequest, visitor: str, page: KeptPage) -> HttpResponse:
        """Return the page with a token and a visitor's cookie of its own."""
        body = page.body
        if page.token:
            body = body.replace(page.token, get_token(request).encode())
        if page.greets:
            request.COOKIES[VISITOR_COOKIE] = visitor
            body = body.replace(page.person, person_mark(request).encode())
        response = HttpResponse(body, headers=dict(page.headers))
        if page.greets:
            remember_visitor(request, response)
        self.forgery.process_response(request, response)  # gives the cookie
        return response


def browser_of(request: HttpRequest) -> Browser:
    """Return what the page takes from the request's cookies and its languages."""
    cookies = request.COOKIES
    looks = [cookies.get(THEME_COOKIE, ""), cookies.get(TEXT_SIZE_COOKIE, "")]
    if len(settings.LANGUAGES) > 1:
        looks += [cookies.get(settings.LANGUAGE_COOKIE_NAME, "")]
        looks += [request.META.get("HTTP_ACCEPT_LANGUAGE", "")]
    return Browser(
        session=cookies.get(settings.SESSION_COOKIE_NAME, ""),
        visitor=visitor_token(request) or "",
        csrf=cookies.get(settings.CSRF_COOKIE_NAME, ""),
        looks=tuple(looks),
    )


def _is_plain(request: HttpRequest) -> bool:
    """Say whether it is a whole page that is asked for, and nothing waits to be told on it."""
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and "HTTP_HX_REQUEST" not in request.META
        and "messages" not in request.COOKIES
    )


def _place(request: HttpRequest) -> tuple[str, bool, str]:
    """Return the page's whole address."""
    return request.META.get("HTTP_HOST", ""), request.is_secure(), request.path


def _let_ask(response: HttpResponse, tag: str) -> None:
    """Let a browser keep the page and ask whether it is still true."""
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = CACHE_CONTROL


def _sets_nothing_new(response: HttpResponse, browser: Browser) -> bool:
    """Say whether the response leaves the browser's cookies as they are; it may renew them."""
    given = {(name, response.cookies[name].value) for name in response.cookies}
    return given <= {
        (VISITOR_COOKIE, browser.visitor),
        (settings.CSRF_COOKIE_NAME, browser.csrf),
    }


def _page_of_newcomers(response: HttpResponse) -> KeptPage | None:
    """Return the page without what belongs to the one it was made for; None if that is unclear."""
    greets = VISITOR_COOKIE in response.cookies
    tokens, persons = TOKEN.findall(response.content), PERSON.findall(response.content)
    is_clear = (
        response.cookies.keys() <= {VISITOR_COOKIE, settings.CSRF_COOKIE_NAME}
        and len(set(tokens)) <= 1
        and bool(tokens) == (settings.CSRF_COOKIE_NAME in response.cookies)
        and len(persons) == greets
    )
    if not is_clear:
        return None
    return KeptPage(
        headers=dict(response.items()),
        body=response.content,
        token=tokens[0] if tokens else b"",
        person=persons[0] if persons else b"",
        greets=greets,
    )
