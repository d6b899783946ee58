"""Addresses below ``/studio/``. Each has a row in the policy table of its test."""

from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from learn.later import View, view_at

app_name = "studio"


def studio(place: str) -> View:
    """Return a view of the studio: few people write, so most workers never load what it needs."""
    return view_at(f"learn.views.studio.{place}")


# It is protected by ``entrance``, which loses nothing of what was typed.
UNCHECKED_EDIT = csrf_exempt(studio("editor.edit"))

urlpatterns: list[URLPattern] = [
    path("", studio("outline.home"), name="home"),
    path("new-course/", studio("outline.begin_course"), name="new-course"),
    path("<str:course>/new/", studio("outline.new_lesson"), name="new-lesson"),
    path("<str:course>/people/", studio("roles.roles"), name="roles"),
    path("<str:course>/reports/", studio("reports.reports"), name="reports"),
    path("<str:course>/pictures/", studio("pictures.pictures"), name="pictures"),
    path("<str:course>/pictures/<path:name>", studio("pictures.take_off"), name="take-off-picture"),
    path("<str:course>/put-back/<path:name>", studio("pictures.put_back"), name="put-back-picture"),
    path("<str:course>/edit/<path:file_name>", UNCHECKED_EDIT, name="edit"),
    path("<str:course>/discard/<path:file_name>", studio("editor.discard"), name="discard"),
    path("<str:course>/remove/<path:file_name>", studio("outline.retire"), name="retire"),
    path("<str:course>/preview/<path:file_name>", studio("previewing.preview"), name="preview"),
    path("<str:course>/answer/<path:file_name>", studio("previewing.answer"), name="answer"),
    path("<str:course>/history/<path:file_name>", studio("history.history"), name="history"),
    path(
        "<str:course>/restore/<int:number>/<path:file_name>",
        studio("history.restore"),
        name="restore",
    ),
    path("<str:course>/conflict/<path:file_name>", studio("merging.conflict"), name="conflict"),
    path(
        "<str:course>/two-pictures/<path:name>",
        studio("picture_conflicts.decide"),
        name="two-pictures",
    ),
    path(
        "<str:course>/folder-picture/<path:name>",
        studio("picture_conflicts.folder_picture"),
        name="folder-picture",
    ),
]
