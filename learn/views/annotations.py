"""Beside a lesson: notes and bookmarks on its sections, and saying that something is unclear."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from learn.annotations import (
    LONGEST_NOTE,
    LONGEST_REPORT,
    NOTES_A_PAGE,
    SectionNote,
    notes_page,
    passages,
    report_unclear,
    reports_of,
    save_note,
    section_notes,
    sections_to_note,
)
from learn.http import HtmxHttpRequest, learner_for_writing, learner_of, remember_visitor
from learn.models import Course, Lesson, User
from learn.paging import pages_of
from learn.passages import Passage, excerpt_of
from quizzes.finding import lesson_of_version, question_of_version
from quizzes.models import QuestionVersion


@never_cache
@require_safe
def overview(request: HtmxHttpRequest) -> HttpResponse:
    """Show notes and bookmarks of the person, and what became of their reports."""
    learner, asked = learner_of(request), request.GET.get("page", "")
    found = notes_page(learner, list(Course.objects.published()), asked=asked)
    context = {"lessons": found.lessons, "pages": found.pages, "reports": reports_of(learner)}
    return render(request, "learn/my_notes.html", context)


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Show a lesson's sections with the person's notes; a POST saves one.

    With ``?section`` HTMX gets the form for that section alone.
    """
    found = _lesson(course, lesson)
    if request.method == "POST":
        return _save(request, found)
    learner, wanted = learner_of(request), request.GET.get("section")
    titles = sections_to_note(learner, found)
    if request.htmx and wanted is not None:
        section = _section(learner, found, titles, wanted)
        context = {"lesson": found, "section": section, "is_fragment": True}
        return render(request, "learn/notes.html#form", context)
    pages = pages_of(len(titles), size=NOTES_A_PAGE, asked=request.GET.get("page", ""))
    shown = dict(list(titles.items())[pages.part])
    context = {"lesson": found, "sections": section_notes(learner, found, shown), "pages": pages}
    return render(request, "learn/notes.html", context)


def _save(request: HtmxHttpRequest, lesson: Lesson) -> HttpResponse:
    """Save a note and show it; one that cannot be saved comes back with a message."""
    text = request.POST.get("text", "").replace("\x00", "").replace("\r\n", "\n")
    is_bookmarked = "bookmark" in request.POST
    learner, anchor = learner_of(request), request.POST.get("section", "")
    titles = sections_to_note(learner, lesson)
    section = _section(learner, lesson, titles, anchor)
    entered = SectionNote(section.anchor, section.title, text, is_bookmarked)
    context = {"lesson": lesson, "section": entered, "is_fragment": bool(request.htmx)}
    if refusal := _refusal(text, section, seen=request.POST.get("seen")):
        context |= {"sections": [entered], **refusal}
        template = "learn/notes.html" + ("#form" if request.htmx else "")
        return render(request, template, context, status=409 if "now" in refusal else 422)
    save_note(
        user=learner_for_writing(request),
        lesson=lesson,
        anchor=section.anchor,
        text=text,
        is_bookmarked=is_bookmarked,
        at=timezone.now(),
    )
    if request.htmx:
        response = render(request, "learn/notes.html#kept", context)
    else:
        response = redirect(_page_with(lesson, list(titles).index(anchor)))
    remember_visitor(request, response)
    return response


def _refusal(text: str, now: SectionNote, *, seen: str | None) -> dict[str, Any]:
    """Return what the form says of a note that is not saved, with what stands there if that is why.

    ``now`` is the section's note as it is, ``seen`` the edition of it that the text was begun on.
    """
    if len(text) > LONGEST_NOTE:
        most = _("A note has room for %(most)d characters, and this one has %(now)d. Shorten it.")
        return {"fault": most % {"most": LONGEST_NOTE, "now": len(text)}, "seen": seen}
    if now.is_lost_to(text, seen=seen):
        met = _(
            "This note was changed meanwhile, in another tab or on another device. Save again to"
            " replace what stands there now."
        )
        return {"fault": met, "seen": now.edition, "now": now}
    return {}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unclear(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Let a person say which passage of a lesson is unclear, or which question.

    ``?section`` narrows the passages to one section, ``?question`` names a question's version.
    """
    found = _lesson(course, lesson)
    question = question_of_version(found, request.GET.get("question", ""))
    section = request.GET.get("section")
    here = [one for one in passages(found) if section in (None, one.anchor)]
    context = {"lesson": found, "question": question, "passages": [] if question else here}
    if request.method == "POST":
        return _report(request, found, question, context)
    return render(request, "learn/unclear.html", {**context, "is_told": "told" in request.GET})


def _report(
    request: HtmxHttpRequest,
    lesson: Lesson,
    question: QuestionVersion | None,
    context: dict[str, Any],
) -> HttpResponse:
    """Pass on what is unclear and say thanks; what is too long comes back with a message."""
    text = request.POST.get("text", "").replace("\x00", "").strip()
    place = request.POST.get("passage", "")
    if len(text) > LONGEST_REPORT:
        most = _("There is room for %(most)d characters, and this has %(now)d. Shorten it.")
        fault = most % {"most": LONGEST_REPORT, "now": len(text)}
        entered = {"text": text, "fault": fault, "chosen": place}
        return render(request, "learn/unclear.html", {**context, **entered}, status=422)
    chosen = _passage(question, context["passages"], place)
    report_unclear(
        user=learner_for_writing(request),
        lesson=lesson,
        passage=chosen,
        question_key=question.question.key if question else "",
        text=text,
        at=timezone.now(),
    )
    address = reverse("learn:unclear", args=[lesson.course.slug, lesson.slug])
    response = redirect(f"{address}?told")
    remember_visitor(request, response)
    return response


def _passage(
    question: QuestionVersion | None, passages: list[Passage], place: str
) -> Passage | None:
    """Return what was pointed at: the question's stem, the passage chosen, or None for neither."""
    if question is not None:
        return Passage("", excerpt_of(question.wording.get("stem", "")))
    is_place = place.isascii() and place.isdecimal() and len(place) < 6
    return passages[int(place)] if is_place and int(place) < len(passages) else None


@require_safe
def unclear_question(_request: HtmxHttpRequest, version: str) -> HttpResponse:
    """Lead from a question, wherever it was asked, to the page of its lesson that takes reports."""
    lesson = lesson_of_version(version)
    if lesson is None:
        raise Http404
    address = reverse("learn:unclear", args=[lesson.course.slug, lesson.slug])
    return redirect(f"{address}?question={version}")


def _lesson(course: str, lesson: str) -> Lesson:
    """Return the lesson with its live revision, or raise ``Http404``."""
    lessons = Lesson.objects.published().select_related("course", "live")
    return get_object_or_404(lessons, course__slug=course, slug=lesson)


def _section(
    learner: User | None, lesson: Lesson, titles: Mapping[str, str], anchor: str
) -> SectionNote:
    """Return the section with the anchor, or raise ``Http404``."""
    if anchor not in titles:
        raise Http404
    [section] = section_notes(learner, lesson, {anchor: titles[anchor]})
    return section


def _page_with(lesson: Lesson, place: int) -> str:
    """Return the address of the page with the section at that place among the lesson's."""
    address = reverse("learn:notes", args=[lesson.course.slug, lesson.slug])
    number = place // NOTES_A_PAGE + 1
    return f"{address}?page={number}" if number > 1 else address
