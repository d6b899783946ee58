"""Two texts of one file side by side, with a proposal that holds both: nobody's work is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learn.access import may_publish
from learn.authoring.differences import word_differences
from learn.authoring.merging import MINE, Labels, Merge, merge_texts
from learn.authoring.names import COURSE_FILE
from learn.drafting import like_published, open_file, save_draft
from learn.models import Course, FileConflict
from learn.releasing import Released, settle_conflict
from learn.site_state import source_by_digest
from learn.views.studio.entrance import AuthorRequest, in_course
from learn.views.studio.findings import findings_of, shown
from learn.views.studio.previewing import RENDERER


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """Two edits of one text, and a proposal that holds both; made here unless one is given.

    ``state`` is ``overtaken`` (somebody published), ``elsewhere`` (another window of the same
    person), ``folder`` (the file was edited in the folder and in the studio), ``removed`` (it is
    gone from the folder), ``retired`` (it was taken off in the studio), ``held-back`` (only the
    folder had it, and has another text since) or ``faulty`` (it was edited in the folder alone, and
    has errors). ``fields`` go back with the merged text.
    """

    state: str
    base: str
    mine: str
    theirs: str
    fields: Mapping[str, object]
    merged: str | None = None
    is_clean: bool = False

    def proposal(self) -> Merge:
        """Return both edits together."""
        if self.merged is not None:
            return Merge(self.merged, self.is_clean)
        return merge_texts(self.base, self.mine, self.theirs, Labels(*_labels(self.state)))


def merge_page(
    request: AuthorRequest,
    course: Course,
    file_name: str,
    texts: TwoTexts,
    *,
    fault: str = "",
    conflict: FileConflict | None = None,
    status: int = 409,
) -> HttpResponse:
    """Show what the other text changed, what this one changed, and both together in a form."""
    context = {
        "course": course,
        "file_name": file_name,
        "texts": texts,
        "state": texts.state,
        "their_changes": word_differences(texts.base, texts.theirs),
        "my_changes": word_differences(texts.base, texts.mine),
        "proposal": texts.proposal(),
        "fault": fault,
        "findings": findings_of(course, file_name, texts.theirs) if texts.state == "faulty" else (),
        "may_be_left_off": texts.state in {"removed", "retired"} and file_name != COURSE_FILE,
        "action": _action(course, file_name, conflict),
    }
    return render(request, "studio/merge.html", context, status=status)


def _action(course: Course, file_name: str, conflict: FileConflict | None) -> str:
    """Return where the merged text is sent."""
    name = "studio:conflict" if conflict else "studio:edit"
    return reverse(name, args=[course.slug, file_name])


def _labels(state: str) -> tuple[str, str, str]:
    """Return what the marks in a merged text say: mine, before, theirs."""
    theirs = {
        "elsewhere": _("your other window"),
        "overtaken": _("published since"),
    }
    if state not in theirs:
        return _("the studio"), _("before both"), _("the folder")
    return _("your text"), _("before both"), theirs[state]


@in_course(may_publish)
@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: AuthorRequest, course: Course, file_name: str) -> HttpResponse:
    """Show a file that was edited in the folder and in the studio; a POST publishes the merge."""
    opened = open_file(course=course, file_name=file_name, user=request.user)
    if opened.conflict is None:
        raise Http404
    if request.method == "POST":
        return _settle(request, course, opened.conflict, opened.live_source)
    return _conflict_page(request, course, opened.conflict, opened.live_source)


def _settle(request: AuthorRequest, course: Course, found: FileConflict, live: str) -> HttpResponse:
    """Publish the merged text; with errors in it the page comes back with the text."""
    source = like_published(request.POST.get("source", ""), live)
    if request.POST.get("action") == "save":
        return _save_merged(request, course, found, source)
    released = settle_conflict(
        conflict=found,
        source=source,
        by=request.user,
        at=timezone.now(),
        renderer=RENDERER,
        note=request.POST.get("note", "").strip(),
        base_digest=request.POST.get("base_digest") or None,
    )
    if released.state in {"published", "unchanged"}:
        messages.success(request, _("Settled: the folder's text and the studio's are one again."))
        return redirect("studio:edit", course.slug, found.file_name)
    fault = _not_settled(released)
    return _conflict_page(
        request, course, found, released.live_source or live, merged=source, fault=fault, status=422
    )


def _not_settled(released: Released) -> str:
    """Return why a merged text was not published."""
    if released.state == "overtaken":
        return _("Somebody published this file meanwhile. Look at both texts once more.")
    first = next((one for one in shown(released.problems) if one.level == "error"), None)
    if released.reason or first is None:
        return released.reason
    return _("Line %(line)d: %(message)s") % {"line": first.line, "message": first.message}


def _save_merged(
    request: AuthorRequest, course: Course, found: FileConflict, source: str
) -> HttpResponse:
    """Keep the merged text as the person's draft, to be finished in the editor."""
    opened = open_file(course=course, file_name=found.file_name, user=request.user)
    base = request.POST.get("base_digest", "")[:64]
    save_draft(
        course=course,
        file_name=found.file_name,
        author=request.user,
        source=source,
        # With it, what is made of the folder's text and published counts as the folder's mended.
        base_digest=found.folder_digest if opened.has_faulty_edit else base,
        edition=opened.edition,
        at=timezone.now(),
    )
    return redirect("studio:edit", course.slug, found.file_name)


def _conflict_page(
    request: AuthorRequest,
    course: Course,
    found: FileConflict,
    live: str,
    *,
    merged: str | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show both texts of a conflict."""
    opened = open_file(course=course, file_name=found.file_name, user=request.user)
    state, whole = "faulty", found.folder_source
    if not opened.has_faulty_edit:
        state, whole = _one_sided(found, live)
    merged = whole if merged is None else merged
    texts = TwoTexts(
        state=state,
        base=source_by_digest(course.pk, found.file_name, found.base_digest),
        mine=live,
        theirs=found.folder_source or "",
        fields={"base_digest": opened.live_digest},
        merged=merged,
        is_clean=merged is not None and MINE not in merged,
    )
    return merge_page(
        request, course, found.file_name, texts, fault=fault, conflict=found, status=status
    )


def _one_sided(found: FileConflict, live: str) -> tuple[str, str | None]:
    """Return the state of a conflict, and the only text there is where one side has none."""
    if found.folder_source is None:
        return "removed", live
    if not live:
        return "retired", found.folder_source
    return "folder", None
