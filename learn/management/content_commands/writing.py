"""Files written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils.translation import gettext as _

from learn.management.content_commands.subcommand import WrongUseError


class ChangedMeanwhileError(Exception):
    """A file is no longer what it was when it was read."""


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Put ``new`` in the place of a file at once, with its mode and, if possible, its owner.

    Raises ``ChangedMeanwhileError`` if the file does not hold ``old`` any more, and
    ``WrongUseError`` where it cannot be written.
    """
    path = path.resolve()
    try:
        if path.read_bytes() != old:
            raise ChangedMeanwhileError
        state = path.stat()
        with NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name[:100]}.", delete=False
        ) as file:
            written = Path(file.name)
            try:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
                with suppress(PermissionError):
                    os.fchown(file.fileno(), state.st_uid, state.st_gid)
                os.fchmod(file.fileno(), state.st_mode & 0o7777)
                written.replace(path)
            except BaseException:
                written.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise cannot_write(path, error) from error


def create_file(path: Path, text: str) -> None:
    """Write a file that must not be there yet; folders above it are made.

    Raises ``WrongUseError`` if it is there or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(text.encode())
    except FileExistsError as error:
        raise WrongUseError(
            _("%(path)s is there already; nothing was changed.") % {"path": path}
        ) from error
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> WrongUseError:
    """Return the line that says which file cannot be written, and why."""
    values = {"path": path, "reason": error.strerror or error}
    return WrongUseError(_("%(path)s cannot be written: %(reason)s.") % values)
