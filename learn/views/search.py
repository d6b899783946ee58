"""The search page: results while typing through HTMX, and a plain page without."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from learn.http import HtmxHttpRequest, learner_of
from learn.models import EntryKind
from learn.paging import asked_page
from learn.searching.finding import LAST_PAGE, Wish, examples, find


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def search(request: HtmxHttpRequest) -> HttpResponse:
    """Show what answers the query, or what can be looked for."""
    wish = wish_of(request.GET)
    found = find(request.GET.get("q", ""), learner=learner_of(request), wish=wish)
    context = {
        "found": found,
        "wish": wish,
        "examples": None if found.groups else examples(),
        "is_fragment": bool(request.htmx) and not request.htmx.history_restore_request,
    }
    template = "learn/search.html" + ("#results" if context["is_fragment"] else "")
    response = render(request, template, context)
    response["X-Robots-Tag"] = "noindex"
    return response


def wish_of(fields: QueryDict) -> Wish:
    """Return which results the address asks for; what makes no sense counts as not said."""
    kind = fields.get("in", "")
    return Wish(
        kind=kind if kind in EntryKind.values else "",
        page=min(asked_page(fields.get("page", "")), LAST_PAGE),
        literally="exact" in fields,
    )
