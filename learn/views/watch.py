"""What the open pages ask while a folder is under watch."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from learn.watch_state import STATE_FILE, read_state


@never_cache
@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    """Tell what changed since the generation that the page knows; 204 when nothing did."""
    state = read_state(settings.CHECKMARK_VAR / STATE_FILE)
    if request.GET.get("after") == str(state["generation"]):
        return HttpResponse(status=204)
    return JsonResponse(dict(state))


def watching(_request: HttpRequest) -> dict[str, bool]:
    """Tell every template whether the folder is under watch."""
    return {"is_watched": settings.WATCHES}
