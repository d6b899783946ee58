"""WRITE: a migration together with the note that it was applied, or neither.

Django by itself may note it a moment after the tables have changed. A process that is ended in
between leaves a database in which the same tables are to be made once more, and no start can.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor


class WholeExecutor(MigrationExecutor):
    """Django's executor; each migration is one transaction with its note."""

    def apply_migration(self, state: Any, migration: Migration, *args: Any, **options: Any) -> Any:
        """Apply a migration; one that asks to be none is applied outside of a transaction."""
        if not migration.atomic:
            return super().apply_migration(state, migration, *args, **options)
        with _whole(self.connection):
            return super().apply_migration(state, migration, *args, **options)


@contextmanager
def _whole(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Do what is done in one transaction, in which tables may be replaced."""
    # SQLite takes no word about that within a transaction; its migrations check for themselves.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias):
            yield
    finally:
        connection.enable_constraint_checking()
