"""Addresses below ``/studio/``. Each has a row in the policy table of its test."""

from django.urls import URLPattern, path

from learn.views.studio import (
    editor,
    history,
    merging,
    outline,
    picture_conflicts,
    pictures,
    previewing,
    reports,
    roles,
)

app_name = "studio"

urlpatterns: list[URLPattern] = [
    path("", outline.home, name="home"),
    path("new-course/", outline.begin_course, name="new-course"),
    path("<str:course>/new/", outline.new_lesson, name="new-lesson"),
    path("<str:course>/people/", roles.roles, name="roles"),
    path("<str:course>/reports/", reports.reports, name="reports"),
    path("<str:course>/pictures/", pictures.pictures, name="pictures"),
    path("<str:course>/edit/<path:file_name>", editor.edit, name="edit"),
    path("<str:course>/discard/<path:file_name>", editor.discard, name="discard"),
    path("<str:course>/remove/<path:file_name>", outline.retire, name="retire"),
    path("<str:course>/preview/<path:file_name>", previewing.preview, name="preview"),
    path("<str:course>/answer/<path:file_name>", previewing.answer, name="answer"),
    path("<str:course>/history/<path:file_name>", history.history, name="history"),
    path("<str:course>/restore/<int:number>/<path:file_name>", history.restore, name="restore"),
    path("<str:course>/conflict/<path:file_name>", merging.conflict, name="conflict"),
    path("<str:course>/two-pictures/<path:name>", picture_conflicts.decide, name="two-pictures"),
    path(
        "<str:course>/folder-picture/<path:name>",
        picture_conflicts.folder_picture,
        name="folder-picture",
    ),
]
