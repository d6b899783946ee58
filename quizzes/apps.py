"""The engine's Django application."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """Registers the engine's models."""

    name = "quizzes"
