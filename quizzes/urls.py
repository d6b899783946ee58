"""Addresses of a lesson's questions, below the lesson's own: its check, its tables' drills."""

from django.urls import path

from quizzes import drill_views, quick_views, views

app_name = "quizzes"

urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/<int:position>/", views.question, name="question"),
    path("check/quick/<str:key>/", quick_views.quick, name="quick"),
    path("check/results/<str:token>/", views.result, name="result"),
    path("check/results/<str:token>/retry/", views.retry, name="retry"),
    path("drill/<str:table>/", drill_views.drill, name="drill"),
    path("drill/<str:table>/<int:position>/", drill_views.question, name="drill-question"),
    path("drill/<str:table>/results/<str:token>/", drill_views.result, name="drill-result"),
]
