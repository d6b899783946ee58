"""SQLite files as they are saved: as of one moment, checked, and whole or not there at all."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from learn.backup.faults import BackupError
from learn.serving.databases import of_newer_release

ALL_PAGES = -1
"""In one step: one that goes page by page begins anew whenever somebody writes."""
APPLIED = "SELECT app, name FROM django_migrations"
COUNTED = """SELECT (SELECT count(*) FROM learn_lesson), (SELECT count(*) FROM learn_user),
 (SELECT count(*) FROM quizzes_response)"""


class Contents(NamedTuple):
    """How much a saved site holds."""

    lessons: int
    people: int
    answers: int

    def __str__(self) -> str:
        """Return it in words."""
        return _("lessons: %(lessons)d, people: %(people)d, answers: %(answers)d") % self._asdict()


def save_into(database: Path, file: Path) -> Contents:
    """Copy a database as it is now into ``file``, check the copy, and return what it holds.

    The file is there whole or not at all. Others may read and write meanwhile. Raises
    ``BackupError``.
    """
    with _site_in(database) as source, written_aside(file) as draft:
        with closing(sqlite3.connect(draft)) as copy:
            source.backup(copy, pages=ALL_PAGES)
            # One file: its log would be another.
            copy.execute("PRAGMA journal_mode = DELETE")
        return contents_of(draft)


@contextmanager
def written_aside(file: Path) -> Iterator[Path]:
    """Give a new file that takes the place of ``file`` at the end, if nothing is raised.

    Raises ``BackupError`` where it cannot be written.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # It holds what people answered, and their addresses.
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            yield draft
            os.fsync(handle)
        finally:
            os.close(handle)
        draft.replace(file)
        _sync_folder(file.parent)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            _("%(file)s cannot be written: %(reason)s") % {"file": file, "reason": error}
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Have the disk know the folder's new entry."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def contents_of(file: Path) -> Contents:
    """Return what a saved site holds.

    Raises ``BackupError`` unless every page of it is sound and this release knows its tables.
    """
    try:
        with closing(_opened(file, "ro")) as saved:
            if not _is_sound(saved):
                raise BackupError(_("%(file)s is no sound copy of a site.") % {"file": file})
            newest = of_newer_release(saved.execute(APPLIED))
            if newest:
                raise BackupError(
                    _("%(file)s is of a newer release (%(newest)s): run that one or a later one.")
                    % {"file": file, "newest": newest}
                )
            return Contents(*saved.execute(COUNTED).fetchone())
    except sqlite3.Error as error:
        raise BackupError(
            _("%(file)s cannot be read as a site: %(reason)s") % {"file": file, "reason": error}
        ) from error


@contextmanager
def _site_in(database: Path) -> Iterator[sqlite3.Connection]:
    """Open the file of a site. Raises ``BackupError`` where it cannot even be begun to read."""
    try:
        source = _opened(database, "rw")
        source.execute("PRAGMA schema_version")
    except sqlite3.Error as error:
        raise BackupError(
            _("%(file)s cannot be read as a site: %(reason)s") % {"file": database, "reason": error}
        ) from error
    with closing(source):
        yield source


def _opened(file: Path, mode: str) -> sqlite3.Connection:
    """Open a file that is there; by itself SQLite would make a new one."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True)


def _is_sound(saved: sqlite3.Connection) -> bool:
    state = saved.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return state == "ok" and saved.execute("PRAGMA foreign_key_check").fetchone() is None
