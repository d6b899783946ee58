"""Answers pass fewer layers than pages do: those that an answer needs, and no others.

A course is mostly answers, and what Django's layers do for a whole page takes as long as marking.
What they do for a fragment is done here by the same classes: the session and whose it is, the check
against forgery, the headers. What a layer says to every page alike is asked of it once.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest, get_path_info, get_script_name
from django.http import HttpRequest, HttpResponse
from django.http.request import HttpHeaders
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import Resolver404, ResolverMatch, resolve, set_script_prefix
from django.utils.functional import cached_property
from django_htmx.middleware import HtmxDetails
from django_http_compression.middleware import HttpCompressionMiddleware

from learn.caching.front import give_connections_back
from learn.middleware import storage_fault_response
from learn.models.ahead import Answers
from learn.models.group import is_in_company
from learn.serving.foresight import asked_ahead, knowing_ahead
from learn.serving.waiting_room import LEAVES
from learn.sqlite.patience import NotNowError, patience
from learn.storage_faults import is_storage_fault

ANSWERS = {"quizzes:question", "quizzes:quick", "quizzes:drill-question", "review:question"}
FORM = "application/x-www-form-urlencoded"
MOST_ADDRESSES, LONGEST_ADDRESS, MOST_NAMES = 2048, 1000, 64
REQUEST = "checkmark.request"
"""In the environment of a request: what was made of it already."""
FOR_ALL = (ContentSecurityPolicyMiddleware, XFrameOptionsMiddleware)


class AnswerHeaders(HttpHeaders):
    """Headers of a request; what each name means is worked out once."""

    parse_header_name = staticmethod(lru_cache(MOST_NAMES)(HttpHeaders.parse_header_name))


class AnswerDetails(HtmxDetails):
    """What HTMX says of a request; that it comes by HTMX was looked at before."""

    def __bool__(self) -> bool:
        """Say that it comes by HTMX."""
        return True


class AnswerRequest(WSGIRequest):
    """A request that went the short way."""

    htmx: HtmxDetails
    resolver_match: ResolverMatch
    answers: Answers | None = None
    """What the view will ask the database, answered ahead; None where that was not done yet."""

    def __init__(self, environ: WSGIEnvironment, match: ResolverMatch) -> None:
        super().__init__(environ)
        self.resolver_match = match

    @cached_property
    def headers(self) -> HttpHeaders:
        """Return the headers."""
        return AnswerHeaders(self.META)


class ShortWay:
    """A WSGI application for answers by HTMX; all else is ``application``'s."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.security = SecurityMiddleware(_empty)
        self.sessions = SessionMiddleware(_empty)
        self.forgery = CsrfViewMiddleware(_empty)
        self.compression = HttpCompressionMiddleware(_empty)
        self.languages = LocaleMiddleware(_empty) if len(settings.LANGUAGES) > 1 else None
        self.headers = _headers_of_all()
        # Django's stubs know it for functions of any request only.
        convert: Any = convert_exception_to_response
        self.answer: Callable[[AnswerRequest], HttpResponse] = convert(self._answer)
        self.view: Callable[[AnswerRequest], HttpResponse] = convert(self._view)

    def __call__(self, environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
        """Answer an answer, or have the application answer."""
        match = answering(environ)
        if match is None:
            return self.application(environ, respond)
        set_script_prefix(get_script_name(environ))
        request = environ.get(REQUEST) or AnswerRequest(environ, match)
        patience.is_brief = LEAVES in environ
        try:
            response = self.answer(request)
            self.compression.maybe_compress(request, response)
            body = response.content
            response.headers["Content-Length"] = str(len(body))
            headers = [*response.items()]
            said = {name.lower() for name, _ in headers}
            headers += [header for name, header in self.headers if name not in said]
            headers += [("Set-Cookie", one.OutputString()) for one in response.cookies.values()]
            respond(f"{response.status_code} {response.reason_phrase}", headers)
        except NotNowError as error:
            error.body = request.body
            raise
        finally:
            # Both hold each other, and would be there until Python looks for circles.
            vars(request).pop("htmx", None)
            patience.is_brief = False
            if not is_in_company():
                give_connections_back()
        return [body]

    def _answer(self, request: AnswerRequest) -> HttpResponse:
        """Do what Django's layers would have done before and after the view."""
        match = request.resolver_match
        elsewhere = self.security.process_request(request)
        if elsewhere is not None:
            return elsewhere
        request.get_host()  # one that is not allowed is refused
        self.sessions.process_request(request)
        if self.languages:
            self.languages.process_request(request)
        self.forgery.process_request(request)
        refusal = self.forgery.process_view(request, match.func, match.args, match.kwargs)
        response = self.view(request) if refusal is None else refusal
        self.forgery.process_response(request, response)
        if self.languages:
            self.languages.process_response(request, response)
        response = self.sessions.process_response(request, response)
        self.security.process_response(request, response)
        return response

    def _view(self, request: AnswerRequest) -> HttpResponse:
        """Have the view answer."""
        match = request.resolver_match
        request.htmx = AnswerDetails(request)
        try:
            if request.answers is None:
                [request.answers] = asked_ahead([request])
            with knowing_ahead(request.answers):
                request.user = get_user(request)
                response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Exception as error:
            if not is_storage_fault(error):
                raise
            return storage_fault_response(request, error)
        return response


def ask_ahead(environs: Sequence[WSGIEnvironment]) -> None:
    """Ask at once what the views of some answers will ask, and put it into their environments.

    Raises ``django.db.Error``.
    """
    # Of a copy, or both would hold each other in memory.
    requests = {
        place: AnswerRequest({**environ}, match)
        for place, environ in enumerate(environs)
        if (match := answering(environ)) is not None
    }
    for place, answers in zip(requests, asked_ahead([*requests.values()]), strict=True):
        requests[place].answers = answers
        environs[place][REQUEST] = requests[place]


def answering(environ: WSGIEnvironment) -> ResolverMatch | None:
    """Return the view of an answer that comes by HTMX, None for anything else."""
    if environ["REQUEST_METHOD"] != "POST" or environ.get("HTTP_HX_REQUEST") != "true":
        return None
    path = get_path_info(environ)
    # No column takes a NUL, none is that long, and forms with files are none of ours.
    if (
        "\x00" in path
        or len(path) > LONGEST_ADDRESS
        or not environ.get("CONTENT_TYPE", "").startswith(FORM)
    ):
        return None
    return _answer_at(path, settings.ROOT_URLCONF)


@lru_cache(maxsize=MOST_ADDRESSES)
def _answer_at(path: str, routes: str) -> ResolverMatch | None:
    """Return the view of answers at this address, or None."""
    try:
        match = resolve(path, routes)
    except Resolver404:
        return None
    return match if match.view_name in ANSWERS else None


def _headers_of_all() -> list[tuple[str, tuple[str, str]]]:
    """Return the headers that do not depend on what is asked, as their layers set them.

    Each comes with its name in small letters.
    """
    request, response = HttpRequest(), HttpResponse()
    del response.headers["Content-Type"]
    for layer in FOR_ALL:
        layer(_empty).process_response(request, response)
    if len(settings.LANGUAGES) == 1:
        response.headers["Content-Language"] = settings.LANGUAGE_CODE
    return [(name.lower(), (name, value)) for name, value in response.items()]


def _empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()
