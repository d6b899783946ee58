"""Pages of a knowledge check: find, check, do, render."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from learn.http import (
    Foresight,
    HtmxHttpRequest,
    foreseeing,
    learner_for_writing,
    never_kept,
    remember_visitor,
)
from learn.models import Lesson
from quizzes.addresses import check_addresses
from quizzes.beginning import begin_retry
from quizzes.finding import begun_attempt, lesson_to_ask, own_attempt
from quizzes.flow import next_question, one_question
from quizzes.foreseeing import foreseen_answer, foreseen_sitting
from quizzes.models import new_token
from quizzes.showing import shown_result
from quizzes.sittings import sitting_of, sitting_with_live
from quizzes.stages import check_stage
from quizzes.terms import quiz_terms


@never_kept
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Show the question to answer next, or the result; a POST begins a new attempt."""
    found = lesson_to_ask(course, lesson)
    if request.method == "POST":
        user = learner_for_writing(request)
        attempt = begun_attempt(user, found, seed=new_token(), at=timezone.now())
        response: HttpResponse = redirect("quizzes:question", course, lesson, 1)
        if attempt.retry_of_id is not None:
            messages.info(request, _("Finish these first; then take the whole check."))
            response = redirect("quizzes:check", course, lesson)
        remember_visitor(request, response)
        return response
    return next_question(request, check_stage(found))


@foreseeing(Foresight(foreseen_answer, foreseen_sitting))
@never_kept
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HtmxHttpRequest, course: str, lesson: str, position: int) -> HttpResponse:
    """Show one question of the check, or answer it; see ``one_question``."""
    return one_question(request, check_stage(lesson_to_ask(course, lesson)), position)


@never_kept
@require_GET
def result(request: HtmxHttpRequest, course: str, lesson: str, token: str) -> HttpResponse:
    """Show how a finished attempt went: the sentence, the misses to learn from, the way on."""
    attempt, found = own_attempt(request, course, lesson, token)
    sitting = sitting_with_live(attempt)
    if sitting.first_open() is not None:
        return redirect("quizzes:check", course, lesson)
    context = {
        "lesson": found,
        "course": found.course,
        "result": shown_result(sitting),
        "next_lesson": Lesson.objects.following(found),
    }
    return render(request, "quizzes/result.html", context)


@require_POST
def retry(request: HtmxHttpRequest, course: str, lesson: str, token: str) -> HttpResponse:
    """Begin an attempt that asks the missed questions again."""
    attempt, found = own_attempt(request, course, lesson, token)
    if not sitting_of(attempt).misses:
        return redirect(check_addresses(found).result(token))
    begin_retry(
        missed_in=attempt,
        user=attempt.user,
        shuffle=quiz_terms(found).shuffle,
        at=timezone.now(),
    )
    return redirect("quizzes:question", course, lesson, 1)
