"""Quick checks over HTTP: one question of a lesson at a time."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from learn.http import (
    HtmxHttpRequest,
    ensure_visitor_token,
    learner_for_writing,
    learner_of,
    never_kept,
    order_of,
    remember_visitor,
)
from learn.models import Lesson
from quizzes.answering import record_answer
from quizzes.asked import AskedQuestion
from quizzes.envelope import Envelope, form_again, read_envelope, stamp
from quizzes.faults import has_changed
from quizzes.finding import lesson_to_ask
from quizzes.kinds.base import AnswerFaultError
from quizzes.quick import item_to_answer, quick_questions
from quizzes.showing import shown_question
from quizzes.terms import quiz_terms


@never_kept
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: HtmxHttpRequest, course: str, lesson: str, key: str) -> HttpResponse:
    """Answer a quick check, or show it again as a form."""
    found = lesson_to_ask(course, lesson)
    asked = _asked(request, found, key)
    if request.method != "POST":
        return _card(request, found, key, asked)
    envelope, now = read_envelope(request.POST), timezone.now()
    if envelope.version != asked.version.code:
        return _card(request, found, key, asked, changed=has_changed())
    if envelope.rearranges:
        return _card(request, found, key, asked, envelope=envelope)
    user = learner_for_writing(request)
    item = item_to_answer(asked, lesson=found, user=user, at=now)
    try:
        outcome = record_answer(
            attempt=item.attempt,
            version=envelope.version,
            fields=envelope.fields,
            at=now,
            circumstances=envelope.circumstances(now),
        )
    except AnswerFaultError as fault:
        return _card(request, found, key, asked, envelope=envelope, fault=fault)
    if request.htmx:
        return _card(request, found, key, outcome.asked, is_told=True)
    response: HttpResponse = redirect(f"{found.get_absolute_url()}#page-quick-{key}")
    remember_visitor(request, response)
    return response


def quick_cards(request: HtmxHttpRequest, lesson: Lesson) -> dict[str, dict[str, Any]]:
    """Return what the cards of a lesson's quick checks are rendered with, by key."""
    asked = quick_questions(
        lesson,
        user=learner_of(request),
        seed=f"{order_of(ensure_visitor_token(request))}:{lesson.pk}",
        shuffle=quiz_terms(lesson).shuffle,
    )
    return {
        key: {
            "key": key,
            "question": shown_question(question, answered=question.latest),
            "is_learned": question.is_learned,
            # The time since the lesson was opened does not say how long the question took.
            "shown": "",
        }
        for key, question in asked.items()
    }


def _asked(request: HtmxHttpRequest, lesson: Lesson, key: str) -> AskedQuestion:
    """Return the question with what the person answered, or raise ``Http404``."""
    questions = quick_questions(
        lesson,
        user=learner_of(request),
        seed=f"{order_of(ensure_visitor_token(request))}:{lesson.pk}",
        shuffle=quiz_terms(lesson).shuffle,
    )
    if key not in questions:
        raise Http404
    return questions[key]


def _card(
    request: HtmxHttpRequest,
    lesson: Lesson,
    key: str,
    asked: AskedQuestion,
    *,
    is_told: bool = False,
    envelope: Envelope | None = None,
    fault: AnswerFaultError | None = None,
    changed: str = "",
) -> HttpResponse:
    """Render the question's card: for HTMX alone, else on a page of its own."""
    fields, hints = (envelope.fields, envelope.hints) if envelope else ({}, 0)
    answered = asked.latest if is_told or asked.is_learned else None
    context = {
        "course": lesson.course,
        "lesson": lesson,
        "key": key,
        "question": shown_question(asked, answered=answered, fields=fields, hints=hints),
        "is_learned": asked.is_learned,
        "is_fragment": True,
        "notice": changed,
        **form_again(fields, fault, asked.version.kind),
        "shown": envelope.shown if envelope else stamp(timezone.now()),
    }
    template = "quizzes/quick.html" + ("#card" if request.htmx else "")
    status = 409 if changed else 422 if fault else 200
    response = render(request, template, context, status=status)
    remember_visitor(request, response)
    return response
