"""All sub-commands of ``manage.py content``. A new one is a module and a line here."""

from learn.management.content_commands import check, explain, sync
from learn.management.content_commands.subcommand import Subcommand

SUBCOMMANDS: dict[str, Subcommand] = {
    command.name: command
    for command in (
        check.COMMAND,
        explain.COMMAND,
        sync.COMMAND,
    )
}
