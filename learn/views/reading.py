"""Pages to read: home, a course's outline, a lesson."""

import mimetypes

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from learn.access import may_edit, may_open_studio, right_to_edit
from learn.annotations import kept_notes
from learn.borrowing import with_borrowed_tables
from learn.caching.keepable import keepable
from learn.http import HtmxHttpRequest, learner_of, remember_visitor
from learn.models import Course, Lesson, MediaFile
from learn.paging import pages_of
from learn.passages import terms_of
from learn.progress import continue_card, course_progress
from quizzes.drill_views import with_drills
from quizzes.quick import blocks_with_questions
from quizzes.quick_views import quick_cards
from quizzes.remembering import due_summary

LESSONS_A_PAGE = 100

# One that was drawn anew is soon asked for; until an hour later it is shown as it was meanwhile.
KEPT_PICTURE = "public, max-age=300, stale-while-revalidate=3300"
# A picture is never a page: whatever it holds, it may neither run nor load anything.
PICTURE_CSP = {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "sandbox": ""}


@require_safe
def home(request: HtmxHttpRequest) -> HttpResponse:
    """Show what there is to learn and, to who has begun, where to go on."""
    courses = list(Course.objects.published())
    learner = learner_of(request)
    progress = course_progress(courses, learner)
    context = {
        "courses": progress,
        "card": continue_card(progress),
        "has_studio": may_open_studio(request.user),
        "reviews": due_summary(learner, timezone.now()) if learner else None,
    }
    return render(request, "learn/home.html", context)


@require_safe
def course(request: HtmxHttpRequest, course: str) -> HttpResponse:
    """Show a course's outline, marked with the person's progress.

    Of a long one that part is shown where the person is, unless the address asks for another.
    """
    courses = Course.objects.published()
    found = get_object_or_404(
        courses.annotate(may_be_edited=right_to_edit(request.user, "pk")), slug=course
    )
    [progress] = course_progress([found], learner_of(request))
    following = progress.next_row()
    pages = pages_of(
        len(progress.lessons),
        size=LESSONS_A_PAGE,
        asked=request.GET.get("page", ""),
        default=(following.number - 1) // LESSONS_A_PAGE + 1 if following else 1,
    )
    context = {
        "course": found,
        "progress": progress,
        "next": following,
        "pages": pages,
        "rows": progress.lessons[pages.part],
    }
    return render(request, "learn/course.html", context)


@require_safe
def lesson(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Show a lesson."""
    lessons = Lesson.objects.published().select_related("course", "live")
    found = get_object_or_404(
        lessons.annotate(may_be_edited=right_to_edit(request.user, "course")),
        course__slug=course,
        slug=lesson,
    )
    learner = learner_of(request)
    [progress] = course_progress([found.course], learner)
    rows = progress.lessons
    place = next(i for i, row in enumerate(rows) if row.slug == found.slug)
    own = blocks_with_questions(found, lambda: quick_cards(request, found), name="card")
    blocks, borrowed = with_borrowed_tables(found, own)
    homes = [(one.home, one.key) for one in borrowed]
    blocks = with_drills(found, blocks, user=learner, borrowed=homes)
    context = {
        "course": found.course,
        "lesson": found,
        "revision": found.live,
        "row": rows[place],
        "progress": progress,
        "previous": rows[place - 1] if place else None,
        "next": rows[place + 1] if place + 1 < len(rows) else None,
        "blocks": blocks,
        "notes": kept_notes(learner, found),
        "has_footnotes": any(block["kind"] == "notes" for block in blocks),
        "terms": terms_of("".join(block.get("html", "") for block in blocks)),
    }
    response = render(request, "learn/lesson.html", context)
    if any("card" in block for block in blocks):
        remember_visitor(request, response)
    # What is remembered of another lesson's table is no part of this page's standing.
    return response if learner and borrowed else keepable(response)


@require_safe
def lesson_markdown(_request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Give the lesson's Markdown without its questions, so that no key leaves unearned."""
    found = get_object_or_404(
        Lesson.objects.published().select_related("live"), course__slug=course, slug=lesson
    )
    markdown = found.live.markdown if found.live else ""
    return HttpResponse(markdown, content_type="text/markdown; charset=utf-8")


@csp_override(PICTURE_CSP)
@require_safe
def media(request: HtmxHttpRequest, course: str, name: str) -> HttpResponse:
    """Give a picture of a course: of a published one to all, of others to those who write it.

    And to those what was taken off.
    """
    found_course = get_object_or_404(Course.objects.filter(retired_at=None), slug=course)
    is_for_all = found_course.status == "published"
    if not is_for_all and not may_edit(request.user, found_course):
        raise Http404
    pictures = MediaFile.objects.filter(course=found_course)
    # Addresses leave out a `media/` in front of the file; see RenderContext.media_address.
    folder, _, file_name = name.rpartition("/")
    paths = [name, f"media/{name}", f"{folder}/media/{file_name}"]
    named = pictures.filter(path__in=paths).order_by("-path")
    found = named.up().first() or named.first()
    if found is None or (found.retired_at and not may_edit(request.user, found_course)):
        raise Http404
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with found.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type=media_type)
    is_kept = is_for_all and not found.retired_at and not settings.WATCHES
    response["Cache-Control"] = KEPT_PICTURE if is_kept else "private, no-cache"
    response["ETag"] = f'"{found.digest[:32]}"'
    return response
