"""The start of the server, step by step: what can go wrong comes before what takes time."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.utils.translation import gettext as _

from learn.bundles import write_bundles
from learn.environment import unusable_var_folder
from learn.serving import port
from learn.serving.apart import run_apart
from learn.serving.content import load_content
from learn.serving.databases import (
    close_databases,
    migrate_databases,
    told_to_operator,
    use_databases_alone,
)
from learn.serving.faults import ServeFault
from learn.serving.hosts import names_of
from learn.serving.lifeline import stop_with_launcher
from learn.serving.lock import exclusive
from learn.serving.readiness import when_answered
from learn.serving.server import Server
from learn.serving.several import alone, require_cache, tell_of_own_key
from learn.serving.static_files import collect_static_files


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
    Raises ``ServeFault`` or ``EnvironmentFault`` when the site cannot be served.
    """
    if options.loads:
        require_content(options.content)
    hand_over(options)
    with stopping_in_order(), exclusive(settings.CHECKMARK_VAR):
        listener = port.reserve(options.host, options.port)
        prepare(options.content if options.loads else None, warn=warn)
        port.listen(listener)
        stop_with_launcher()
        answer(Server(listener, workers=options.workers), options.host, say=say)


def require_content(folder: Path) -> None:
    """Raise ``ServeFault`` unless the folder is there and can be read."""
    if not folder.is_dir():
        raise ServeFault(
            _("There is no folder %(folder)s: name a folder of Markdown with --content FOLDER.")
            % {"folder": folder}
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        raise ServeFault(
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

    Raises ``ServeFault`` or ``VarFolderFault`` when one of them cannot be had.
    """
    use_databases_alone()
    try:
        with told_to_operator("default"), alone(warn=warn):
            prepare_var_folder()
            require_cache()
            tell_of_own_key(settings.CHECKMARK_VAR, warn=warn)
            if content is not None:
                publish(content, warn=warn)
    finally:
        close_databases()


def prepare_var_folder() -> None:
    """Bring what the site owns up to date."""
    try:
        write_bundles(settings.BASE_DIR / "static", settings.STATIC_BUNDLE)
        require_sound_site()
        migrate_databases()
        collect_static_files(settings.CHECKMARK_VAR, settings.STATIC_ROOT)
    except OSError as error:
        raise unusable_var_folder(settings.CHECKMARK_VAR, error) from error


def publish(content: Path, *, warn: Callable[[str], None]) -> None:
    """Put the courses of the folder onto the site; tell what was left out."""
    # A fork must not inherit a connection.
    close_databases()
    try:
        for line in run_apart(partial(load_content, content, warn=warn)):
            warn(line)
    except OSError as error:
        raise ServeFault(
            _("%(path)s cannot be read: %(reason)s")
            % {"path": error.filename or content, "reason": error.strerror or error}
        ) from error


def require_sound_site() -> None:
    """Raise ``ServeFault`` when one of Django's or our own checks finds an error."""
    found = [message for message in run_checks() if message.is_serious(ERROR)]
    if found:
        raise ServeFault(
            "\n".join(f"{message.msg} {message.hint or ''}".strip() for message in found)
        )


def answer(server: Server, host: str, *, say: Callable[[str], None]) -> None:
    """Run the server; tell its address at its first answer."""

    def tell() -> None:
        server.has_answered = True
        say(_("Serving on %(url)s") % {"url": port.url_of(host, server.bind_port)})

    server.serve_site(started=lambda: when_answered(host, server.bind_port, tell))


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Let SIGTERM and Ctrl+C end the preparation quietly; the server has its own handlers."""

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
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handler)
