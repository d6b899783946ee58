"""What a page says of itself in its head: address, description, picture, schema.org."""

import json
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from learn.http import absolute_address
from learn.models import Course, Lesson
from learn.progress import CourseProgress
from learn.sharing import structured
from learn.sharing.cards import card_digest, course_card_digest
from learn.sharing.describing import course_description, lesson_description
from learn.views.sharing import SITE_CARD

register = template.Library()

HEAD = "learn/sharing.html"
# These would end the script element or be read as markup in it.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}

type Shown = dict[str, Any]


@register.inclusion_tag(HEAD, takes_context=True)
def shared_home(context: Context) -> Shown:
    """Describe the first page."""
    request: HttpRequest = context["request"]
    home = absolute_address(request, reverse("learn:home"))
    search = absolute_address(request, reverse("learn:search"))
    name = _("Checkmark")
    about = _("Read a short lesson, answer a few questions, and keep what you learned.")
    return {
        "address": home,
        "title": name,
        "description": about,
        "image": absolute_address(request, static(SITE_CARD)),
        "feed": reverse("learn:feed"),
        "data": _script(
            structured.website(home, name=name, description=about, search=search)
            | {"@context": structured.CONTEXT}
        ),
    }


@register.inclusion_tag(HEAD, takes_context=True)
def shared_course(context: Context, course: Course, progress: CourseProgress) -> Shown:
    """Describe a course's outline."""
    request: HttpRequest = context["request"]
    home = absolute_address(request, reverse("learn:home"))
    address = absolute_address(request, course.get_absolute_url())
    about = course_description(course)
    lessons, minutes = len(progress.lessons), progress.minutes
    card = course_card_digest(course, lessons=lessons, minutes=minutes)
    image = absolute_address(request, reverse("learn:card", args=[card]))
    data = structured.course_data(
        course, address=address, home=home, description=about, minutes=minutes, image=image
    )
    way = structured.breadcrumbs([(_("Courses"), home), (course.title, address)])
    return {
        "address": address,
        "title": course.title,
        "description": about,
        "image": image,
        "feed": reverse("learn:course-feed", args=[course.slug]),
        "feed_title": course.title,
        "data": _script(structured.graph(data, way)),
    }


@register.inclusion_tag(HEAD, takes_context=True)
def shared_lesson(context: Context, lesson: Lesson) -> Shown:
    """Describe a lesson; ``course`` and ``live`` must be loaded."""
    request: HttpRequest = context["request"]
    shown, about = _of_lesson(request, lesson), lesson_description(lesson)
    home, course = absolute_address(request, reverse("learn:home")), shown["course"]
    data = structured.lesson_data(
        lesson,
        address=shown["address"],
        course_address=course,
        description=about,
        image=shown["image"],
    )
    places = [(_("Courses"), home), (lesson.course.title, course), (shown["title"], data["url"])]
    way = structured.breadcrumbs(places)
    return shown | {"description": about, "data": _script(structured.graph(data, way))}


@register.inclusion_tag(HEAD, takes_context=True)
def shared_check(context: Context, lesson: Lesson) -> Shown:
    """Describe a lesson's knowledge check, wherever in it the person is."""
    request: HttpRequest = context["request"]
    shown = _of_lesson(request, lesson)
    path = reverse("quizzes:check", args=[lesson.course.slug, lesson.slug])
    address = absolute_address(request, path)
    name = _("Knowledge check: %(title)s") % {"title": shown["title"]}
    about = _("Questions on “%(title)s”; each answer is explained.") % {"title": shown["title"]}
    data = structured.quiz_data(
        lesson, address=address, lesson_address=shown["address"], description=name
    )
    places = [(lesson.course.title, shown["course"]), (shown["title"], shown["address"])]
    way = structured.breadcrumbs([*places, (name, address)])
    return shown | {
        "address": address,
        "title": name,
        "description": about,
        "data": _script(structured.graph(data, way)),
    }


@register.filter
def described(thing: Course | Lesson) -> str:
    """Return what a course or a lesson is about, in a sentence."""
    return lesson_description(thing) if isinstance(thing, Lesson) else course_description(thing)


def _of_lesson(request: HttpRequest, lesson: Lesson) -> Shown:
    """Return what is said of a lesson and of its check alike."""
    card = reverse("learn:card", args=[card_digest(lesson)])
    feed = reverse("learn:course-feed", args=[lesson.course.slug])
    return {
        "address": absolute_address(request, lesson.get_absolute_url()),
        "course": absolute_address(request, lesson.course.get_absolute_url()),
        "title": lesson.live.title if lesson.live else lesson.slug,
        "image": absolute_address(request, card),
        "feed": feed,
        "feed_title": lesson.course.title,
        "is_article": True,
    }


def _script(data: structured.Data) -> SafeString:
    """Return data as JSON that can stand in a script element: no tag can end it from inside."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - ESCAPES leaves no <, > or & in it, so nothing in it is taken for markup
