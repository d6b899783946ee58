"""What learners found unclear in a course, with its place in the source."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learn.access import may_see_learners
from learn.annotations import open_reports, report_in, settle_report
from learn.models import Course
from learn.views.studio.entrance import AuthorRequest, in_course


@in_course(may_see_learners)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: AuthorRequest, course: Course) -> HttpResponse:
    """Show the open reports, most voices first; a POST settles one and all that say the same."""
    if request.method == "POST":
        report = report_in(course, request.POST.get("settle", ""))
        if report is not None:
            settle_report(report, at=timezone.now())
            messages.success(request, _("Settled. Who reported it sees that in their notes."))
        return redirect("studio:reports", course.slug)
    context = {"course": course, "rows": open_reports(course)}
    return render(request, "studio/reports.html", context)
