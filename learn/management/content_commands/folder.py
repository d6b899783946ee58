"""The folder that a sub-command works on: the one named, else the site's own."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from learn.course_folder import CourseFolder, read_content
from learn.management.content_commands.subcommand import Options, WrongUseError


def add_folder_argument(parser: ArgumentParser) -> None:
    """Let the command name a folder."""
    parser.add_argument("folder", nargs="?", type=Path, help=_("default: CHECKMARK_CONTENT"))


def named_folder(options: Options) -> Path:
    """Return the folder to work on; raise ``WrongUseError`` if there is none."""
    root: Path = options["folder"] or settings.CHECKMARK_CONTENT
    if not root.is_dir():
        raise WrongUseError(_("There is no folder %(folder)s.") % {"folder": root})
    return root


def read_courses(root: Path) -> list[CourseFolder]:
    """Return the courses in ``root``; raise ``WrongUseError`` if it has none to read."""
    with told_if_unusable(root):
        folders = read_content(root)
    if not folders:
        raise WrongUseError(
            _("There is no Markdown file (a name that ends in .md) in %(folder)s.")
            % {"folder": root}
        )
    return folders


@contextmanager
def told_if_unusable(root: Path) -> Iterator[None]:
    """Turn an ``OSError`` of work with ``root`` into a ``WrongUseError`` that says what it is."""
    try:
        yield
    except OSError as error:
        reason = {"path": error.filename or root, "reason": error.strerror or error}
        raise WrongUseError(_("%(path)s cannot be used: %(reason)s.") % reason) from error
