"""WRITE: the site saved to a file while it is used, and brought back while it is stopped."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _

from learn.backup.faults import BackupError
from learn.backup.files import Contents, contents_of, save_into, written_aside
from learn.backup.rotation import worth_keeping
from learn.serving.faults import ServeError
from learn.serving.lock import exclusive
from learn.sqlite.log import fold_logs

FOLDER = "backups"
NAME = "checkmark-%Y%m%dT%H%M%SZ.sqlite3"
BEFORE = "%(stem)s-before-%(time)s.sqlite3"
LOGS = ("", "-wal", "-shm")
SQLITE_BEGINS = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved site: its file and what that holds; ``removed`` are older ones that were too many."""

    file: Path
    contents: Contents
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and where what was there is kept, if anything was."""

    contents: Contents
    kept: Path | None


def save_site(file: Path | None, *, at: datetime) -> Saved:
    """Save the site of these settings, which may be in use, to ``file``.

    Without a file it is saved beside the site, and of all that were saved there some are kept; see
    ``worth_keeping``. Sessions are left out. Raises ``BackupError``.
    """
    database = _own_file()
    if file is None:
        folder = settings.CHECKMARK_VAR / FOLDER
        own = folder / at.astimezone(UTC).strftime(NAME)
        return Saved(own, save_into(database, own), _sweep(folder))
    _require_ours_to_replace(file, database)
    return Saved(file, save_into(database, file))


def restore_site(file: Path, *, at: datetime) -> Restored:
    """Put a saved site in the place of this one, which must be stopped.

    What was there is kept beside it. Nobody is signed in any more. Raises ``BackupError``, and then
    everything is as it was.
    """
    database = _own_file()
    contents = contents_of(file)
    try:
        with exclusive(settings.CHECKMARK_VAR):
            fold_logs()
            with written_aside(database) as draft:
                shutil.copyfile(file, draft)
                kept = _put_aside(database, at)
            _end_sessions()
    except ServeError as fault:
        raise BackupError(str(fault)) from fault
    return Restored(contents, kept)


def _own_file() -> Path:
    if connection.vendor != "sqlite":
        raise BackupError(
            _("This site is in PostgreSQL, which has its own tools: use pg_dump and pg_restore.")
        )
    return Path(connection.settings_dict["NAME"])


def _require_ours_to_replace(file: Path, database: Path) -> None:
    """Raise ``BackupError`` where saving would overwrite the site itself or what is no backup."""
    if file.is_dir():
        raise BackupError(_("%(file)s is a folder: name a file in it.") % {"file": file})
    if not file.exists():
        return
    with suppress(OSError), file.open("rb") as there:
        is_backup = there.read(len(SQLITE_BEGINS)) == SQLITE_BEGINS
        if is_backup and not (database.exists() and file.samefile(database)):
            return
    raise BackupError(_("%(file)s is there and is no backup: name another file.") % {"file": file})


def _sweep(folder: Path) -> int:
    """Remove the backups that are too many; return how many."""
    times = {}
    for path in folder.iterdir():
        with suppress(ValueError):
            times[datetime.strptime(path.name, NAME).replace(tzinfo=UTC)] = path
    too_many = times.keys() - worth_keeping(times)
    for time in too_many:
        times[time].unlink(missing_ok=True)
    return len(too_many)


def _put_aside(database: Path, at: datetime) -> Path | None:
    """Give what is there another name, its logs too: it may be what is left of a broken site."""
    if not database.exists():
        return None
    time = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = database.with_name(BEFORE % {"stem": database.stem, "time": time})
    for log in LOGS:
        with suppress(FileNotFoundError):
            Path(f"{database}{log}").rename(f"{kept}{log}")
    return kept


def _end_sessions() -> None:
    """Remove who is signed in: the people of the saved site may have other numbers."""
    connections.close_all()
    for log in LOGS:
        Path(f"{settings.DATABASES['sessions']['NAME']}{log}").unlink(missing_ok=True)
