"""How a question is answered over HTTP, wherever it is asked: find, check, do, render."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from learn.http import HtmxHttpRequest, learner_for_writing, remember_visitor
from quizzes.answering import Outcome, record_answer, record_first_answer
from quizzes.answers import NotAskedError
from quizzes.asked import AskedQuestion
from quizzes.envelope import Envelope, form_again, read_envelope, stamp
from quizzes.faults import has_changed
from quizzes.kinds.base import AnswerFaultError
from quizzes.models import Response
from quizzes.showing import shown_question
from quizzes.showing.told import Heading, ToldQuestion, told_fragment
from quizzes.sittings import Sitting, sitting_of
from quizzes.stages import Stage


def next_question(request: HtmxHttpRequest, stage: Stage) -> HttpResponse:
    """Show the question to answer next, or lead to the result."""
    sitting = stage.present(request)
    asked = sitting.first_open()
    if asked is None and sitting.attempt is not None:
        return redirect(stage.addresses.result(sitting.attempt.token))
    if asked is None:
        raise Http404
    return question_response(request, stage, sitting, asked)


def one_question(request: HtmxHttpRequest, stage: Stage, position: int) -> HttpResponse:
    """Show one question, with its feedback if it was answered; a POST answers it.

    With ``?again`` a question that takes another answer is shown as a form.
    """
    if request.method == "POST":
        return answer(request, stage, position)
    sitting = stage.present(request)
    asked = sitting.at(position)
    if asked is not None and asked.is_settled and sitting.keeps_silent:
        kept = _(
            "Your answer to question %(n)d is kept. What was right is told after the last one."
        )
        messages.info(request, kept % {"n": position})
        return redirect(stage.addresses.start)
    if asked is None:
        return redirect(stage.addresses.start)
    asks_again = "again" in request.GET and sitting.takes_answer(asked)
    answered = None if asks_again else asked.latest
    return question_response(request, stage, sitting, asked, answered=answered)


def answer(request: HtmxHttpRequest, stage: Stage, position: int) -> HttpResponse:
    """Record the answer that was posted and show what to learn from it."""
    now = timezone.now()
    envelope = read_envelope(request.POST)
    if envelope.rearranges:
        return _form_again(request, stage, stage.present(request), envelope, position)
    attempt = stage.attempt_for(request, envelope)
    given: dict[str, Any] = {
        "version": envelope.version,
        "fields": envelope.fields,
        "at": now,
        "circumstances": envelope.circumstances(now),
    }
    try:
        if attempt is not None:
            outcome = record_answer(attempt=attempt, **given)
        else:
            user, sitting = learner_for_writing(request), stage.foreseen(request)
            outcome = record_first_answer(user=user, sitting=sitting, **given)
    except (NotAskedError, AnswerFaultError) as fault:
        sitting = sitting_of(attempt) if attempt else stage.present(request)
        if isinstance(fault, NotAskedError):
            return _question_has_changed(request, stage, sitting, position)
        return _form_again(request, stage, sitting, envelope, position, fault)
    return _after_answer(request, stage, outcome)


def _after_answer(request: HtmxHttpRequest, stage: Stage, outcome: Outcome) -> HttpResponse:
    """Show the feedback; in an exam, which tells at its end, go on to what comes next."""
    sitting, asked = outcome.sitting, outcome.asked
    if sitting.terms.tells_at_end:
        return _go_on(request, stage, sitting, asked)
    address = stage.addresses.question(asked.position)
    if not request.htmx:
        response: HttpResponse = HttpResponseRedirect(address)
        remember_visitor(request, response)
        return response
    extra = None
    if outcome.contradicts:
        notice = _("You had answered this already, and that answer counts: here it is.")
        extra = {"notice": notice}
    response = question_response(request, stage, sitting, asked, answered=asked.latest, extra=extra)
    response["HX-Push-Url"] = address
    return response


def _go_on(
    request: HtmxHttpRequest, stage: Stage, sitting: Sitting, asked: AskedQuestion
) -> HttpResponse:
    """Lead to the next question without a word about this one, or to the result."""
    following = sitting.after(asked)
    address = stage.addresses.onward(sitting, following)
    if not request.htmx:
        response: HttpResponse = HttpResponseRedirect(address)
        remember_visitor(request, response)
        return response
    if following is None:
        response = HttpResponseClientRedirect(address)
        remember_visitor(request, response)
        return response
    response = question_response(request, stage, sitting, following)
    response["HX-Push-Url"] = address
    return response


def _form_again(
    request: HtmxHttpRequest,
    stage: Stage,
    sitting: Sitting,
    envelope: Envelope,
    position: int,
    fault: AnswerFaultError | None = None,
) -> HttpResponse:
    """Bring the form back with what was entered: with a message, a hint, or an item moved."""
    asked = sitting.asking(envelope.version)
    if asked is None:
        return _question_has_changed(request, stage, sitting, position)
    return question_response(
        request,
        stage,
        sitting,
        asked,
        envelope=envelope,
        extra={
            **form_again(envelope.fields, fault, asked.version.kind),
            "is_unsure": fault is not None and fault.code == "no-certainty",
        },
        status=422 if fault else 200,
    )


def _question_has_changed(
    request: HtmxHttpRequest, stage: Stage, sitting: Sitting, position: int
) -> HttpResponse:
    """Show the question as it is now: what was answered is not asked any more."""
    asked = sitting.first_open() or sitting.at(position) or sitting.at(1)
    if asked is None:
        raise Http404
    extra = {"notice": has_changed()}
    return question_response(
        request, stage, sitting, asked, answered=asked.latest, extra=extra, status=409
    )


def question_response(
    request: HtmxHttpRequest,
    stage: Stage,
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
    fields, hints = (envelope.fields, envelope.hints) if envelope else ({}, 0)
    following, token = sitting.after(asked), sitting.attempt.token if sitting.attempt else ""
    heading = _heading(stage, sitting)
    told = ToldQuestion(
        heading=heading,
        question=shown_question(asked, answered=answered, fields=fields, hints=hints),
        action=stage.addresses.question(asked.position),
        next_address=stage.addresses.onward(sitting, following),
        # Where the page offers it beside the next question.
        result_address=stage.addresses.result(token) if token and heading.to_relearn else "",
        is_last=following is None,
        origin=stage.origin_of(asked) if answered else None,
        is_fragment=is_fragment,
        attempt=token,
    )
    if is_fragment and answered and not extra:
        response = HttpResponse(told_fragment(told), status=status)
    else:
        context = {
            **told.values(),
            "stage": stage,
            "sitting": sitting,
            "certainty": next(iter(fields.get("certainty", ())), ""),
            "shown": envelope.shown if envelope else stamp(timezone.now()),
            **(extra or {}),
        }
        template = "quizzes/question.html" + ("#question" if is_fragment else "")
        response = render(request, template, context, status=status)
    remember_visitor(request, response)
    return response


def _heading(stage: Stage, sitting: Sitting) -> Heading:
    return Heading(
        stage.title,
        stage.language,
        stage.url,
        sitting.total,
        sitting.answered,
        len(sitting.to_relearn),
    )
