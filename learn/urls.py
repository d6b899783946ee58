"""Every address of the site."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from learn.views import (
    annotations,
    faults,
    feeds,
    health,
    my_data,
    offline,
    preferences,
    printing,
    progress,
    reading,
    search,
    sharing,
    sitemap,
    styleguide,
    watch,
)

site = (
    [
        path("", reading.home, name="home"),
        path("progress/", progress.overview, name="progress"),
        path("progress/history/", progress.history, name="history"),
        path("search/", search.search, name="search"),
        path("my-data/", my_data.overview, name="my-data"),
        path("my-data/delete/", my_data.delete, name="my-data-delete"),
        path("my-data/<str:kind>/", my_data.download, name="my-data-download"),
        path("preferences/", preferences.preferences, name="preferences"),
        path("offline/", offline.offline, name="offline"),
        path("sw.js", offline.service_worker, name="service-worker"),
        path("site.webmanifest", offline.manifest, name="manifest"),
        path("robots.txt", sharing.robots, name="robots"),
        path("favicon.ico", sharing.favicon, name="favicon"),
        path("sitemap.xml", sitemap.sitemap, name="sitemap"),
        path("feed.xml", feeds.site_feed, name="feed"),
        path("cards/<str:digest>.png", sharing.card, name="card"),
        path("healthz", health.healthz, name="healthz"),
        path("courses/<str:course>/", reading.course, name="course"),
        path("courses/<str:course>/feed.xml", feeds.course_feed, name="course-feed"),
        path("courses/<str:course>/media/<path:name>", reading.media, name="media"),
        path("courses/<str:course>/<str:lesson>.md", reading.lesson_markdown, name="markdown"),
        path("courses/<str:course>/<str:lesson>/", reading.lesson, name="lesson"),
        path("courses/<str:course>/<str:lesson>/read/", progress.mark_read, name="mark-read"),
        path("courses/<str:course>/<str:lesson>/notes/", annotations.notes, name="notes"),
        path("courses/<str:course>/<str:lesson>/unclear/", annotations.unclear, name="unclear"),
        path("courses/<str:course>/<str:lesson>/print/", printing.print_sheet, name="print"),
        path("notes/", annotations.overview, name="my-notes"),
        path("unclear/<str:version>/", annotations.unclear_question, name="unclear-question"),
    ],
    "learn",
)

urlpatterns: list[URLPattern | URLResolver] = [
    # Answers come most often, so they are looked for first.
    path("courses/<str:course>/<str:lesson>/", include("quizzes.urls")),
    path("review/", include("quizzes.review_urls")),
    path("", include(site)),
    path("accounts/", include("learn.accounts.urls")),
    path("studio/", include("learn.studio_urls")),
]

if settings.WATCHES:
    urlpatterns.append(path("watch/", watch.watch, name="watch"))

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))

handler404 = faults.page_not_found
handler500 = faults.server_error
handler403 = faults.permission_denied
handler400 = faults.bad_request
