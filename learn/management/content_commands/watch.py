"""``content watch``: serve a folder while it is edited; every open page follows each save."""

import os
import signal
import subprocess
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from watchfiles import watch

from learn.course_folder import course_slug
from learn.management.content_commands.folder import (
    add_folder_argument,
    named_folder,
    told_if_unusable,
)
from learn.management.content_commands.subcommand import (
    FINE,
    PROBLEMS_FOUND,
    Options,
    Subcommand,
    Write,
)
from learn.rendering import Renderer
from learn.serving.stopping import STOPPING
from learn.telling import Counter
from learn.watch_state import STATE_FILE
from learn.watching import Watch

# Editors write a file in several steps; what comes within these milliseconds is one change.
SETTLING_MS = 40
STEP_MS = 10
# Some network file systems tell of no change: the folder is looked at anyway this often.
UNNOTICED_MS = 2000
# A folder that is away (another branch is checked out, a disk is missing) is looked for this often.
SECONDS_AWAY = 0.2


def _add_arguments(parser: ArgumentParser) -> None:
    add_folder_argument(parser)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")


def _run(options: Options, write: Write) -> int:
    root = named_folder(options).expanduser().absolute()
    if not settings.WATCHES:
        _start_over(root)
    server = _serve(root, options)
    is_ready, is_over = threading.Event(), threading.Event()
    threading.Thread(target=_follow, args=(server, is_ready, is_over, write), daemon=True).start()
    # Ctrl+C is heard as an exception.
    for number in STOPPING - {signal.SIGINT}:
        signal.signal(number, lambda _number, _frame: is_over.set())
    try:
        while not is_ready.wait(0.1) and not is_over.is_set():
            pass
        with told_if_unusable(root):
            _watch(root, is_over, write)
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        code = server.wait()
    return PROBLEMS_FOUND if code > 0 else FINE


def _start_over(root: Path) -> None:
    """Run this command again with a site of its own, so that trying a course leaves no trace."""
    name = course_slug(root.name)
    command = [sys.executable, *sys.argv]
    environment = _environment(os.environ, name)
    os.execve(sys.executable, command, environment)  # noqa: S606 - this same program with the words the person gave it; no shell would read them better


def _environment(environment: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the environment of the site that is watched: a folder below the site's own."""
    own = {key: value for key, value in environment.items() if key != "DATABASE_URL"}
    place = settings.CHECKMARK_VAR.absolute() / "watch" / name
    return {**own, "CHECKMARK_VAR": str(place), "CHECKMARK_WATCH": "1"}


def _serve(root: Path, options: Options) -> "subprocess.Popen[str]":
    """Start the product on the folder."""
    address = ["--host", options["host"], "--port", options["port"]]
    command = [sys.executable, sys.argv[0], "serve", "--content", str(root), *address]
    (settings.CHECKMARK_VAR / STATE_FILE).unlink(missing_ok=True)
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command; folder, host and port are single words that no shell takes apart


def _follow(
    server: "subprocess.Popen[str]",
    is_ready: threading.Event,
    is_over: threading.Event,
    write: Write,
) -> None:
    """Pass on what the server says; its first line tells that it answers, its end ends all."""
    for line in server.stdout or ():
        write(line.rstrip())
        sys.stdout.flush()
        is_ready.set()
    is_over.set()


def _watch(root: Path, is_over: threading.Event, write: Write) -> None:
    """Publish each change until told to stop, and tell what is wrong with it."""
    with Renderer() as renderer:
        watched = Watch(root, settings.CHECKMARK_VAR / STATE_FILE, renderer)
        with Counter(sys.stderr):
            watched.look(at=timezone.now())
        _tell(write, watched.report())
        fault = ""
        for _change in _changes(root, is_over):
            try:
                changed = watched.look(at=timezone.now())
            except OSError as error:
                if not fault:
                    values = {"path": error.filename or root, "reason": error.strerror or error}
                    fault = _("%(path)s cannot be read just now: %(reason)s. Waiting.") % values
                    _tell(write, fault)
                continue
            if fault:
                fault = ""
                _tell(write, _("%(folder)s is there again.") % {"folder": root})
            if changed:
                lines = [_("Changed: %(file)s") % {"file": name} for name in changed]
                _tell(write, *lines, watched.report())


def _tell(write: Write, *lines: str) -> None:
    for line in lines:
        write(line)
    sys.stdout.flush()


def _changes(root: Path, is_over: threading.Event) -> Iterator[None]:
    """Yield after each change, and now and then without one.

    The system tells of changes in the folder that was there at first: one that takes its place, as
    a checkout of another branch puts it there, is watched anew.
    """
    while not is_over.is_set():
        try:
            watched = _identity(root)
            changes = watch(
                root,
                debounce=SETTLING_MS,
                step=STEP_MS,
                stop_event=is_over,
                rust_timeout=UNNOTICED_MS,
                yield_on_timeout=True,
            )
            for _changed in changes:
                yield
                if _identity(root) != watched:
                    break
        # The library names a folder that went while it was looked at by an error of its own.
        except (OSError, RuntimeError):
            yield
            is_over.wait(SECONDS_AWAY)


def _identity(folder: Path) -> tuple[int, int]:
    """Return what tells a folder from another one of the same name."""
    state = folder.stat()
    return state.st_dev, state.st_ino


COMMAND = Subcommand(
    "watch", "serve a folder while it is edited; open pages follow", _add_arguments, _run
)
