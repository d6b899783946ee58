"""Pages of a review: find, check, do, render."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from learn.http import (
    HtmxHttpRequest,
    learner_for_writing,
    learner_of,
    never_kept,
    remember_visitor,
)
from quizzes.flow import one_question
from quizzes.interleaving import session_of
from quizzes.places import places_of
from quizzes.remembering import answers_to, due_questions, due_times
from quizzes.review_sessions import NothingDueError, begin_review, open_review
from quizzes.review_stage import own_review, review_stage
from quizzes.reviewing import RetentionRangeError, change_retention, read_percent
from quizzes.showing.reviews import shown_review, shown_review_result
from quizzes.sittings import sitting_of, sitting_with_live


@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HtmxHttpRequest) -> HttpResponse:
    """Show what is due; a POST begins a review of it, or goes on with the one left off today."""
    if request.method != "POST":
        return _start_page(request)
    learner = learner_of(request)
    if learner is None:
        return redirect("review:start")
    try:
        attempt = begin_review(learner, timezone.now())
    except NothingDueError:
        return redirect("review:start")
    following = sitting_of(attempt).first_open()
    return redirect("review:question", following.position if following else 1)


@never_kept
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HtmxHttpRequest, position: int) -> HttpResponse:
    """Show one question of the review, or answer it; see ``one_question``."""
    return one_question(request, review_stage(), position)


@never_kept
@require_GET
def result(request: HtmxHttpRequest, token: str) -> HttpResponse:
    """Show how a review went: what was held, what slipped, when each comes again."""
    attempt, learner = own_review(request, token)
    sitting, now = sitting_with_live(attempt), timezone.now()
    following = sitting.first_open()
    if attempt.finished_at is None:
        return redirect("review:question", following.position if following else 1)
    asked = [each.version.question_id for each in sitting.questions]
    shown = shown_review_result(
        sitting,
        places=places_of(asked),
        earlier=answers_to(learner, asked),
        due_times=due_times(learner, asked),
        now=now,
    )
    due = due_questions(learner, now)
    again = next((each.position for each in sitting.to_relearn), None)
    context = {"result": shown, "due": len(due), "session": len(session_of(due)), "again": again}
    return render(request, "quizzes/review_result.html", context)


@require_POST
def retention(request: HtmxHttpRequest) -> HttpResponse:
    """Set how much the person wants to remember, and so how often questions come again."""
    try:
        percent = read_percent(request.POST.get("percent", ""))
    except RetentionRangeError:
        return _start_page(request, fault=_("Choose a share from 80 to 95 percent."))
    change_retention(learner_for_writing(request), percent)
    said = _("Saved. Questions now come back when the chance that you know them is %(percent)s%%.")
    messages.success(request, said % {"percent": percent})
    response: HttpResponse = redirect("review:start")
    remember_visitor(request, response)
    return response


def _start_page(request: HtmxHttpRequest, *, fault: str = "") -> HttpResponse:
    """Render what is due, and what comes in the next days."""
    learner, now = learner_of(request), timezone.now()
    opened = open_review(learner, now) if learner else None
    context = {
        "review": shown_review(learner, now) if learner else None,
        "left": sum(not asked.is_settled for asked in sitting_of(opened).questions)
        if opened
        else 0,
        "fault": fault,
    }
    return render(request, "quizzes/review.html", context, status=422 if fault else 200)
