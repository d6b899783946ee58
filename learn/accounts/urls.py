"""Addresses below ``/accounts/``: one page of our own, the rest is allauth's."""

from django.urls import URLPattern, URLResolver, include, path

from learn.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="account"),
    path("", include("allauth.urls")),
]
