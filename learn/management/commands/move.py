"""``manage.py move``: the whole site into another database."""

import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from learn.moving.faults import MoveError, MoveRefusedError
from learn.moving.move import Compared, compare_sites, move_site

WRONG_USE = 2


class Command(BaseCommand):
    """Carries a site over and compares. Exit 0 all the same, 1 differences, 2 wrong use."""

    help = "Carries this site over to an empty database and compares every table."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the address and the way to compare only."""
        parser.add_argument(
            "target",
            metavar="TARGET_URL",
            help=_("As in DATABASE_URL: postgresql://… or sqlite:///…"),
        )
        parser.add_argument(
            "--compare", action="store_true", help=_("Only compare; nothing is written.")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Move or compare, and print a line for each table."""
        url = options["target"]
        try:
            compared = compare_sites(url) if options["compare"] else move_site(url, say=self.say)
        except MoveRefusedError as fault:
            raise CommandError(str(fault), returncode=WRONG_USE) from fault
        except MoveError as fault:
            raise CommandError(str(fault)) from fault
        for line in lines_of(compared):
            self.say(line)
        if not all(table.is_same for table in compared):
            sys.exit(1)

    def say(self, line: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(line)
        self.stdout.flush()


def lines_of(compared: Iterable[Compared]) -> list[str]:
    """Return a table of all tables with rows, and a sentence that sums it up."""
    filled = [table for table in compared if table.source.rows or table.target.rows]
    lines = [f"{'':28}{_('rows'):>12}{'':>14}{_('rows there'):>14}{'':>14}"]
    for table in filled:
        here, there = table.source, table.target
        counts = f"{here.rows:>12}  {here.checksum}{there.rows:>14}  {there.checksum}"
        mark = "" if table.is_same else _("DIFFERS")
        lines.append(f"{table.table:28}{counts}  {mark}".rstrip())
    differing = [table.table for table in filled if not table.is_same]
    if differing:
        return [*lines, _("Different: %(tables)s.") % {"tables": ", ".join(differing)}]
    rows = sum(table.source.rows for table in filled)
    return [
        *lines,
        _("All the same: %(rows)d rows in %(tables)d tables.")
        % {"rows": rows, "tables": len(filled)},
    ]
