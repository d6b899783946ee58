"""``content sync``: make the site show what the content folder holds."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from learn.authoring.report import format_text
from learn.loading import sync_content
from learn.management.content_commands.subcommand import (
    FINE,
    PROBLEMS_FOUND,
    Options,
    Subcommand,
    Write,
    WrongUseError,
)
from learn.rendering import Renderer


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, help="default: CHECKMARK_CONTENT")


def _run(options: Options, write: Write) -> int:
    root: Path = options["folder"] or settings.CHECKMARK_CONTENT
    if not root.is_dir():
        raise WrongUseError(f"There is no folder {root}.")
    with Renderer() as renderer:
        report = sync_content(root, at=timezone.now(), renderer=renderer)
    if problems := format_text(report.problems, report.sources):
        write(problems)
        write("")
    for line in report.lines:
        write(line)
    return PROBLEMS_FOUND if report.held_back else FINE


COMMAND = Subcommand("sync", "publish what changed in a content folder", _add_arguments, _run)
