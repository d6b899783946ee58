"""WRITE: files below a folder, each whole or not at all, and never through a symbolic link.

Every folder on the way is opened without following links, and the file is named within the opened
folder: nobody can put a link in the way between the look and the writing.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from stat import S_IMODE, S_ISREG

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_IN_THE_WAY = (errno.ELOOP, errno.ENOTDIR)
_NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


class InTheWayError(Exception):
    """There is a link, a folder or something else where a file should be; nothing was written."""


class ChangedError(Exception):
    """The file is no more what it was when it was last read; nothing was written."""


def read_below(root: Path, path: str) -> bytes | None:
    """Return the content of the file ``path`` below ``root``, None if it is not there."""
    try:
        with _parent(root, path, make=False) as (folder, name):
            return _content(folder, name)
    except FileNotFoundError:
        return None


def write_below(root: Path, path: str, content: bytes, *, instead_of: bytes | None) -> None:
    """Write the file ``path`` below ``root`` in place of one with the content ``instead_of``.

    With None there must be no such file. Missing folders are made. A reader sees the old file or
    the new one, and after a power cut one of the two is there. Raises ``InTheWayError``,
    ``ChangedError``, or ``OSError`` where the folder cannot be written.
    """
    with _parent(root, path, make=True) as (folder, name):
        draft = f".{name[:100]}.{secrets.token_hex(8)}.tmp"
        try:
            _write(folder, draft, content, mode=_mode(folder, name))
            if _content(folder, name) != instead_of:
                raise ChangedError(path)
            _put(folder, draft, name, is_new=instead_of is None)
            os.fsync(folder)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft, dir_fd=folder)


def remove_below(root: Path, path: str, *, content: bytes) -> None:
    """Remove the file ``path`` below ``root`` if it holds ``content``; raise as for writing."""
    with _parent(root, path, make=False) as (folder, name):
        if _content(folder, name) != content:
            raise ChangedError(path)
        os.unlink(name, dir_fd=folder)
        os.fsync(folder)


@contextmanager
def _parent(root: Path, path: str, *, make: bool) -> Iterator[tuple[int, str]]:
    """Give the opened folder that a file is in, and the file's own name."""
    *folders, name = PurePosixPath(path).parts
    if not name or path.startswith("/") or ".." in (*folders, name):
        raise InTheWayError(path)
    at = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            inner = _enter(at, folder, make=make)
            os.close(at)
            at = inner
        yield at, name
    finally:
        os.close(at)


def _enter(folder: int, name: str, *, make: bool) -> int:
    """Open a folder within an opened one."""
    try:
        if make:
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=folder)
        return os.open(name, _FOLDER, dir_fd=folder)
    except OSError as error:
        if error.errno in _IN_THE_WAY:
            raise InTheWayError(name) from error
        raise


def _content(folder: int, name: str) -> bytes | None:
    """Return what an ordinary file holds, None if there is nothing of this name."""
    try:
        file = os.open(name, _READ, dir_fd=folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in _IN_THE_WAY:
            raise InTheWayError(name) from error
        raise
    with open(file, "rb") as opened:
        if not S_ISREG(os.fstat(file).st_mode):
            raise InTheWayError(name)
        return opened.read()


def _mode(folder: int, name: str) -> int | None:
    """Return the permissions of a file that is replaced, None for a new one."""
    try:
        return S_IMODE(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return None


def _write(folder: int, name: str, content: bytes, *, mode: int | None) -> None:
    """Write a new file and wait until it is on the disk."""
    with open(os.open(name, _NEW, 0o666, dir_fd=folder), "wb") as file:
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put(folder: int, draft: str, name: str, *, is_new: bool) -> None:
    """Give a written file its name; a new one never takes the place of another."""
    if is_new:
        try:
            os.link(draft, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except FileExistsError:
            raise ChangedError(name) from None
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
        else:
            return
    os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
