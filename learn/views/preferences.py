"""How pages look: choosing it, and telling every template."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from learn.http import HtmxHttpRequest
from learn.preferences import (
    COOKIE_AGE,
    TEXT_SIZE_COOKIE,
    TEXT_SIZES,
    THEME_COOKIE,
    THEMES,
    USUAL,
    read_preferences,
)


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HtmxHttpRequest) -> HttpResponse:
    """Show how pages can look; a POST remembers it in this browser and leads back."""
    if request.method != "POST":
        context = {"back": request.GET.get("back", ""), "is_fragment": bool(request.htmx)}
        template = "preferences.html" + ("#form" if request.htmx else "")
        return render(request, template, {**context, **choices()})
    chosen = read_preferences(request.POST.dict())
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    # Not by ``redirect``, which would look for a view of that name.
    leads_back = is_ours and back.startswith("/")
    response = HttpResponseRedirect(back if leads_back else reverse("learn:home"))
    for cookie, value, usual in (
        (THEME_COOKIE, chosen.theme, USUAL.theme),
        (TEXT_SIZE_COOKIE, chosen.text_size, USUAL.text_size),
    ):
        if value == usual:
            response.delete_cookie(cookie)
        else:
            # Read by the page's script too, so that a choice shows without a round trip.
            response.set_cookie(
                cookie, value, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure()
            )
    return response


def preferred(request: HttpRequest) -> dict[str, Any]:
    """Tell every template how the page is to look."""
    return {"preferences": read_preferences(request.COOKIES)}


def choices() -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen, each with its name."""
    words = {"auto": _("Automatic"), "light": _("Light"), "dark": _("Dark")}
    sizes = {
        "small": _("Small"),
        "medium": _("Medium"),
        "large": _("Large"),
        "huge": _("Very large"),
    }
    return {
        "themes": [(theme, words[theme]) for theme in THEMES],
        "text_sizes": [(size, sizes[size]) for size in TEXT_SIZES],
    }
