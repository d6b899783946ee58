"""Reads the site's settings from the environment: typed, and one clear line for a wrong value."""

import errno
import importlib
import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from learn.sqlite.engine import use_bundled_engine

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
SECRET_KEY_LENGTH = 32

# Settings come before any database backend, so the engine is in place however Django is started.
use_bundled_engine()

# Django runs these on each new connection, split at the semicolons.
# FULL: an answer that was acknowledged must survive a power cut.
SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "temp_store": "MEMORY",
    # 4 MB for each connection, of which a worker has some; the system keeps the whole file anyway.
    "cache_size": "-4096",
    "journal_size_limit": "67108864",
    # Carried over from the log after 32 MB, not 4: the same pages come again and again. Readers
    # look through the log, so that still more is slower.
    "wal_autocheckpoint": "8000",
    "trusted_schema": "OFF",
}
POSTGRESQL_SETTINGS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
    # What was planned while a table was small is done for as long as nobody looks at the table
    # anew, a minute or more: it must not be to read all of it. Where nothing else leads on, that is
    # taken to be so dear that code would be compiled for it.
    "enable_seqscan": "off",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
}
# A machine that vanishes says no word: nobody waits for it longer than for a statement.
POSTGRESQL_LINE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
}


class EnvironmentFault(ImproperlyConfigured):
    """A variable holds something that cannot be used. The message is one line for the operator."""

    exit_code = 2


class VarFolderFault(EnvironmentFault):
    """The folder that the site owns cannot be used."""

    exit_code = 1


def read_text(name: str) -> str:
    """Return what the variable holds, without surrounding blanks; empty when it is not set."""
    return os.environ.get(name, "").strip()


def read_bool(name: str, *, default: bool) -> bool:
    """Return the switch that the variable holds, or ``default`` when it holds nothing.

    Raises ``EnvironmentFault`` for anything but yes and no in the usual spellings.
    """
    value = read_text(name).lower()
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    if value:
        raise wrong(name, f"holds {value!r}", "use 1 or 0")
    return default


def read_list(name: str, *, default: list[str]) -> list[str]:
    """Return the names that the variable holds, separated by commas, or ``default`` for nothing.

    Raises ``EnvironmentFault`` when one of them is an address or holds a blank.
    """
    items = [item for part in read_text(name).split(",") if (item := part.strip())]
    for item in items:
        if re.search(r"[\s/]", item):
            raise wrong(
                name, f"holds {item!r}", "give bare names separated by commas, as in a.org,b.org"
            )
    return items or list(default)


def read_path(name: str, default: Path) -> Path:
    """Return the absolute path that the variable holds, or ``default`` when it holds nothing."""
    value = read_text(name)
    return Path(value).expanduser().absolute() if value else default


def read_secret_key(var: Path) -> str:
    """Return the key that signs cookies: ``SECRET_KEY``, else the one kept in ``var/secret_key``.

    The file is made at the first start. Raises ``EnvironmentFault`` for a key that is too short,
    ``VarFolderFault`` when the folder cannot be used.
    """
    key = read_text("SECRET_KEY")
    if key:
        if len(key) < SECRET_KEY_LENGTH:
            raise wrong("SECRET_KEY", f"holds {len(key)} characters", _LONGER_KEY)
        return key
    path = var / "secret_key"
    try:
        if not path.exists():
            _make_secret_key(path)
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise unusable_var_folder(var, error) from error
    if len(key) < SECRET_KEY_LENGTH:
        raise EnvironmentFault(
            f"{path} holds {len(key)} characters: delete the file, and a new key is made "
            "(everybody has to sign in again)"
        )
    return key


_LONGER_KEY = (
    f"give at least {SECRET_KEY_LENGTH} characters, or leave it out and a key is kept in the "
    "folder CHECKMARK_VAR"
)


def unusable_var_folder(var: Path, error: Exception) -> VarFolderFault:
    """Return the fault to raise when the folder that the site owns cannot be written."""
    reason = getattr(error, "strerror", None) or str(error)
    is_full = getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
    mend = "make room there" if is_full else "let this user write there"
    return VarFolderFault(
        f"CHECKMARK_VAR is {var}, which cannot be used ({reason}): {mend} or name another folder"
    )


def _make_secret_key(path: Path) -> None:
    """Write a new key, unless another process that starts just now was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".secret_key-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:  # mkstemp gives mode 0600
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        # A link is made whole or not at all, so the slower process finds a complete key.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)


def read_databases(var: Path) -> dict[str, dict[str, Any]]:
    """Return Django's ``DATABASES``: SQLite files in ``var``, or what ``DATABASE_URL`` names.

    With SQLite, sessions have a file of their own. Raises ``EnvironmentFault`` for an address that
    is neither SQLite's nor PostgreSQL's.
    """
    url = read_text("DATABASE_URL")
    return databases_at(url, var) if url else _sqlite_databases(var / "checkmark.sqlite3", var)


def databases_at(url: str, var: Path, *, name: str = "DATABASE_URL") -> dict[str, dict[str, Any]]:
    """Return Django's ``DATABASES`` for an address, which a fault says that ``name`` holds.

    With SQLite the sessions' file is in ``var``. Raises ``EnvironmentFault``.
    """
    parts = split_address(name, url, _DATABASE_FORMS)
    if parts.scheme == "sqlite":
        # Three slashes and a relative path, or four and an absolute one.
        path = unquote(parts.path.removeprefix("/"))
        if parts.netloc or path in {"", ":memory:"}:
            raise wrong(name, f"holds {masked(url)!r}", _DATABASE_FORMS)
        return _sqlite_databases(Path(path).absolute(), var)
    if parts.scheme in {"postgres", "postgresql"}:
        return {"default": _postgresql_database(url, name)}
    raise wrong(name, f"holds {masked(url)!r}", _DATABASE_FORMS)


_DATABASE_FORMS = "use postgresql://user:password@host/name or sqlite:///path"


def _sqlite_databases(path: Path, var: Path) -> dict[str, dict[str, Any]]:
    """Return the settings of the main file and of the file for sessions."""
    return {"default": _sqlite_file(path), "sessions": _sqlite_file(var / "sessions.sqlite3")}


def _sqlite_file(path: Path) -> dict[str, Any]:
    """Return the settings of one SQLite file."""
    return {
        "ENGINE": "learn.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            # Taking the write lock at once is what makes the busy timeout work in a transaction.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "".join(
                f"PRAGMA {name}={value};" for name, value in SQLITE_PRAGMAS.items()
            ),
        },
    }


def _postgresql_database(url: str, name: str) -> dict[str, Any]:
    """Return the settings of a PostgreSQL database: a small pool, and an end to waiting."""
    # Not needed, and 20 ms and more to load, where no address is given.
    parse = importlib.import_module("dj_database_url").parse
    check_connection = importlib.import_module("learn.postgresql.health").check_connection
    try:
        database: dict[str, Any] = {**parse(url)}
    except ValueError as error:
        raise wrong(name, f"holds {masked(url)!r}", _DATABASE_FORMS) from error
    if not database["NAME"]:
        raise wrong(name, f"holds {masked(url)!r} without a name", _DATABASE_FORMS)
    options = database.setdefault("OPTIONS", {})
    ours = [f"-c {name}={value}" for name, value in POSTGRESQL_SETTINGS.items()]
    # What the operator gives in the address comes last and so wins.
    options["options"] = " ".join([*ours, options.get("options", "")]).strip()
    for line, limit in POSTGRESQL_LINE.items():
        options.setdefault(line, limit)
    # Who waits for a server that is away holds a thread; a pool looks for it less and less often.
    waits = {"timeout": 2, "reconnect_timeout": 2}
    options["pool"] = {"min_size": 1, "max_size": 4, **waits, "check": check_connection}
    # A connection is tried before it is lent: after a database failed over the next one works.
    lent = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    return {**database, **lent, "ENGINE": "learn.postgresql", "ATOMIC_REQUESTS": False}


def read_site_url() -> str:
    """Return what addresses of this site begin with, as in ``https://learn.example.org``.

    Empty when ``SITE_URL`` is not set. Raises ``EnvironmentFault`` for anything but such an origin.
    """
    url = read_text("SITE_URL").rstrip("/")
    if not url:
        return ""
    parts = split_address("SITE_URL", url, _SITE_FORM)
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in url or url != origin:
        raise wrong("SITE_URL", f"holds {masked(url)!r}", _SITE_FORM)
    return url


_SITE_FORM = "use https://name, without a path"


def masked(url: str) -> str:
    """Return the address without its password and its parameters, which may be secret too."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        # Not an address at all, perhaps a bare password: show nothing of it.
        return "***"
    before, at, after = rest.rpartition("@")
    if "?" in before or "#" in before:
        # Signs of a password, or a parameter with an @: nobody can tell which.
        return f"{scheme}://***"
    place = after.partition("?")[0].partition("#")[0]
    port = place.partition("/")[0].rpartition("]")[2].partition(":")[2]
    if port and not port.isdigit():
        # What should be a port may be the password of an address that lacks its host.
        return f"{scheme}://***"
    return f"{scheme}://{before.partition(':')[0]}:***@{place}" if at else f"{scheme}://{place}"


def split_address(name: str, url: str, mend: str) -> SplitResult:
    """Return the parts of an address; raises ``EnvironmentFault`` with ``mend`` when it is none."""
    try:
        parts = urlsplit(url)
        _port = parts.port  # read for its check
    except ValueError as error:
        raise wrong(name, f"holds {masked(url)!r}", mend) from error
    return parts


def wrong(name: str, holds: str, mend: str) -> EnvironmentFault:
    """Return the fault for a variable: its name, what it holds, how to mend it."""
    return EnvironmentFault(f"{name} {holds}: {mend}")
