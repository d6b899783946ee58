"""New lessons as they come, for feed readers: of the whole site and of each course."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from learn.http import HtmxHttpRequest, absolute_address
from learn.models import Course, Lesson
from learn.models.courses import LessonQuerySet
from learn.sharing.describing import lesson_description

MOST_LESSONS = 30


@cache_control(public=True, max_age=300)
@require_safe
def site_feed(request: HtmxHttpRequest) -> HttpResponse:
    """Give the newest lessons of all courses that everybody may see."""
    feed = Rss201rev2Feed(
        title=_("Checkmark: new lessons"),
        link=absolute_address(request, reverse("learn:home")),
        description=_("Short lessons, each with a few questions that explain every answer."),
        language=get_language(),
        feed_url=absolute_address(request, request.path),
    )
    return _feed_response(request, feed, Lesson.objects.published())


@cache_control(public=True, max_age=300)
@require_safe
def course_feed(request: HtmxHttpRequest, course: str) -> HttpResponse:
    """Give the newest lessons of one course that everybody may see, else 404."""
    found = get_object_or_404(Course.objects.published(), slug=course)
    feed = Rss201rev2Feed(
        title=found.title,
        link=absolute_address(request, found.get_absolute_url()),
        description=found.summary or found.title,
        language=found.language,
        feed_url=absolute_address(request, request.path),
    )
    return _feed_response(request, feed, Lesson.objects.published().filter(course=found))


def _feed_response(
    request: HtmxHttpRequest, feed: Rss201rev2Feed, lessons: LessonQuerySet
) -> HttpResponse:
    """Fill the feed with the newest of the lessons, each on the day it first came."""
    for lesson, first_at in lessons.newest(MOST_LESSONS):
        address = absolute_address(request, lesson.get_absolute_url())
        feed.add_item(
            title=lesson.live.title if lesson.live else lesson.slug,
            link=address,
            description=lesson_description(lesson),
            unique_id=address,
            pubdate=first_at,
            categories=[lesson.course.title],
        )
    response = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    feed.write(response, "utf-8")
    newest = feed.latest_post_date() if feed.items else timezone.now()
    response["Last-Modified"] = http_date(newest.timestamp())
    return response
