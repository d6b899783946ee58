"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

from learn.views import faults, health, progress, reading

site = (
    [
        path("", reading.home, name="home"),
        path("progress/", progress.overview, name="progress"),
        path("healthz", health.healthz, name="healthz"),
        path("courses/<str:course>/", reading.course, name="course"),
        path("courses/<str:course>/media/<path:name>", reading.media, name="media"),
        path("courses/<str:course>/<str:lesson>.md", reading.lesson_markdown, name="markdown"),
        path("courses/<str:course>/<str:lesson>/", reading.lesson, name="lesson"),
        path("courses/<str:course>/<str:lesson>/read/", progress.mark_read, name="mark-read"),
    ],
    "learn",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(site)),
    path("courses/<str:course>/<str:lesson>/check/", include("quizzes.urls")),
]

handler404 = faults.page_not_found
handler500 = faults.server_error
handler403 = faults.permission_denied
handler400 = faults.bad_request
