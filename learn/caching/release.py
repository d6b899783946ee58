"""What pages depend on besides the database: the program, its templates and static files."""

import hashlib
import hmac
from functools import cache

from django.conf import settings

PARTS = ("learn/**/*.py", "quizzes/**/*.py", "templates/**/*.html")


@cache
def release_key() -> bytes:
    """Return a secret that is the same on every host which serves this release of this site."""
    digest = hashlib.sha256(settings.SITE_URL.encode())
    for pattern in PARTS:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.is_file():
        digest.update(manifest.read_bytes())
    return hmac.digest(settings.SECRET_KEY.encode(), digest.digest(), "sha256")


def validator(*parts: object) -> str:
    """Return the ``ETag`` for what a page depends on; nothing of it can be read from it."""
    return hmac.digest(release_key(), repr(parts).encode(), "sha256").hex()[:32]
