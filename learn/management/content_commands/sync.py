"""``content sync``: make the site show what the content folder holds."""

import sys

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from learn.authoring.report import format_text
from learn.collecting import collecting_rarely
from learn.loading import sync_content
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
    WrongUseError,
)
from learn.rendering import Renderer, processors
from learn.serving.databases import migrate_databases
from learn.telling import Counter


def _run(options: Options, write: Write) -> int:
    root = named_folder(options)
    # On a new machine this may be the first command of all.
    migrate_databases()
    try:
        with (
            told_if_unusable(root),
            collecting_rarely(),
            Counter(sys.stderr, keeps_log=True),
            Renderer(children=processors()) as renderer,
        ):
            report = sync_content(root, at=timezone.now(), renderer=renderer)
    except OperationalError as error:
        reason = {"reason": str(error).strip().partition("\n")[0]}
        raise WrongUseError(
            _("The database cannot be used just now: %(reason)s") % reason
        ) from error
    if problems := format_text(report.problems, report.sources):
        write(problems)
        write("")
    for line in report.lines:
        write(line)
    return FINE if report.is_fine else PROBLEMS_FOUND


COMMAND = Subcommand("sync", "publish what changed in a content folder", add_folder_argument, _run)
