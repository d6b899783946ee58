"""An authenticator app, as far as a test needs one."""

import hmac
from base64 import b32decode
from time import time

STEP_SECONDS = 30


def code_of_app(secret: str, *, steps_ago: int = 0) -> str:
    """Return the six digits that an app shows for a secret, as RFC 6238 says: now, or earlier."""
    counter = int(time() // STEP_SECONDS - steps_ago).to_bytes(8)
    digest = hmac.digest(b32decode(secret), counter, "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"
