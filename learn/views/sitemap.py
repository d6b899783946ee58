"""The site map: every page that a stranger may read, and when it last changed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from learn.http import HtmxHttpRequest, absolute_address
from learn.models import Course, Lesson

# What one file may name: https://www.sitemaps.org/protocol.html
MOST_PAGES = 50_000


@cache_control(public=True, max_age=300)
@require_safe
def sitemap(request: HtmxHttpRequest) -> HttpResponse:
    """Give the addresses of courses and lessons, each with the day of its newest text.

    Neither drafts nor what was taken off the site are named.
    """
    courses = Course.objects.published()
    changes = courses.newest_changes()
    lessons = Lesson.objects.published().with_titles().in_order()
    pages = [
        (reverse("learn:home"), None),
        *((one.get_absolute_url(), changes.get(one.pk)) for one in courses),
        *((one.get_absolute_url(), one.live.created_at) for one in lessons if one.live),
    ]
    whole = [(absolute_address(request, path), at) for path, at in pages[:MOST_PAGES]]
    context = {"pages": whole}
    response = render(request, "learn/sitemap.xml", context, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex"
    return response
