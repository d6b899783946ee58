"""Pages of a knowledge check: find, check, do, render."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from learn.http import HtmxHttpRequest, learner_for_writing, remember_visitor
from learn.models import Lesson
from quizzes.addresses import next_address, question_address
from quizzes.answering import Outcome, begin_retry, record_answer
from quizzes.envelope import Envelope, read_envelope, stamp, typed_in
from quizzes.faults import message_of
from quizzes.finding import (
    attempt_to_answer,
    begun_attempt,
    item_shown,
    lesson_to_ask,
    own_attempt,
    present_sitting,
    question_in,
)
from quizzes.kinds.base import AnswerFaultError
from quizzes.models import Response, new_token
from quizzes.showing import shown_question, shown_result
from quizzes.sittings import AskedQuestion, Sitting, sitting_of
from quizzes.terms import quiz_terms


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Show the question to answer next, or the result; a POST begins a new attempt."""
    found = lesson_to_ask(course, lesson)
    if request.method == "POST":
        user = learner_for_writing(request)
        begun_attempt(user, found, seed=new_token(), at=timezone.now())
        response: HttpResponse = redirect("quizzes:question", course, lesson, 1)
        remember_visitor(request, response)
        return response
    sitting = present_sitting(request, found)
    asked = sitting.first_open()
    if asked is None and sitting.attempt is not None:
        return redirect(sitting.attempt)
    if asked is None:
        raise Http404
    return _question_response(request, sitting, asked)


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HtmxHttpRequest, course: str, lesson: str, position: int) -> HttpResponse:
    """Show one question with its feedback if it was answered; a POST answers it.

    With ``?again`` a question that takes another answer is shown as a form.
    """
    found = lesson_to_ask(course, lesson)
    if request.method == "POST":
        return _answer(request, found, position)
    sitting = present_sitting(request, found)
    asked = sitting.at(position)
    if asked is None or (asked.is_settled and sitting.keeps_silent):
        return redirect("quizzes:check", course, lesson)
    asks_again = "again" in request.GET and sitting.takes_answer(asked)
    answered = None if asks_again else asked.latest
    return _question_response(request, sitting, asked, answered=answered)


@never_cache
@require_GET
def result(request: HtmxHttpRequest, course: str, lesson: str, token: str) -> HttpResponse:
    """Show how a finished attempt went: the sentence, the misses to learn from, the way on."""
    attempt = own_attempt(request, course, lesson, token)
    sitting = sitting_of(attempt, with_live=True)
    if sitting.first_open() is not None:
        return redirect("quizzes:check", course, lesson)
    context = {
        "lesson": attempt.lesson,
        "course": attempt.lesson.course,
        "result": shown_result(sitting),
        "next_lesson": Lesson.objects.following(attempt.lesson),
    }
    return render(request, "quizzes/result.html", context)


@require_POST
def retry(request: HtmxHttpRequest, course: str, lesson: str, token: str) -> HttpResponse:
    """Begin an attempt that asks the missed questions again."""
    attempt = own_attempt(request, course, lesson, token)
    if not sitting_of(attempt).misses:
        return redirect(attempt)
    begin_retry(
        missed_in=attempt,
        user=attempt.user,
        shuffle=quiz_terms(attempt.lesson).shuffle,
        at=timezone.now(),
    )
    return redirect("quizzes:question", course, lesson, 1)


def _answer(request: HtmxHttpRequest, lesson: Lesson, position: int) -> HttpResponse:
    """Record the answer that was posted and show what to learn from it."""
    now = timezone.now()
    envelope = read_envelope(request.POST)
    if envelope.rearranges:
        return _form_again(request, present_sitting(request, lesson), envelope, position)
    attempt = attempt_to_answer(request, lesson, envelope, at=now)
    item = item_shown(attempt, envelope.version)
    if item is None:
        return _question_has_changed(request, sitting_of(attempt), position)
    try:
        outcome = record_answer(
            item=item,
            fields=envelope.fields,
            at=now,
            circumstances=envelope.circumstances(now),
        )
    except AnswerFaultError as fault:
        return _form_again(request, sitting_of(attempt), envelope, position, fault)
    return _after_answer(request, outcome)


def _after_answer(request: HtmxHttpRequest, outcome: Outcome) -> HttpResponse:
    """Show the feedback; in an exam, which tells at its end, go on to what comes next."""
    sitting, asked = outcome.sitting, outcome.asked
    if sitting.terms.tells_at_end:
        return _go_on(request, sitting, asked)
    address = question_address(sitting.lesson, asked.position)
    if not request.htmx:
        response: HttpResponse = HttpResponseRedirect(address)
        remember_visitor(request, response)
        return response
    notice = _("You had answered this already, and that answer counts: here it is.")
    extra = {"notice": notice} if outcome.contradicts else None
    response = _question_response(request, sitting, asked, answered=asked.latest, extra=extra)
    response["HX-Push-Url"] = address
    return response


def _go_on(request: HtmxHttpRequest, sitting: Sitting, asked: AskedQuestion) -> HttpResponse:
    """Lead to the next question without a word about this one, or to the result."""
    following, address = sitting.after(asked), next_address(sitting, asked)
    if not request.htmx:
        response: HttpResponse = HttpResponseRedirect(address)
        remember_visitor(request, response)
        return response
    if following is None:
        response = HttpResponseClientRedirect(address)
        remember_visitor(request, response)
        return response
    response = _question_response(request, sitting, following)
    response["HX-Push-Url"] = address
    return response


def _form_again(
    request: HtmxHttpRequest,
    sitting: Sitting,
    envelope: Envelope,
    position: int,
    fault: AnswerFaultError | None = None,
) -> HttpResponse:
    """Bring the form back with what was entered: with a message, a hint, or an item moved."""
    asked = question_in(sitting, envelope.version)
    if asked is None:
        return _question_has_changed(request, sitting, position)
    spelled = typed_in(envelope.fields) if fault and fault.code == "spelling" else ""
    return _question_response(
        request,
        sitting,
        asked,
        envelope=envelope,
        extra={
            "fault": message_of(fault, asked.version.kind) if fault else "",
            "spelled": spelled,
            "rearranged": envelope.rearranges,
            "hinted": "hint" in envelope.fields,
            "moved": next(iter(envelope.fields.get("move", ())), ""),
        },
        status=422 if fault else 200,
    )


def _question_has_changed(
    request: HtmxHttpRequest, sitting: Sitting, position: int
) -> HttpResponse:
    """Show the question as it is now: what was answered is not asked any more."""
    asked = sitting.first_open() or sitting.at(position) or sitting.at(1)
    if asked is None:
        raise Http404
    notice = _(
        "This question was changed while you were answering, so that answer was not counted. "
        "Here is how it stands now."
    )
    return _question_response(
        request, sitting, asked, answered=asked.latest, extra={"notice": notice}, status=409
    )


def _question_response(
    request: HtmxHttpRequest,
    sitting: Sitting,
    asked: AskedQuestion,
    *,
    answered: Response | None = None,
    envelope: Envelope | None = None,
    extra: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the question, as a form or with its feedback: the fragment for HTMX, else the page."""
    is_fragment = bool(request.htmx) and not request.htmx.history_restore_request
    lesson = sitting.lesson
    fields, hints = (envelope.fields, envelope.hints) if envelope else ({}, 0)
    context: dict[str, Any] = {
        "lesson": lesson,
        "course": lesson.course,
        "sitting": sitting,
        "question": shown_question(asked, answered=answered, fields=fields, hints=hints),
        "action": question_address(lesson, asked.position),
        "next_address": next_address(sitting, asked),
        "is_last": sitting.after(asked) is None,
        "is_fragment": is_fragment,
        "certainty": next(iter(fields.get("certainty", ())), ""),
        "shown": envelope.shown if envelope else stamp(timezone.now()),
        **(extra or {}),
    }
    template = "quizzes/question.html" + ("#question" if is_fragment else "")
    response = render(request, template, context, status=status)
    remember_visitor(request, response)
    return response
