"""A person's own progress."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from learn.http import HtmxHttpRequest, learner_for_writing, learner_of, remember_visitor
from learn.models import Course, Lesson, LessonVisit
from learn.progress import course_progress


@never_cache
@require_safe
def overview(request: HtmxHttpRequest) -> HttpResponse:
    """Show what the person read and answered, course by course."""
    learner = learner_of(request)
    progress = course_progress(list(Course.objects.published()), learner)
    begun = [entry for entry in progress if entry.last_at is not None]
    context = {"learner": learner, "begun": begun, "courses": progress}
    return render(request, "learn/progress.html", context)


@vary_on_headers("HX-Request")
@require_POST
def mark_read(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Note that the lesson was read."""
    found = get_object_or_404(
        Lesson.objects.published().with_titles(), course__slug=course, slug=lesson
    )
    user = learner_for_writing(request)
    LessonVisit.objects.mark_read(user=user, lesson=found, at=timezone.now())
    if request.htmx:
        [progress] = course_progress([found.course], user)
        row = next(row for row in progress.lessons if row.url == found.get_absolute_url())
        context = {"row": row, "lesson": found, "course": found.course, "is_fragment": True}
        response = render(request, "learn/lesson.html#read", context)
    else:
        response = redirect(f"{found.get_absolute_url()}#page-end")
    remember_visitor(request, response)
    return response
