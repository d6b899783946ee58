"""Who gets in: a guest signs in first, a learner is told kindly, a stranger's course is not there.

A form that arrives when its sender is signed out, or with a token of an earlier session, comes back
with all that was typed: nothing an author wrote is lost at the door.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, CsrfViewMiddleware
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache

from learn.access import instructors_of, may_edit, may_open_studio, studio_courses
from learn.http import HtmxHttpRequest
from learn.models import Course, User


class AuthorRequest(HtmxHttpRequest):
    """A request of a person who may open the studio."""

    user: User


type Guard = Callable[[User, Course], bool]
type StudioView[**P] = Callable[Concatenate[AuthorRequest, P], HttpResponse]
type CourseView[**P] = Callable[Concatenate[AuthorRequest, Course, P], HttpResponse]

# What a form holds besides its text, and is sent again with it.
KEPT_FIELDS = ("base_digest", "edition", "note")


def wants_json(request: HttpRequest) -> bool:
    """Say whether the editor's script is asking, which reads JSON."""
    return request.headers.get("Accept") == "application/json"


def in_studio[**P](view: StudioView[P]) -> Callable[..., HttpResponse]:
    """Let only those in who may open the studio."""

    @wraps(view)
    @never_cache
    def guarded(request: HtmxHttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if not may_open_studio(request.user):
            return render(request, "studio/closed.html", status=403)
        return view(cast(AuthorRequest, request), *args, **kwargs)

    return guarded


def in_course[**P](may: Guard = may_edit) -> Callable[[CourseView[P]], Callable[..., HttpResponse]]:
    """Find the course among those the person may edit, and ask ``may`` for what the page does.

    A course of others is not there (404); a page of an own course that needs more is 403, and says
    whom to ask.
    """

    def decorate(view: CourseView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @in_studio
        def guarded(
            request: AuthorRequest, /, course: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            found = get_object_or_404(studio_courses(request.user), slug=course)
            if not may(request.user, found):
                context = {"course": found, "instructors": instructors_of(found)}
                return render(request, "studio/for-instructors.html", context, status=403)
            return view(request, found, *args, **kwargs)

        return guarded

    return decorate


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the login; with a form, show what was typed and how it is not lost."""
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return _text_kept(request, status=401, state="signed-out")


def _text_kept(request: HttpRequest, *, status: int, state: str) -> HttpResponse:
    """Answer a form that was not taken with everything that was in it."""
    if wants_json(request):
        return JsonResponse({"state": state}, status=status)
    fields = {name: request.POST.get(name, "") for name in KEPT_FIELDS if name in request.POST}
    context = {"state": state, "source": request.POST.get("source"), "fields": fields}
    return render(request, "studio/kept.html", context, status=status)


class _KeepingCsrf(CsrfViewMiddleware):
    """Django's own protection; only its refusal differs: signing in anew changes the token."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        if reason.startswith(REASON_BAD_ORIGIN.partition(" - ")[0]):
            refusal: HttpResponse = super()._reject(request, reason)  # type: ignore[misc]  # Django's own, which its stubs leave out
            return refusal
        return _text_kept(request, status=403, state="stale")


keeps_text: Callable[..., Any] = decorator_from_middleware(_KeepingCsrf)
"""Protects a view in place of the site's middleware; put ``csrf_exempt`` outside of it."""
