"""The site's own settings in a folder that is thrown away, so tests never touch a real site."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="checkmark-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["CHECKMARK_VAR"] = str(_folder)

from learn.bundles import write_bundles  # noqa: E402 - it reads the settings, so the folder is named before
from learn.settings import *  # noqa: E402, F403 - settings are names for Django to find, and read the folder named above
from learn.settings import (  # noqa: E402 - as above
    BASE_DIR,
    DATABASES,
    STATIC_BUNDLE,
    STATIC_ROOT,
    STORAGES,
)

STATIC_ROOT.mkdir()
write_bundles(BASE_DIR / "static", STATIC_BUNDLE)

# Addresses of static files are tested with the real server; here nothing is collected.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# In memory, one for each process of tests: pytest-django knows Django's own engine alone by name.
DATABASES = {
    alias: {**database, "TEST": {"NAME": ":memory:"}}
    if "sqlite" in database["ENGINE"]
    else database
    for alias, database in DATABASES.items()
}
