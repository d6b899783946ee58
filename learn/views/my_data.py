"""A person's own data: see what is kept, take it along, delete it."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learn.http import VISITOR_COOKIE, HtmxHttpRequest, learner_of
from learn.personal_data import as_csv_archive, as_json, counts, delete_person

# So much takes a second or more to write out, before which a browser shows nothing of a download.
MANY_ENTRIES = 20_000


@never_cache
@require_safe
def overview(request: HtmxHttpRequest) -> HttpResponse:
    """Show what is kept of the person, and the ways to take or delete it."""
    tables = _tables(request)
    takes_a_while = sum(number for _name, number in tables) >= MANY_ENTRIES
    context = {"tables": tables, "takes_a_while": takes_a_while}
    return render(request, "learn/my_data.html", context)


@never_cache
@require_safe
def download(request: HtmxHttpRequest, kind: str) -> HttpResponse:
    """Give everything as JSON, or as CSV files in a zip archive.

    It is made whole before the first byte goes: what fails halfway would look like a whole file,
    and whoever reads slowly would hold one of the few threads.
    """
    learner = learner_of(request)
    if learner is None:
        return redirect("learn:my-data")
    if kind == "json":
        at = timezone.now()
        response = HttpResponse(as_json(learner, at=at), content_type="application/json")
    else:
        response = HttpResponse(as_csv_archive(learner), content_type="application/zip")
        kind = "zip"
    response["Content-Disposition"] = f'attachment; filename="checkmark-my-data.{kind}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HtmxHttpRequest) -> HttpResponse:
    """Ask whether all is to be deleted; a POST that says so does it and forgets this browser."""
    learner = learner_of(request)
    if learner is None:
        return redirect("learn:my-data")
    if request.method != "POST":
        return render(request, "learn/my_data_delete.html", {"tables": _tables(request)})
    if "sure" not in request.POST:
        fault = _("Tick the box if you want everything deleted. Nothing was deleted so far.")
        context = {"fault": fault, "tables": _tables(request)}
        return render(request, "learn/my_data_delete.html", context, status=422)
    delete_person(learner)
    logout(request)
    response = render(request, "learn/my_data_deleted.html")
    response.delete_cookie(VISITOR_COOKIE)
    return response


def _tables(request: HtmxHttpRequest) -> list[tuple[str, int]]:
    """Return the person's tables in words, each with its number of rows."""
    learner = learner_of(request)
    words = {
        "person": _("Your name, address and settings"),
        "attempts": _("Knowledge checks, drills and reviews"),
        "questions-asked": _("Questions you were asked"),
        "answers": _("Answers you gave"),
        "reviews": _("Questions in your review schedule"),
        "lessons": _("Lessons you worked on"),
        "notes": _("Notes and bookmarks"),
        "reports": _("Reports of what is unclear"),
        "drafts": _("Drafts of lessons"),
        "course-roles": _("Courses you may edit"),
        "email-addresses": _("E-mail addresses"),
        "sign-in-methods": _("Passkeys and other ways to sign in"),
        "other-accounts": _("Accounts elsewhere that you sign in with"),
        "devices": _("Devices you are signed in on"),
        "merged-browsers": _("Browsers whose progress was added"),
    }
    return [(words[name], number) for name, number in counts(learner)] if learner else []
