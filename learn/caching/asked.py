"""What is asked for: a lesson's page, and what that page takes from the request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from wsgiref.types import WSGIEnvironment

from django.conf import settings
from django.core.handlers.wsgi import get_path_info, get_str_from_wsgi
from django.http import parse_cookie

from learn.caching.standing import Standing, standing_of
from learn.http import visitor_token_in
from learn.preferences import TEXT_SIZE_COOKIE, THEME_COOKIE

LESSON = re.compile(r"/courses/([^/]+)/([^/]+)/")


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


@dataclass(frozen=True, slots=True)
class Asked:
    """A lesson's page, by its whole address, and the browser that asks for it."""

    place: tuple[str, ...]
    course: str
    lesson: str
    browser: Browser

    def standing(self) -> Standing | None:
        """Return all that the page depends on, as ``standing_of`` does."""
        return standing_of(
            self.course,
            self.lesson,
            session=self.browser.session,
            visitor=self.browser.visitor,
        )


def asked_in(environ: WSGIEnvironment) -> Asked | None:
    """Return the lesson's page that a request asks for, None where it is something else."""
    path = get_path_info(environ)
    address = LESSON.fullmatch(path)
    if address is None or not _is_plain(environ):
        return None
    # Read as Django reads them, or it might know somebody who is a newcomer here.
    cookies = parse_cookie(get_str_from_wsgi(environ, "HTTP_COOKIE", ""))
    # Something waits to be told on the next page.
    if "messages" in cookies:
        return None
    proxy_header = settings.SECURE_PROXY_SSL_HEADER
    place = (
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        environ.get(proxy_header[0], "") if proxy_header else "",
        environ.get("SCRIPT_NAME", ""),
        path,
    )
    return Asked(place, address[1], address[2], _browser(cookies, environ))


def _is_plain(environ: WSGIEnvironment) -> bool:
    """Say whether it is a whole page that is asked for, under its plain address."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and "HTTP_HX_REQUEST" not in environ
    )


def _browser(cookies: Mapping[str, str], environ: WSGIEnvironment) -> Browser:
    looks = [cookies.get(THEME_COOKIE, ""), cookies.get(TEXT_SIZE_COOKIE, "")]
    if len(settings.LANGUAGES) > 1:
        looks += [cookies.get(settings.LANGUAGE_COOKIE_NAME, "")]
        looks += [environ.get("HTTP_ACCEPT_LANGUAGE", "")]
    return Browser(
        session=cookies.get(settings.SESSION_COOKIE_NAME, ""),
        visitor=visitor_token_in(cookies) or "",
        csrf=cookies.get(settings.CSRF_COOKIE_NAME, ""),
        looks=tuple(looks),
    )
