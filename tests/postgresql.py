"""A PostgreSQL server for the length of a test: Debian's programs in a folder thrown away after."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

SYSTEM_USER = "postgres"
DATABASE = "postgres"  # every cluster has one of this name
DEBIAN = Path("/usr/lib/postgresql")

CONFIGURATION = """\
listen_addresses = ''
max_connections = 50
"""
FORGETFUL = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class NoServerError(Exception):
    """There is no PostgreSQL to start. The message says why and what to install."""


def find_programs() -> Path:
    """Return the folder that holds ``initdb`` and ``postgres``, the newest first.

    Raises ``NoServerError`` where there is none.
    """
    on_path = shutil.which("initdb")
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    # Links to programs elsewhere count as the programs.
    candidates = [*([Path(on_path).resolve().parent] if on_path else []), *folders]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServerError("no initdb and pg_ctl here: apt-get install postgresql (or set PATH)")


def run_as() -> tuple[str, list[str]]:
    """Return the user that the server runs as and what to put before a command for that.

    PostgreSQL refuses to run as root. Raises ``NoServerError`` where root has nobody to hand it to.
    """
    if os.geteuid() != 0:
        return getpass.getuser(), []
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError as error:
        raise NoServerError(f"no user {SYSTEM_USER}: apt-get install postgresql") from error
    if shutil.which("runuser") is None:
        raise NoServerError("no runuser here: apt-get install util-linux, or do not run as root")
    return SYSTEM_USER, ["runuser", "-u", SYSTEM_USER, "--"]


def control(folder: Path, *options: str) -> None:
    """Run ``pg_ctl`` for the server whose data and socket are in the folder."""
    program, wait = str(find_programs() / "pg_ctl"), ("--wait", "--log", str(folder / "log"))
    command = [*run_as()[1], program, "-D", str(folder / "data"), *wait, *options]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)


@contextmanager
def away(url: str) -> Iterator[None]:
    """Have the server at an address of ``temporary_cluster`` be down during the block."""
    folder = Path(unquote(str(urlsplit(url).netloc.rpartition("@")[2])))
    control(folder, "--mode", "immediate", "stop")
    try:
        yield
    finally:
        control(folder, "--options", f"-k {folder}", "start")


@contextmanager
def temporary_cluster(*, survives_power_cut: bool = False) -> Iterator[str]:
    """Start a server that listens at a socket in a temporary folder; yield its ``DATABASE_URL``.

    No test has to survive a power cut; where it is measured what a commit takes, it has to. Raises
    ``NoServerError`` where none can be started.
    """
    programs = find_programs()
    user, prefix = run_as()
    # Not pytest's folder: its path may be too long for a socket and closed to another user.
    folder = Path(tempfile.mkdtemp(prefix="checkmark-pg-", dir="/tmp"))
    data = folder / "data"

    try:
        shutil.chown(folder, user)
        kind = ("--no-sync", "--username", user, "--auth", "trust", "--encoding", "UTF8")
        command = [*prefix, str(programs / "initdb"), "-D", str(data), *kind]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
        with (data / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION + FORGETFUL * (not survives_power_cut))
        control(folder, "--options", f"-k {folder}", "start")
        try:
            yield f"postgresql://{user}@{quote(str(folder), safe='')}/{DATABASE}"
        finally:
            control(folder, "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
