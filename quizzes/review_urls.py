"""Addresses of reviews."""

from django.urls import path

from quizzes import review_views

app_name = "review"

urlpatterns = [
    path("", review_views.start, name="start"),
    path("<int:position>/", review_views.question, name="question"),
    path("results/<str:token>/", review_views.result, name="result"),
    path("retention/", review_views.retention, name="retention"),
]
