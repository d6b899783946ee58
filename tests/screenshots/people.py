"""Who looks at the pages: a cookie each for guests, and an author who signs in."""

import hmac
from base64 import b32decode
from time import time

AUTHOR = "ada"
PASSWORD = "three calm otters swim"
STRANGER = "stranger"

# What a browser has as the cookie of a visitor: 32 characters.
VISITORS = {
    name: name.ljust(32, "-")
    for name in ("fresh", "learner", "reader", "reviewer", "reviewing", "driller", "quick")
}


def code_of_app(secret: str) -> str:
    """Return the six digits that an app shows now for a secret, as RFC 6238 says."""
    counter = int(time() // 30).to_bytes(8)
    digest = hmac.digest(b32decode(secret), counter, "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"
