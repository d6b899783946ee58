"""The site's Django application."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from learn.checks import check_sqlite_engine


class LearnConfig(AppConfig):
    """Registers the site's models and its system checks."""

    name = "learn"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the checks run at every start."""
        register(check_sqlite_engine, Tags.compatibility)
