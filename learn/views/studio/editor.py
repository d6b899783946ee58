"""The editor: one page that works without JavaScript, and what its script asks for."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from learn.access import may_publish
from learn.conflicts import folder_text
from learn.drafting import (
    DraftRefusedError,
    OpenFile,
    Saved,
    discard_draft,
    like_published,
    open_file,
    save_draft,
)
from learn.models import Course, Draft
from learn.publishing import studio_publication
from learn.releasing import Released, publish_file
from learn.views.studio.entrance import AuthorRequest, in_course, keeps_text, wants_json
from learn.views.studio.findings import findings_of
from learn.views.studio.merging import TwoTexts, merge_page
from learn.views.studio.previewing import RENDERER, preview_of

# Where the page is shown after a button that only saves and looks.
SHOWN_AFTER = {"check": "#page-problems", "preview": "#page-preview"}


@dataclass(frozen=True, slots=True)
class EditorForm:
    """What the editor's form holds. ``base_digest`` is of the text that was begun from."""

    source: str
    base_digest: str
    edition: int | None
    note: str
    action: str


def read_form(post: QueryDict) -> EditorForm:
    """Read the posted form; what makes no sense counts as not sent."""
    edition = post.get("edition", "")
    return EditorForm(
        source=post.get("source", ""),
        base_digest=post.get("base_digest", "")[:64],
        edition=int(edition) if edition.isascii() and edition.isdigit() else None,
        note=post.get("note", "").strip(),
        action=post.get("action", "save"),
    )


@csrf_exempt
@keeps_text
@in_course()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthorRequest, course: Course, file_name: str) -> HttpResponse:
    """Show a file to edit; a POST saves it as the person's draft, then checks or publishes it."""
    opened = open_file(course=course, file_name=file_name, user=request.user)
    if request.method == "POST":
        return _keep(request, course, opened, read_form(request.POST))
    if not opened.is_there:
        raise Http404
    return editor_page(request, course, opened)


@in_course()
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: AuthorRequest, course: Course, file_name: str) -> HttpResponse:
    """Ask whether the draft may be thrown away; a POST does it."""
    opened = open_file(course=course, file_name=file_name, user=request.user)
    if opened.draft is None:
        raise Http404
    if request.method != "POST":
        context = {"course": course, "opened": opened}
        return render(request, "studio/discard.html", context)
    discard_draft(course=course, file_name=file_name, author=request.user)
    messages.success(request, _("Your draft is gone; what is published is as it was."))
    return redirect("studio:home") if opened.is_new else redirect(_address(course, file_name))


def _keep(
    request: AuthorRequest, course: Course, opened: OpenFile, form: EditorForm
) -> HttpResponse:
    """Save the draft first, whatever was asked for, so that nothing after it can lose the text."""
    source = like_published(form.source, opened.first_source)
    try:
        saved = save_draft(
            course=course,
            file_name=opened.file_name,
            author=request.user,
            source=source,
            base_digest=form.base_digest,
            edition=form.edition,
            at=timezone.now(),
        )
    except DraftRefusedError as error:
        return _refused(request, course, opened, source, str(error))
    if not saved.is_kept:
        return _elsewhere(request, course, opened, source, saved)
    if wants_json(request):
        return JsonResponse(_answer(request, course, saved.draft))
    if form.action == "publish":
        return _publish(request, course, saved.draft, form.note)
    if form.action not in SHOWN_AFTER:
        messages.success(request, _("Your draft is saved. Only you and your co-authors see it."))
    return redirect(_address(course, opened.file_name) + SHOWN_AFTER.get(form.action, ""))


def _address(course: Course, file_name: str) -> str:
    """Return where a file is edited."""
    return reverse("studio:edit", args=[course.slug, file_name])


def _answer(request: AuthorRequest, course: Course, draft: Draft) -> dict[str, Any]:
    """Return what the editor's script shows after a saving; it asks for the preview by itself."""
    context = {
        "course": course,
        "findings": findings_of(course, draft.file_name, draft.source),
    }
    return {
        "state": "saved",
        "edition": draft.edition,
        "at": date_format(timezone.localtime(draft.saved_at), "H:i:s"),
        "problems": render_to_string("studio/problems.html", context, request),
    }


def _refused(
    request: AuthorRequest, course: Course, opened: OpenFile, source: str, reason: str
) -> HttpResponse:
    """Bring back a text that no draft can hold, with the reason."""
    if wants_json(request):
        return JsonResponse({"state": "refused", "reason": reason}, status=422)
    return editor_page(request, course, opened, source=source, fault=reason, status=422)


def _elsewhere(
    request: AuthorRequest, course: Course, opened: OpenFile, source: str, saved: Saved
) -> HttpResponse:
    """Tell that another window of the same person saved something else, and show both."""
    if wants_json(request):
        return JsonResponse({"state": "elsewhere"}, status=409)
    texts = TwoTexts(
        state="elsewhere",
        base=opened.live_source,
        mine=source,
        theirs=saved.other_source or "",
        fields={"base_digest": saved.draft.base_digest, "edition": saved.draft.edition},
    )
    return merge_page(request, course, opened.file_name, texts)


def _publish(request: AuthorRequest, course: Course, draft: Draft, note: str) -> HttpResponse:
    """Publish the draft that was just saved."""
    if not may_publish(request.user, course):
        raise Http404
    released = publish_file(
        course=course,
        file_name=draft.file_name,
        source=draft.source,
        base_digest=draft.base_digest,
        publication=studio_publication(request.user, at=timezone.now(), note=note),
        renderer=RENDERER,
    )
    if released.state == "overtaken":
        return overtaken_page(request, course, draft, released)
    if released.state == "has-errors":
        opened = open_file(course=course, file_name=draft.file_name, user=request.user)
        fault = released.reason or _not_published(released)
        return editor_page(request, course, opened, fault=fault, note=note, status=422)
    if released.state == "unchanged":
        messages.info(request, _("This is what is published already."))
    else:
        messages.success(request, _("Published. Learners see it from now on."))
    return redirect(_address(course, draft.file_name))


def _not_published(released: Released) -> str:
    """Return why a text with errors was not published."""
    errors = sum(problem.level == "error" for problem in released.problems)
    return ngettext(
        "Not published: one error has to be mended first. Your draft is saved.",
        "Not published: %(n)d errors have to be mended first. Your draft is saved.",
        errors,
    ) % {"n": errors}


def overtaken_page(
    request: AuthorRequest, course: Course, draft: Draft, released: Released
) -> HttpResponse:
    """Show what was published since the draft was begun, and both edits together.

    Of a draft that was begun from a text of the folder, what was changed there.
    """
    opened = open_file(course=course, file_name=draft.file_name, user=request.user)
    began_from = folder_text(course, draft.file_name, draft.base_digest)
    in_folder = opened.conflict if began_from and opened.has_faulty_edit else opened.held_back
    if in_folder:
        texts = TwoTexts(
            state="held-back",
            base=began_from,
            mine=draft.source,
            theirs=in_folder.folder_source or "",
            fields={"base_digest": in_folder.folder_digest, "edition": draft.edition},
        )
        return merge_page(request, course, draft.file_name, texts)
    texts = TwoTexts(
        state="overtaken",
        base=released.base_source,
        mine=draft.source,
        theirs=released.live_source,
        fields={"base_digest": released.live_digest, "edition": draft.edition},
        merged=released.merged,
        is_clean=released.is_clean,
    )
    return merge_page(request, course, draft.file_name, texts)


def editor_page(
    request: AuthorRequest,
    course: Course,
    opened: OpenFile,
    *,
    source: str | None = None,
    fault: str = "",
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the editor with ``source``, else with the draft or what is published."""
    text = opened.source if source is None else source
    context = {
        "course": course,
        "opened": opened,
        "file_name": opened.file_name,
        "source": text,
        "base_digest": opened.base_digest,
        "edition": "" if opened.edition is None else opened.edition,
        "fault": fault,
        "fault_at": "page-source" if source is not None else "page-problems",
        "is_unsaved": source is not None,
        "note": note,
        "login_url": resolve_url(settings.LOGIN_URL),
        "findings": findings_of(course, opened.file_name, text),
        "preview": preview_of(course, opened.file_name, text, user=request.user),
    }
    return render(request, "studio/editor.html", context, status=status)
