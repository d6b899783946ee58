"""``manage.py migrate``: Django's own, that can be ended at any moment and begun anew."""

from django.core.management.commands import migrate

from learn.serving.whole_migrations import WholeExecutor

# The command names its executor nowhere else.
vars(migrate)["MigrationExecutor"] = WholeExecutor


class Command(migrate.Command):
    """Updates the tables."""
