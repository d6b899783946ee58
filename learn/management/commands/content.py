"""``manage.py content``: check the course folders, and what else is done with them."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learn.management.content_commands.registry import SUBCOMMANDS
from learn.management.content_commands.subcommand import WrongUseError
from learn.serving.faults import ServeError

WRONG_USE = 2


class Command(BaseCommand):
    """Hands over to a sub-command. Exit 0 fine, 1 problems found, 2 wrong use."""

    help = "Check and load course folders."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add each sub-command with its own arguments."""
        choices = parser.add_subparsers(dest="subcommand", required=True)
        for name, command in SUBCOMMANDS.items():
            command.add_arguments(choices.add_parser(name, help=command.help))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the sub-command and exit with its code."""
        try:
            code = SUBCOMMANDS[options["subcommand"]].run(options, self.stdout.write)
        except WrongUseError as error:
            raise CommandError(str(error), returncode=WRONG_USE) from error
        except ServeError as fault:
            raise CommandError(str(fault)) from fault
        if code:
            sys.exit(code)
