"""``manage.py serve``: the product, running."""

import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from learn.serving.faults import ServeError
from learn.serving.start import ServeOptions, serve

WRONG_USE = 2


class Command(BaseCommand):
    """Serves the courses of a folder."""

    help = "Serves the courses of a folder of Markdown. Ctrl+C stops it."

    # The start runs them itself, once the folders that they look for are there.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--host", default="127.0.0.1", help=_("The address to listen on."))
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument("--workers", type=worker_count, default=2)
        parser.add_argument(
            "--content",
            type=Path,
            metavar="FOLDER",
            help=_("The folder of Markdown to serve; default: CHECKMARK_CONTENT"),
        )
        parser.add_argument(
            "--no-content",
            action="store_true",
            help=_("Publish no folder: another machine does, and this one serves what is there."),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve until told to stop. Exits with 1 when that cannot be, 2 for wrong use."""
        if options["content"] and options["no_content"]:
            raise CommandError(
                _(
                    "--content names a folder to publish, and --no-content says to publish none: "
                    "leave one of them out."
                ),
                returncode=WRONG_USE,
            )
        content: Path = options["content"] or settings.CHECKMARK_CONTENT
        wanted = ServeOptions(
            host=options["host"],
            port=options["port"],
            workers=options["workers"],
            content=content.expanduser().absolute(),
            loads=not options["no_content"],
        )
        try:
            serve(wanted, say=self.say, warn=self.stderr.write)
        except ServeError as fault:
            self.stderr.write(str(fault))
            sys.exit(1)

    def say(self, line: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(line)
        self.stdout.flush()


def port_number(text: str) -> int:
    """Return the port that the text names; 0 lets the system choose."""
    return _number(text, lowest=0, highest=65535)


def worker_count(text: str) -> int:
    """Return the number of worker processes that the text names."""
    return _number(text, lowest=1, highest=64)


def _number(text: str, *, lowest: int, highest: int) -> int:
    """Return the number in the text; raises ``ArgumentTypeError`` when it is not in the range."""
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        raise ArgumentTypeError(
            _("%(text)s is no number from %(lowest)d to %(highest)d")
            % {"text": text, "lowest": lowest, "highest": highest}
        )
    return int(text)
