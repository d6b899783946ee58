"""Which guest a browser holds, and how the browser is made to forget."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from learn.http import VISITOR_COOKIE, visitor_token
from learn.models import User

FORGETS = "forgets_visitor"


def guest_of_browser(request: HttpRequest) -> User | None:
    """Return the guest of the browser's cookie; None for a person who is signed in already."""
    token = visitor_token(request)
    if token is None or request.user.is_authenticated:
        return None
    return User.objects.guest_of(token)


def forget_visitor(request: HttpRequest) -> None:
    """Have the browser drop its visitor's cookie: whoever learns here next is somebody new."""
    request.COOKIES.pop(VISITOR_COOKIE, None)
    setattr(request, FORGETS, True)


class ForgetVisitorMiddleware:
    """Deletes the visitor's cookie from a browser whose person has just signed in or out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; change the answer only when asked to."""
        response = self.get_response(request)
        # After a fault nothing was merged, so the cookie is still needed.
        if getattr(request, FORGETS, False) and response.status_code < 500:
            response.delete_cookie(VISITOR_COOKIE, samesite="Lax")
        return response
