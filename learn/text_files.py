"""READ: one file of a content folder as a text, or what keeps it from being read as one."""

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from shlex import quote
from stat import S_ISREG

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem

LARGEST_KIB = 256


class UnreadableError(Exception):
    """A file that cannot be read as a lesson."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_text(path: Path) -> str:
    """Return a file's text; raise ``UnreadableError`` when it is too large or no UTF-8 text."""
    try:
        state = path.stat()
        # Opening a pipe would wait for somebody to write into it.
        content = _read_bytes(path) if S_ISREG(state.st_mode) else None
    except OSError as error:
        if path.is_symlink() and not os.path.exists(path):
            raise UnreadableError(link_problem(path)) from error
        reason = error.strerror or "unknown"
        raise UnreadableError(problem_at(1, 1, "structure-unreadable", reason=reason)) from error
    if content is None:
        name = quote(path.name)
        raise UnreadableError(problem_at(1, 1, "structure-special-file", name=name))
    if len(content) > LARGEST_KIB * 1024:
        kib = str(-(-state.st_size // 1024))
        problem = problem_at(1, 1, "structure-too-large", size=kib, limit=str(LARGEST_KIB))
        raise UnreadableError(problem)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        is_utf_16 = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        encoding = "UTF-16" if is_utf_16 else "WINDOWS-1252"
        problem = problem_at(line, column, "structure-not-utf8", encoding=encoding)
        raise UnreadableError(problem) from error


def _read_bytes(path: Path) -> bytes:
    """Return the file's content, cut a little beyond the limit."""
    with path.open("rb") as file:
        return file.read(LARGEST_KIB * 1024 + 1)


def no_lesson_problem(path: Path) -> Problem:
    """Say of a text that is not read as a lesson by which name it would be."""
    stem = path.stem.removesuffix(".md")
    names = {"name": quote(path.name), "wanted": quote(f"{stem}.md")}
    return problem_at(1, 1, "structure-no-lesson", suffix=path.suffix, **names)


def link_problem(path: Path) -> Problem:
    """Say of a link whether it leads to nothing that could stand in its place, or elsewhere."""
    target = os.readlink(path)
    if not os.path.exists(path) or Path(os.path.realpath(path)) in path.parents:
        name = quote(path.name)
        return problem_at(1, 1, "structure-link-to-nothing", target=target, name=name)
    return problem_at(1, 1, "structure-symbolic-link", target=target)
