"""``content export``: bring what was published in the studio into the content folder."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from learn.exporting import ExportReport, copy_content, export_content
from learn.management.content_commands.folder import add_folder_argument
from learn.management.content_commands.subcommand import (
    FINE,
    PROBLEMS_FOUND,
    Options,
    Subcommand,
    Write,
    WrongUseError,
)
from learn.models import Course
from learn.serving.databases import migrate_databases
from learn.telling import Counter


def _add_arguments(parser: ArgumentParser) -> None:
    add_folder_argument(parser)
    parser.add_argument("--course", metavar="SLUG", help="only this course")
    parser.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help="copy everything into an empty folder instead, and agree on nothing",
    )


def _run(options: Options, write: Write) -> int:
    # On a new machine this may be the first command of all.
    migrate_databases()
    root: Path = options["to"] or options["folder"] or settings.CHECKMARK_CONTENT
    try:
        with Counter(sys.stderr):
            report = _export(root, options)
    except OSError as error:
        reason = {"folder": root, "reason": error.strerror or error}
        raise WrongUseError(
            _("The folder %(folder)s cannot be written: %(reason)s.") % reason
        ) from error
    for line in report.lines:
        write(line)
    return FINE if report.is_fine else PROBLEMS_FOUND


def _export(root: Path, options: Options) -> ExportReport:
    """Write into the folder ``root``, which is made if need be."""
    slug = options["course"]
    if slug and not Course.objects.filter(slug=slug, retired_at=None).exists():
        raise WrongUseError(_("There is no course %(slug)s.") % {"slug": slug})
    if options["to"] and (options["folder"] or slug):
        raise WrongUseError(_("--to copies everything; it takes no folder and no course."))
    root.mkdir(parents=True, exist_ok=True)
    if options["to"]:
        if any(root.iterdir()):
            raise WrongUseError(_("The folder %(folder)s is not empty.") % {"folder": root})
        return copy_content(root.resolve())
    return export_content(root.resolve(), slug=slug)


COMMAND = Subcommand(
    "export", "write what was published in the studio into the folder", _add_arguments, _run
)
