"""All sub-commands of ``manage.py content``. A new one is a module and a line here."""

from learn.management.content_commands import check, explain, export, fix, new, sync, watch
from learn.management.content_commands.subcommand import Subcommand

SUBCOMMANDS: dict[str, Subcommand] = {
    command.name: command
    for command in (
        check.COMMAND,
        explain.COMMAND,
        export.COMMAND,
        fix.COMMAND,
        new.COMMAND,
        sync.COMMAND,
        watch.COMMAND,
    )
}
