"""Which database a table lives in: throw-away rows must not queue behind answers."""

from typing import Any

from django.conf import settings
from django.db.models import Model

# What is lost without harm: sessions, and what Django calls the table of its cache.
SESSION_APPS = {"sessions", "django_cache"}


class SessionRouter:
    """Sends sessions and cache to the ``sessions`` database where there is one.

    All else goes to ``default``.
    """

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """Return the alias to read ``model`` from, or None for the default."""
        if model._meta.app_label in SESSION_APPS and "sessions" in settings.DATABASES:
            return "sessions"
        return None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool | None:
        """Keep each table in one database only."""
        if "sessions" not in settings.DATABASES:
            return None
        return (db == "sessions") == (app_label in SESSION_APPS)
