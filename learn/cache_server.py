"""Where short-lived things are kept: a table, or the server that ``CACHE_URL`` names."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from learn.environment import masked, read_text, split_address, wrong

_CACHE_FORM = "use redis://host:6379/0, or rediss:// for an encrypted connection"

# Valkey speaks the same protocol.
_REDIS_SCHEMES = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}


def read_cache(databases: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return Django's ``CACHES``: a table, or the Redis server of ``CACHE_URL``.

    Limits of rate are counted in it, so all processes share it. With SQLite the table is in the
    file of the sessions; see ``SessionRouter``. Keys start with a mark of the default one of
    ``databases``, so that sites which share a server do not read each other's. Raises
    ``EnvironmentFault`` for any other address.
    """
    url = read_text("CACHE_URL")
    if not url:
        return {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "cache",
                "OPTIONS": {"MAX_ENTRIES": 20_000},
            }
        }
    parts = split_address("CACHE_URL", url, _CACHE_FORM)
    scheme = _REDIS_SCHEMES.get(parts.scheme)
    if scheme is None or not parts.hostname or not re.fullmatch(r"/?\d*", parts.path):
        raise wrong("CACHE_URL", f"holds {masked(url)!r}", _CACHE_FORM)
    site = hashlib.sha256(str(databases["default"]["NAME"]).encode()).hexdigest()[:8]
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": parts._replace(scheme=scheme).geturl(),
            "KEY_PREFIX": f"checkmark-{site}",
            # A server that does not answer must not hold up a request.
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }
