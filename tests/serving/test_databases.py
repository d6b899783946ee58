"""Databases at a start: up to date, of this release, and refused in a line where they are not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from learn.serving.databases import migrate_databases
from learn.serving.faults import ServeError

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def newer():
    """A database that a later release has had."""
    MigrationRecorder(connection).record_applied("quizzes", "9999_of_later")


@pytest.mark.usefixtures("newer")
def test_a_database_of_a_newer_release_is_refused():
    with pytest.raises(ServeError, match=r"newer release \(quizzes\.9999_of_later\)"):
        migrate_databases()


@pytest.mark.usefixtures("newer")
def test_a_command_that_needs_the_tables_says_so_in_a_line(tmp_path):
    with pytest.raises(CommandError, match="newer release") as caught:
        call_command("content", "sync", str(tmp_path))
    assert caught.value.returncode == 1


def test_what_other_packages_had_once_is_none_of_our_business():
    MigrationRecorder(connection).record_applied("account", "9999_of_later")
    assert migrate_databases() == []
