"""Tells when the server truly answers."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from learn.serving.port import reachable_host

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
PATIENCE_SECONDS = 60.0


def when_answered(host: str, port: int, tell: Callable[[], None]) -> None:
    """Call ``tell`` from a thread of its own once the server gives any answer over HTTP."""

    def watch() -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if is_answered(reachable_host(host), port):
                tell()
                return
            time.sleep(0.05)

    threading.Thread(target=watch, name="readiness", daemon=True).start()


def is_answered(host: str, port: int) -> bool:
    """Say whether a web server answers there; waits a few seconds for its first word."""
    with suppress(OSError), socket.create_connection((host, port), timeout=5) as connection:
        connection.sendall(REQUEST)
        return connection.recv(5).startswith(b"HTTP")
    return False
