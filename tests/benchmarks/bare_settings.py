"""A Django project of two views and nothing else: what the framework itself can do here."""

import os
from pathlib import Path

from learn.environment import read_databases

SECRET_KEY = "a benchmark has nothing to hide, and its key is this long"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.benchmarks.bare"
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
USE_TZ = True
# The site's own engine, with the same promise that what was committed stays.
DATABASES = read_databases(Path(os.environ["CHECKMARK_VAR"]))
