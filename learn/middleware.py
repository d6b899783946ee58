"""What happens around every request."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from learn.storage_faults import is_storage_fault, tell_operator
from learn.views.health import healthz

HEALTH = "/healthz"


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
        return storage_fault_response(request, error) if is_storage_fault(error) else None


def storage_fault_response(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the page that says what to do about a database or cache that could not answer."""
    fault = tell_operator(request.path, error)
    context = {"fault": fault, "is_write": request.method == "POST"}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = "1"
    return response
