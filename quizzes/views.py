"""Pages of a knowledge check: find, check, do, render."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from learn.http import (
    HtmxHttpRequest,
    ensure_visitor_token,
    learner_for_writing,
    learner_of,
    remember_visitor,
)
from learn.models import Lesson, User
from quizzes.answering import (
    NothingToAskError,
    QuizTerms,
    begin_attempt,
    begin_retry,
    record_answer,
)
from quizzes.kinds.base import AnswerFaultError
from quizzes.models import Attempt, new_token
from quizzes.pages import shown_question, shown_result
from quizzes.sittings import AskedQuestion, Sitting, sitting_of, unbegun_sitting

SHOWN_SALT = "question-shown"
LONGEST_THOUGHT = 60 * 60


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Show the question to answer next, or the result; a POST begins a new attempt."""
    found = _lesson_to_ask(course, lesson)
    if request.method == "POST":
        user = learner_for_writing(request)
        _begun(user, found, seed=new_token(), at=timezone.now())
        response: HttpResponse = redirect("quizzes:question", course, lesson, 1)
        remember_visitor(request, response)
        return response
    sitting = _present_sitting(request, found)
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
    """Show one question with its feedback if it was answered; a POST answers it."""
    found = _lesson_to_ask(course, lesson)
    if request.method == "POST":
        return _answer(request, found, position)
    sitting = _present_sitting(request, found)
    asked = sitting.at(position)
    if asked is None:
        return redirect("quizzes:check", course, lesson)
    return _question_response(request, sitting, asked)


@never_cache
@require_GET
def result(request: HtmxHttpRequest, course: str, lesson: str, token: str) -> HttpResponse:
    """Show how a finished attempt went: the sentence, the misses to learn from, the way on."""
    attempt = _own_attempt(request, course, lesson, token)
    sitting = sitting_of(attempt)
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
    attempt = _own_attempt(request, course, lesson, token)
    if not sitting_of(attempt).misses:
        return redirect(attempt)
    begin_retry(
        missed_in=attempt,
        user=attempt.user,
        shuffle=_terms(attempt.lesson).shuffle,
        at=timezone.now(),
    )
    return redirect("quizzes:question", course, lesson, 1)


def _answer(request: HtmxHttpRequest, lesson: Lesson, position: int) -> HttpResponse:
    """Record the answer that was posted and show what to learn from it."""
    now = timezone.now()
    sitting = _sitting_to_answer(request, lesson, user=learner_for_writing(request), at=now)
    asked = _question_that_was_shown(sitting, request.POST.get("version", ""))
    if asked is None or asked.item is None:
        return _question_has_changed(request, sitting, position)
    try:
        record_answer(
            item=asked.item,
            fields=dict(request.POST.lists()),
            at=now,
            seconds_taken=_seconds_since_shown(request.POST.get("shown", ""), now),
        )
    except AnswerFaultError as fault:
        return _answer_refused(request, sitting, asked, fault)
    if not request.htmx:
        response: HttpResponse = HttpResponseRedirect(_question_address(lesson, asked.position))
        remember_visitor(request, response)
        return response
    sitting = sitting_of(asked.item.attempt)
    answered = sitting.at(asked.position) or asked
    response = _question_response(request, sitting, answered)
    response["HX-Push-Url"] = _question_address(lesson, asked.position)
    return response


def _answer_refused(
    request: HtmxHttpRequest, sitting: Sitting, asked: AskedQuestion, fault: AnswerFaultError
) -> HttpResponse:
    """Bring the form back as it was with a message at its field."""
    several = asked.version.kind == "choose-all"
    message = {
        "empty": _("Choose at least one answer.") if several else _("Choose an answer."),
        "unknown-choice": _("That answer is not one of the choices. Choose again."),
    }[fault.code]
    picked = frozenset(request.POST.getlist("choice"))
    return _question_response(request, sitting, asked, fault=message, picked=picked, status=422)


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
    return _question_response(request, sitting, asked, notice=notice, status=409)


def _question_response(
    request: HtmxHttpRequest,
    sitting: Sitting,
    asked: AskedQuestion,
    *,
    fault: str = "",
    notice: str = "",
    picked: frozenset[str] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    """Render the question: the fragment for HTMX, else the page."""
    is_fragment = bool(request.htmx) and not request.htmx.history_restore_request
    lesson = sitting.lesson
    context: dict[str, Any] = {
        "lesson": lesson,
        "course": lesson.course,
        "sitting": sitting,
        "question": shown_question(asked, picked=picked),
        "action": _question_address(lesson, asked.position),
        "next_address": _next_address(sitting, asked),
        "is_last": sitting.first_open() is None,
        "is_fragment": is_fragment,
        "fault": fault,
        "notice": notice,
        "shown": signing.dumps(timezone.now().timestamp(), salt=SHOWN_SALT),
    }
    template = "quizzes/question.html" + ("#question" if is_fragment else "")
    response = render(request, template, context, status=status)
    remember_visitor(request, response)
    return response


def _lesson_to_ask(course: str, lesson: str) -> Lesson:
    """Return the lesson with its course and live revision, or raise ``Http404``."""
    return get_object_or_404(
        Lesson.objects.published().with_titles(), course__slug=course, slug=lesson
    )


def _own_attempt(request: HtmxHttpRequest, course: str, lesson: str, token: str) -> Attempt:
    """Return the person's own attempt with its lesson, or raise ``Http404``."""
    learner = learner_of(request)
    attempts = Attempt.objects.select_related("lesson__course", "lesson__live", "user")
    return get_object_or_404(
        attempts,
        token=token,
        user_id=learner.pk if learner else None,
        lesson__course__slug=course,
        lesson__slug=lesson,
    )


def _terms(lesson: Lesson) -> QuizTerms:
    """Return the terms of the lesson's quiz: its own, else the course's."""
    quiz = lesson.live.quiz if lesson.live else {}
    own = quiz.get("pass_mark")
    return QuizTerms(
        pass_mark=lesson.course.pass_mark if own is None else own,
        shuffle=lesson.course.shuffle and quiz.get("shuffle", True),
    )


def _present_sitting(request: HtmxHttpRequest, lesson: Lesson) -> Sitting:
    """Return the person's attempt, or what the first answer would begin. Nothing is written."""
    learner = learner_of(request)
    attempt = Attempt.objects.latest_of(user=learner, lesson=lesson) if learner else None
    if attempt is not None:
        return sitting_of(attempt)
    return unbegun_sitting(lesson, seed=_seed(request, lesson), shuffle=_terms(lesson).shuffle)


def _sitting_to_answer(
    request: HtmxHttpRequest, lesson: Lesson, *, user: User, at: datetime
) -> Sitting:
    """Return the attempt that the form belongs to: the one it names, the latest, or a new one."""
    named = Attempt.objects.filter(
        token=request.POST.get("attempt", ""), user=user, lesson=lesson
    ).first()
    attempt = named or Attempt.objects.latest_of(user=user, lesson=lesson)
    if attempt is None:
        attempt = _begun(user, lesson, seed=_seed(request, lesson), at=at)
    attempt.user, attempt.lesson = user, lesson
    return sitting_of(attempt)


def _begun(user: User, lesson: Lesson, *, seed: str, at: datetime) -> Attempt:
    """Return the attempt to go on with, or raise ``Http404`` where there is nothing to ask."""
    try:
        return begin_attempt(user=user, lesson=lesson, terms=_terms(lesson), seed=seed, at=at)
    except NothingToAskError as fault:
        raise Http404 from fault


def _seed(request: HtmxHttpRequest, lesson: Lesson) -> str:
    """Return what fixes the order of choices before the first answer: this browser's token."""
    return f"{ensure_visitor_token(request)}:{lesson.pk}"


def _question_that_was_shown(sitting: Sitting, version: str) -> AskedQuestion | None:
    """Return the question of the sitting whose version the form names, or None."""
    return next((q for q in sitting.questions if q.version.digest[:16] == version), None)


def _seconds_since_shown(stamp: str, now: datetime) -> float | None:
    """Return the seconds from showing the question to ``now``; None if that tells nothing."""
    try:
        shown_at = float(signing.loads(stamp, salt=SHOWN_SALT))
    except signing.BadSignature:
        return None
    seconds = now.timestamp() - shown_at
    return round(seconds, 2) if 0 <= seconds <= LONGEST_THOUGHT else None


def _question_address(lesson: Lesson, position: int) -> str:
    """Return the address of the question at ``position``."""
    return reverse("quizzes:question", args=[lesson.course.slug, lesson.slug, position])


def _next_address(sitting: Sitting, asked: AskedQuestion) -> str:
    """Return where 'Next' leads: the next open question, first those after this one."""
    lesson = sitting.lesson
    after = [q for q in sitting.questions if q.response is None and q.position > asked.position]
    following = after[0] if after else sitting.first_open()
    if following is not None:
        return _question_address(lesson, following.position)
    return sitting.attempt.get_absolute_url() if sitting.attempt else ""
