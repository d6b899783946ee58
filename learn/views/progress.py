"""A person's own progress."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from learn.calendar import calendar_of, first_day
from learn.http import HtmxHttpRequest, learner_for_writing, learner_of, remember_visitor
from learn.models import Course, Lesson, LessonVisit, User
from learn.progress import course_progress, course_tables, practice_figures
from quizzes.activity import answers_by_day, attempt_history, days_practised
from quizzes.remembering import review_accuracy

LATEST = 5
PAGE = 30


@never_cache
@require_safe
def overview(request: HtmxHttpRequest) -> HttpResponse:
    """Show what the person read and answered, course by course."""
    learner = learner_of(request)
    now = timezone.now()
    progress = course_progress(list(Course.objects.published()), learner, at=now)
    begun = [entry for entry in progress if entry.last_at is not None]
    asked, page = request.GET.get("course", ""), request.GET.get("page", "")
    tables = course_tables(begun, asked=asked, page=page)
    context: dict[str, Any] = {"learner": learner, "tables": tables, "courses": progress}
    if learner is not None:
        context |= _practice(learner, now.date())
        context["figures"] = practice_figures(begun, context["calendar"])
        context["accuracy"] = review_accuracy(learner, now)
        context["history"] = attempt_history(learner, before=None, limit=LATEST)
    return render(request, "learn/progress.html", context)


def _practice(learner: User, today: date) -> dict[str, Any]:
    """Return the calendar, and on how many of the last days the person practised."""
    answers = answers_by_day(learner, since=first_day(today))
    return {
        "calendar": calendar_of(answers, today=today),
        "practised_days": days_practised(answers, today=today),
    }


@never_cache
@require_safe
def history(request: HtmxHttpRequest) -> HttpResponse:
    """List the person's finished attempts, newest first, a page at a time."""
    learner = learner_of(request)
    before = _moment(request.GET.get("before", ""))
    rows = attempt_history(learner, before=before, limit=PAGE + 1) if learner else []
    context = {
        "history": rows[:PAGE],
        "older": rows[PAGE - 1].finished_at.isoformat() if len(rows) > PAGE else "",
    }
    return render(request, "learn/history.html", context)


def _moment(text: str) -> datetime | None:
    """Return the time that an address names, or None for what is no time."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None


@vary_on_headers("HX-Request")
@require_POST
def mark_read(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Note that the lesson was read, or with ``undo`` that it was not."""
    found = get_object_or_404(
        Lesson.objects.published().with_titles(), course__slug=course, slug=lesson
    )
    user = learner_for_writing(request)
    visits = LessonVisit.objects
    mark = visits.mark_unread if "undo" in request.POST else visits.mark_read
    mark(user=user, lesson=found, at=timezone.now())
    if request.htmx:
        [progress] = course_progress([found.course], user)
        row = next(row for row in progress.lessons if row.slug == found.slug)
        context = {"row": row, "lesson": found, "course": found.course, "is_fragment": True}
        response = render(request, "learn/lesson.html#read", context)
    else:
        response = redirect(f"{found.get_absolute_url()}#page-end")
    remember_visitor(request, response)
    return response
