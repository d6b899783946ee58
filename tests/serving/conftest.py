"""What servers are started with here: a terminal that can be closed, and a cache server."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.needed import is_missing
from tests.serving.site import free_port, is_listened_to, wait_until

PROGRAMS = ("valkey-server", "redis-server")


@pytest.fixture(autouse=True, scope="session")
def is_started_as_from_a_terminal() -> None:
    """Have servers hear when their terminal goes, though the tests were begun with ``nohup``.

    What is started inherits to pay no heed to a signal, but not what is done about it.
    """
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: None)


@pytest.fixture
def cache_server(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Address and process of a cache server. A build without one fails, a laptop skips."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        is_missing("NOT TESTED WITH A CACHE SERVER: apt-get install redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: is_listened_to(port), what="cache server")
        yield f"redis://127.0.0.1:{port}/1", process
        process.kill()
