"""A Django project of two views and nothing else: what the framework itself can do here.

Django's own engines at their best: connections that stay, and commits that are on the disk.
"""

import os
from pathlib import Path

import dj_database_url

SECRET_KEY = "a benchmark has nothing to hide, and its key is this long"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.benchmarks.bare"
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
USE_TZ = True
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": Path(os.environ["CHECKMARK_VAR"]) / "bare.sqlite3",
    "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
}
ADDRESS = os.environ.get("DATABASE_URL")
DATABASES = {
    "default": {**(dj_database_url.parse(ADDRESS) if ADDRESS else SQLITE), "CONN_MAX_AGE": None}
}
