"""What happens around every request."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from learn.views.health import healthz

logger = logging.getLogger(__name__)

HEALTH = "/healthz"

# SQLite's primary result codes for a store that cannot be written just now.
BUSY_CODES = {"SQLITE_BUSY", "SQLITE_LOCKED"}
BLOCKED_CODES = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN"}


def storage_fault_of(error: OperationalError) -> str:
    """Return ``busy``, ``blocked`` or ``unknown`` for a failure of the database."""
    name = str(getattr(error.__cause__, "sqlite_errorname", ""))
    primary = "_".join(name.split("_")[:2])
    if primary in BUSY_CODES or "database is locked" in str(error):
        return "busy"
    return "blocked" if primary in BLOCKED_CODES else "unknown"


def cache_faults() -> tuple[type[Exception], ...]:
    """Return what a cache server's client raises; nothing where none is in use."""
    client = sys.modules.get("redis.exceptions")
    return (client.RedisError,) if client else ()


class HealthMiddleware:
    """Answers a probe before anything asks by which name it came.

    Proxies and containers ask by address or by a name of their own. The answer is a word that holds
    nothing of the request, so no name can do harm here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe, and pass every other request on."""
        is_probe = request.path_info == HEALTH and request.method in {"GET", "HEAD"}
        return healthz(request) if is_probe else self.get_response(request)


class UnspeakableAddressMiddleware:
    """Answers an address with a NUL in it by 404.

    Nothing is called so, and PostgreSQL cannot even look it up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Refuse before a view looks the address up. Raises ``Http404``."""
        if "\x00" in request.path_info:
            raise Http404


class StorageFaultMiddleware:
    """Turns a database or cache that cannot answer into a 503 that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a storage fault; leave every other error alone."""
        is_storage = isinstance(error, (OperationalError, *cache_faults()))
        return storage_fault_response(request, error) if is_storage else None


def storage_fault_response(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the page that says what to do about a database or cache that could not answer."""
    fault = storage_fault_of(error) if isinstance(error, OperationalError) else "unknown"
    logger.error("The database or cache could not answer %s: %s", request.path, error)
    context = {"fault": fault, "is_write": request.method == "POST"}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = "1"
    return response
