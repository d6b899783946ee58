"""The start of the server, step by step: what can go wrong comes before what takes time."""

import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from learn.serving import port
from learn.serving.apart import run_apart
from learn.serving.faults import ServeError
from learn.serving.hosts import names_of
from learn.serving.lifeline import stop_with_launcher
from learn.serving.lock import exclusive
from learn.serving.readiness import when_answered
from learn.serving.server import APPLICATION, Server
from learn.serving.stopping import STOPPING
from learn.sqlite.log import fold_logs


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Where to listen, with how many processes, and what to serve.

    With ``loads`` off the folder of courses is another machine's to publish.
    """

    host: str
    port: int
    workers: int
    content: Path
    loads: bool = True


def serve(
    options: ServeOptions, *, say: Callable[[str], None], warn: Callable[[str], None]
) -> None:
    """Prepare the site and answer requests until SIGTERM or SIGINT.

    ``say`` gets the one line that tells the address, ``warn`` what the operator should look at.
    Raises ``ServeError`` or ``EnvironmentFault`` when the site cannot be served.
    """
    if options.loads:
        require_content(options.content)
    hand_over(options)
    with stopping_in_order(), exclusive(settings.CHECKMARK_VAR):
        listener = port.reserve(options.host, options.port)
        prepare(options.content if options.loads else None, warn=warn)
        listeners = port.listen(listener, options.workers)
        stop_with_launcher()
        answer(Server(listeners, workers=options.workers), options.host, say=say)
        fold_logs()


def require_content(folder: Path) -> None:
    """Raise ``ServeError`` unless the folder is there and can be read."""
    if not folder.is_dir():
        raise ServeError(
            _("There is no folder %(folder)s: name a folder of Markdown with --content FOLDER.")
            % {"folder": folder}
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        raise ServeError(
            _("The folder %(folder)s cannot be read: let this user read it.") % {"folder": folder}
        )


def hand_over(options: ServeOptions) -> None:
    """Give the options to the workers: forks have these settings, others read the environment."""
    hosts = list(dict.fromkeys([*settings.ALLOWED_HOSTS, *names_of(options.host)]))
    settings.ALLOWED_HOSTS = hosts
    settings.CHECKMARK_CONTENT = options.content
    os.environ["ALLOWED_HOSTS"] = ",".join(hosts)
    os.environ["CHECKMARK_CONTENT"] = str(options.content)


def prepare(content: Path | None, *, warn: Callable[[str], None]) -> None:
    """Bring databases, static files and, where a folder is given, courses up to date.

    It is done in a process of its own, with modules that no worker needs; meanwhile those that all
    of them need are loaded here. Raises ``ServeError`` or ``VarFolderFault`` when something cannot
    be had.
    """
    run_apart(partial(_make_ready, content, warn=warn), meanwhile=preload)


def _make_ready(content: Path | None, *, warn: Callable[[str], None]) -> None:
    # By name: loaded here, it would stay in the memory of all workers.
    importlib.import_module("learn.serving.making_ready").make_ready(content, warn=warn)


def preload() -> None:
    """Load what every worker needs, once for all of them."""
    importlib.import_module(settings.ROOT_URLCONF)


def answer(server: Server, host: str, *, say: Callable[[str], None]) -> None:
    """Load the site and run the server; tell its address at its first answer."""

    # Only now are the static files there that the middleware looks through.
    importlib.import_module(APPLICATION)

    def tell() -> None:
        server.has_answered = True
        say(_("Serving on %(url)s") % {"url": port.url_of(host, server.bind_port)})

    server.serve_site(started=lambda: when_answered(host, server.bind_port, tell))


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Let a stop, as by Ctrl+C, end the preparation quietly; the server has its own handlers."""

    def stop(_number: int, _frame: object) -> None:
        sys.exit(0)

    try:
        set_handlers(stop)
        yield
    finally:
        # From here the process only ends. A second signal (uv passes on the one that its group
        # got too) must not make that look like a failure.
        set_handlers(signal.SIG_IGN)


def set_handlers(handler: Callable[[int, object], None] | signal.Handlers) -> None:
    """Set what the signals do that ask a process to stop."""
    for number in STOPPING:
        signal.signal(number, handler)
