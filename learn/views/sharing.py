"""What machines ask a site for: pictures of shared links, which pages to visit, its icon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from learn.http import absolute_address
from learn.models import Course, SharingCard

FOR_EVER = 365 * 24 * 60 * 60
SITE_CARD = "img/card.png"


@require_safe
def card(_request: HttpRequest, digest: str) -> HttpResponse:
    """Give the picture of a lesson; the site's own where there is none, or no longer."""
    shown = SharingCard.objects.filter(digest=digest, course__in=Course.objects.published())
    found = shown.first()
    if found is None:
        return redirect(static(SITE_CARD))
    response = HttpResponse(bytes(found.content), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable"
    return response


@cache_control(public=True, max_age=3600)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say which pages are for everybody: courses and lessons, and nothing that is a person's."""
    context = {"sitemap": absolute_address(request, reverse("learn:sitemap"))}
    return render(request, "learn/robots.txt", context, content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=86400)
@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead those to the icon who ask at the usual address without having read a page."""
    return redirect(static("img/icon-192.png"))
