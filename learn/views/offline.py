"""Reading without a connection: the worker that keeps pages, and the list of what it kept."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from learn.http import HtmxHttpRequest, person_mark

# What a kept page needs to look and work as usual.
SHELL = ("css/site.css", "js/site.js", "django_htmx/htmx-2.min.js", "img/favicon.svg")


@never_cache
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps opened lessons; its text changes with the files it keeps."""
    shell = json.dumps([static(name) for name in SHELL])
    context = {
        "shell": shell,
        "version": hashlib.sha256(shell.encode()).hexdigest()[:12],
        "static_url": settings.STATIC_URL,
    }
    response = render(request, "offline/worker.js", context, content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


@never_cache
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show which lessons this browser has kept; its script fills in the list."""
    return render(request, "offline/offline.html")


@cache_control(public=True, max_age=86400)
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Say how the site looks when it is put on a home screen."""
    icons = [
        {"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
    ]
    said = {
        "name": _("Checkmark"),
        "start_url": reverse("learn:home"),
        "scope": "/",
        "display": "minimal-ui",
        "description": _("Short lessons, each with a few questions that explain every answer."),
        "background_color": "#fcfaf5",
        "theme_color": "#fcfaf5",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json")


def keeping(request: HtmxHttpRequest) -> dict[str, Any]:
    """Tell every template whose page it is, so that kept pages go when the person does.

    ``worker`` is empty where the names of static files do not change with what is in them.
    """
    has_digests = not (settings.DEBUG or settings.WATCHES)
    return {
        # Asked for by the template: a page that tells of a broken database must not need it.
        "person": lambda: person_mark(request),
        "worker": reverse("learn:service-worker") if has_digests else "",
    }
