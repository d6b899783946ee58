"""Addresses of a lesson's knowledge check, below the lesson's own."""

from django.urls import path

from quizzes import quick_views, views

app_name = "quizzes"

urlpatterns = [
    path("", views.check, name="check"),
    path("<int:position>/", views.question, name="question"),
    path("quick/<str:key>/", quick_views.quick, name="quick"),
    path("results/<str:token>/", views.result, name="result"),
    path("results/<str:token>/retry/", views.retry, name="retry"),
]
