"""``manage.py backup``: the site, which may be in use, saved to one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from learn.backup.faults import BackupError
from learn.backup.site import save_site


class Command(BaseCommand):
    """Saves the site. Exit 0 saved and checked, 1 not saved."""

    help = "Saves this site to one file, while it is used, and checks the file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare where to."""
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help=_(
                "default: a new one in CHECKMARK_VAR/backups, of which the last 7 days, 4 weeks"
                " and 6 months are kept"
            ),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Save, and print where and how much."""
        try:
            saved = save_site(options["file"], at=timezone.now())
        except BackupError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            _("Saved and checked: %(file)s (%(contents)s).")
            % {"file": saved.file, "contents": saved.contents}
        )
        if saved.removed:
            self.stdout.write(_("Older ones removed: %(n)d.") % {"n": saved.removed})
