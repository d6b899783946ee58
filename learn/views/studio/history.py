"""Every text a file ever had: who, when, from where; the differences of any two; restoring one."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learn.access import may_publish
from learn.authoring.differences import word_differences
from learn.drafting import OpenFile, open_file
from learn.history import file_history, revision_source
from learn.models import Course, Draft, Origin, Revision
from learn.publishing import studio_publication
from learn.releasing import Released, publish_file
from learn.views.studio.entrance import AuthorRequest, in_course
from learn.views.studio.findings import shown
from learn.views.studio.previewing import RENDERER


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft that can be compared: ``key`` is what the address calls it."""

    key: str
    author: str
    author_id: int
    saved_at: datetime


def draft_rows(opened: OpenFile) -> list[DraftRow]:
    """Return the person's own draft and those of others."""
    drafts = [draft for draft in (opened.draft, *opened.others) if draft]
    return [
        DraftRow(f"draft-{one.author_id}", one.author.known_as, one.author_id, one.saved_at)
        for one in drafts
    ]


@in_course()
@require_safe
def history(request: AuthorRequest, course: Course, file_name: str) -> HttpResponse:
    """List the publications and drafts of a file, with the differences of the two chosen."""
    opened = open_file(course=course, file_name=file_name, user=request.user)
    rows = file_history(course, file_name)
    drafts = draft_rows(opened)
    names = [draft.key for draft in drafts] + [str(row.number) for row in rows]
    if not names:
        raise Http404
    newer = request.GET.get("to", names[0])
    older = request.GET.get("from", names[min(1, len(names) - 1)])
    before = _text(course, opened, older)
    after = _text(course, opened, newer)
    context = {
        "course": course,
        "opened": opened,
        "file_name": file_name,
        "rows": rows,
        "drafts": drafts,
        "older": older,
        "newer": newer,
        "changes": word_differences(before, after),
        "is_alone": len(names) == 1,
        "is_off": bool(rows) and opened.is_new,
    }
    return render(request, "studio/history.html", context)


def _text(course: Course, opened: OpenFile, name: str) -> str:
    """Return a publication by its number or a draft by its author, or raise ``Http404``."""
    kind, _dash, author = name.rpartition("-")
    if kind == "draft" and author.isascii() and author.isdigit():
        drafts = Draft.objects.filter(course=course, file_name=opened.file_name)
        source = drafts.filter(author_id=int(author[:18])).values_list("source", flat=True).first()
        if source is None:
            raise Http404
        return source
    return _publication(course, opened.file_name, name)


def _publication(course: Course, file_name: str, number: str) -> str:
    """Return the text of a publication, or raise ``Http404``."""
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise Http404
    try:
        return revision_source(course, file_name, int(number))
    except Revision.DoesNotExist as error:
        raise Http404 from error


@in_course(may_publish)
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: AuthorRequest, course: Course, file_name: str, number: int) -> HttpResponse:
    """Show what would change if an earlier text were published again; a POST does it."""
    source = _publication(course, file_name, str(number))
    opened = open_file(course=course, file_name=file_name, user=request.user)
    released: Released | None = None
    if request.method == "POST":
        released = publish_file(
            course=course,
            file_name=file_name,
            source=source,
            base_digest=request.POST.get("base_digest", "")[:64],
            publication=studio_publication(
                request.user,
                at=timezone.now(),
                note=_("Restored from %(number)d") % {"number": number},
                origin=cast(str, Origin.RESTORED),
            ),
            renderer=RENDERER,
        )
        if released.state in {"published", "unchanged"}:
            messages.success(request, _("Restored. Learners see this text from now on."))
            return redirect("studio:history", course.slug, file_name)
    context = {
        "course": course,
        "opened": opened,
        "file_name": file_name,
        "number": number,
        "released": released,
        "problems": shown(released.problems) if released else (),
        "changes": word_differences(opened.live_source, source),
    }
    return render(request, "studio/restore.html", context, status=409 if released else 200)
