"""What tests need of the machine beside Python: a browser, servers, uv."""

import os
from typing import NoReturn

import pytest


def is_missing(reason: str) -> NoReturn:
    """Fail in a build, skip elsewhere: a laptop may lack what this test needs, a build may not."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)  # where the reason is printed: the README promises what is left out then
