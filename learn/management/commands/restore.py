"""``manage.py restore``: a saved site in the place of this one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from learn.backup.faults import BackupError
from learn.backup.files import contents_of
from learn.backup.site import restore_site


class Command(BaseCommand):
    """Brings a site back. Exit 0 done, 1 nothing was changed."""

    help = "Puts a saved site in the place of this one, which must be stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what from, and the way to check only."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--verify", action="store_true", help=_("Only check the file; nothing is changed.")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check or bring back, and say what came of it."""
        file = options["file"]
        try:
            if options["verify"]:
                contents = contents_of(file)
                self.stdout.write(
                    _("%(file)s is sound (%(contents)s).") % {"file": file, "contents": contents}
                )
                return
            restored = restore_site(file, at=timezone.now())
        except BackupError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            _("Brought back (%(contents)s). Everybody has to sign in again.")
            % {"contents": restored.contents}
        )
        if restored.kept:
            self.stdout.write(_("What was there is kept in %(file)s.") % {"file": restored.kept})
