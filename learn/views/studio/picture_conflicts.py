"""A picture that folder and studio both changed: both are shown, and a person decides."""

import mimetypes
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from learn.access import may_publish
from learn.conflicts import is_picture, open_conflict
from learn.course_folder import read_picture
from learn.models import Course, FileConflict, MediaFile
from learn.publishing import OvertakenError
from learn.releasing import settle_media
from learn.views.reading import PICTURE_CSP
from learn.views.studio.entrance import AuthorRequest, in_course

CHOICES = ("folder", "studio")


@in_course(may_publish)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AuthorRequest, course: Course, name: str) -> HttpResponse:
    """Show the folder's picture beside the site's; a POST says which of the two stays."""
    conflict, live = _conflict_of(course, name)
    if request.method != "POST":
        return _page(request, course, conflict, live)
    choice = request.POST.get("keep", "")
    if choice not in CHOICES:
        return _page(request, course, conflict, live, _("Choose one of the two."), status=422)
    seen = (str(conflict.pk), live.digest)
    if (request.POST.get("conflict"), request.POST.get("digest")) != seen:
        fault = _("One of the pictures was changed meanwhile. Look at both once more.")
        return _page(request, course, conflict, live, fault, status=409)
    try:
        settle_media(conflict=conflict, takes_folder=choice == "folder", at=timezone.now())
    except OvertakenError as error:
        raise Http404 from error
    messages.success(request, _settled(choice, is_removed=not conflict.folder_digest))
    return redirect("studio:home")


@csp_override(PICTURE_CSP)
@in_course(may_publish)
@require_safe
def folder_picture(request: AuthorRequest, course: Course, name: str) -> HttpResponse:
    """Give the folder's picture of a conflict, as long as it is the one that was found."""
    conflict, _live = _conflict_of(course, name)
    content = _content_in_folder(course, conflict)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=mimetypes.guess_type(name)[0])


def _conflict_of(course: Course, name: str) -> tuple[FileConflict, MediaFile]:
    """Return an undecided conflict about a picture, and the picture that the site shows."""
    conflict = open_conflict(course, name) if is_picture(name) else None
    live = course.media.filter(path=name).first()
    if conflict is None or live is None:
        raise Http404
    return conflict, live


def _content_in_folder(course: Course, conflict: FileConflict) -> bytes | None:
    """Return the picture that was found in the folder, or None if another or none is there."""
    try:
        content = read_picture(settings.CHECKMARK_CONTENT, course.slug, conflict.file_name)
    except OSError:
        return None
    is_found = content is not None and sha256(content).hexdigest() == conflict.folder_digest
    return content if is_found else None


def _settled(choice: str, *, is_removed: bool) -> str:
    """Return what was decided, and the command that carries it out."""
    if choice == "studio":
        return _("The studio's picture stays; `manage.py content export` writes it to the folder.")
    if is_removed:
        return _("Decided: `manage.py content sync` takes the picture off the site.")
    return _("Decided: `manage.py content sync` puts the folder's picture on the site.")


def _page(
    request: AuthorRequest,
    course: Course,
    conflict: FileConflict,
    live: MediaFile,
    fault: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    """Render both pictures and the choice between them."""
    context = {
        "course": course,
        "conflict": conflict,
        "live": live,
        "fault": fault,
        "is_removed": not conflict.folder_digest,
        "is_off": live.retired_at is not None,
        "is_shown": _content_in_folder(course, conflict) is not None,
    }
    return render(request, "studio/two-pictures.html", context, status=status)
