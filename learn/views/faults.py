"""Pages for what went wrong: what happened, and what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from learn.models import FormerAddress, FormerCourseAddress


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Lead to what was at this address before, or show that there is no such page."""
    return _moved(request) or render(request, "404.html", status=404)


def _moved(request: HttpRequest) -> HttpResponse | None:
    """Return what leads to the same page of what was renamed since, with what was sent."""
    match = request.resolver_match
    # With a NUL in it nothing was ever called so, and PostgreSQL cannot even look it up.
    if match is None or "course" not in match.kwargs or "\x00" in request.path_info:
        return None
    place = _place_now(**match.kwargs)
    if place == match.kwargs:
        return None
    address = reverse(match.view_name, kwargs=place)
    if query := request.META.get("QUERY_STRING", ""):
        address += f"?{query}"
    response = HttpResponsePermanentRedirect(address, preserve_request=True)
    # Both may get their addresses back; a browser that remembered this one would go in circles.
    response["Cache-Control"] = "no-cache"
    return response


def _place_now(*, course: str, **within: Any) -> dict[str, Any]:
    """Return a place in a course by the names that course and lesson have now."""
    course = FormerCourseAddress.objects.address_now(course) or course
    if "lesson" in within:
        lesson = FormerAddress.objects.lesson_now(course, within["lesson"])
        within["lesson"] = lesson.slug if lesson else within["lesson"]
    return {"course": course, **within}


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the person may not do this."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that the request made no sense."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show that the site failed."""
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that the form was too old or cookies are off; what was typed can be sent again."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
