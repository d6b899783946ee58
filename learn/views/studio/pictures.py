"""Pictures: uploaded with words for who does not see them; taken off when no text shows them."""

import posixpath
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learn.access import may_publish
from learn.conflicts import open_conflict
from learn.models import Course, MediaFile
from learn.picture_uses import picture_uses
from learn.pictures import LARGEST_FILE, Picture, PictureRefusedError, picture_name, safe_picture
from learn.releasing import restore_media, retire_media, upload_media
from learn.views.studio.entrance import AuthorRequest, in_course, wants_json

FOLDER = "media"
LONGEST_ALTERNATIVE = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of an upload. ``taken`` names a picture that would be replaced."""

    fault: str = ""
    field: str = ""
    taken: str = ""
    markdown: str = ""
    status: int = 200


@in_course()
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: AuthorRequest, course: Course) -> HttpResponse:
    """Show the course's pictures and a form for another; a POST uploads it."""
    upload = _upload(request, course) if request.method == "POST" else Upload()
    if wants_json(request):
        fields = {"fault": upload.fault, "field": upload.field, "taken": upload.taken}
        return JsonResponse({"markdown": upload.markdown, **fields}, status=upload.status)
    context = {
        "course": course,
        "upload": upload,
        "alternative": request.POST.get("alternative", ""),
        "file_name": (request.POST if request.method == "POST" else request.GET).get("file", ""),
        "media": course.media.up().order_by("path"),
        "taken_off": course.media.exclude(retired_at=None).order_by("path"),
    }
    return render(request, "studio/pictures.html", context, status=upload.status)


@in_course(may_publish)
@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: AuthorRequest, course: Course, name: str) -> HttpResponse:
    """Ask whether a picture may be taken off, or say which texts show it; a POST does it."""
    picture = get_object_or_404(course.media.up(), path=name)
    if open_conflict(course, name):
        return redirect("studio:two-pictures", course.slug, name)
    is_sent = request.method == "POST"
    if is_sent:
        uses = retire_media(course=course, path=name, at=timezone.now())
    else:
        uses = picture_uses(course, name)
    if is_sent and not uses:
        messages.success(request, _("The picture is taken off. It is kept, and can be put back."))
        return redirect("studio:pictures", course.slug)
    context = {"course": course, "picture": picture, "uses": uses}
    return render(request, "studio/take-off-picture.html", context, status=409 if is_sent else 200)


@in_course(may_publish)
@require_POST
def put_back(request: AuthorRequest, course: Course, name: str) -> HttpResponse:
    """Put a picture back that was taken off."""
    get_object_or_404(course.media, path=name)
    restore_media(course=course, path=name)
    messages.success(request, _("The picture is there again, for any text to show."))
    return redirect("studio:pictures", course.slug)


def _upload(request: AuthorRequest, course: Course) -> Upload:
    """Check, clean and keep a picture."""
    alternative = " ".join(request.POST.get("alternative", "").split())[:LONGEST_ALTERNATIVE]
    file = request.FILES.get("picture")
    if file is None:
        return Upload(_("Choose a picture."), "picture", status=422)
    if not alternative:
        fault = _("Say what the picture shows, for those who do not see it.")
        return Upload(fault, "alternative", status=422)
    try:
        picture = safe_picture(file.read(LARGEST_FILE + 1))
    except PictureRefusedError as refusal:
        return Upload(_reason(refusal.code), "picture", status=422)
    name = picture_name(file.name or "", picture.extension)
    path = f"{FOLDER}/{name}"
    known = MediaFile.objects.filter(course=course, path=path).first()
    if known and "replace" not in request.POST and not _is_same(known, picture):
        fault = _("There is another picture named %(name)s. Replace it, or rename your file.")
        return Upload(fault % {"name": name}, "picture", taken=name, status=409)
    upload_media(course=course, name=path, content=picture.content, at=timezone.now())
    return Upload(markdown=_markdown(alternative, path, request.POST.get("file", "")))


def _is_same(known: MediaFile, picture: Picture) -> bool:
    """Say whether the picture is the one that is there."""
    with known.file.open("rb") as file:
        return bool(file.read() == picture.content)


def _markdown(alternative: str, path: str, file_name: str) -> str:
    """Return the picture as it is written in a lesson's text."""
    target = posixpath.relpath(path, posixpath.dirname(file_name.replace("\x00", "")) or ".")
    safe = alternative.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"![{safe}]({target})"


def _reason(code: str) -> str:
    """Return why a file was not taken, and what to do."""
    return {
        "empty": _("This file is empty."),
        "too-large": _("This file is larger than 10 MB. Save it smaller."),
        "unknown": _("This is no picture that browsers show. PNG, JPEG, WebP, GIF and SVG are."),
        "too-many-pixels": _("This picture has more than 25 million pixels. Save it smaller."),
        "broken": _("This picture is damaged. Save it again and retry."),
        "unsafe-svg": _("This is no SVG that can be made safe. Save it as plain SVG, or as PNG."),
    }[code]
