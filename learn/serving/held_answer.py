"""An answer whose browser is not told anything yet."""

import time
from collections.abc import Sequence
from io import BytesIO
from typing import Any

type Headers = Sequence[tuple[str, str]]
type Told = tuple[int, Headers, bytes]
type Scope = dict[str, Any]

FAILED: Told = (500, [], b"Internal Server Error")


class HeldAnswer:
    """What a browser will be told; to granian's functions it is the line to that browser.

    ``foretold`` is the request's scope with what it will ask the database, once that was asked.
    """

    def __init__(self, line: Any, scope: Scope, body: bytes) -> None:
        self.line = line
        self.came_at = time.monotonic()
        self.foretold: Scope | None = None
        self._scope, self._body = scope, body
        self._told: Told = FAILED

    def scope(self, **more: object) -> Scope:
        """Return the request from its beginning, with ``more`` said about it."""
        return {**self._scope, "wsgi.input": BytesIO(self._body), **more}

    def response_bytes(self, status: int, headers: Headers, content: bytes) -> None:
        """Hold back a response."""
        self._told = status, headers, content

    @property
    def is_fault(self) -> bool:
        """Say whether the browser will be told of a fault of ours."""
        return self._told[0] >= FAILED[0]

    def let_go(self) -> None:
        """Tell the browser."""
        self.line.response_bytes(*self._told)

    def fail(self) -> None:
        """Tell the browser that it failed, whatever was held back."""
        self.line.response_bytes(*FAILED)
