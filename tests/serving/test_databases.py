"""Databases at a start and while the site runs: what is wrong with one is told in a line."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from learn.environment import databases_at
from learn.serving.databases import migrate_databases, require_writable
from learn.serving.faults import ServeError
from learn.sqlite.disk import fault_of
from tests.nobody import as_nobody, folder_for_all
from tests.serving.site import Site, make_content

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


def test_a_file_that_may_not_be_written_is_noticed_at_once():
    with folder_for_all() as folder:
        folder.chmod(0o777)
        settings = databases_at(f"sqlite:///{folder}/site.sqlite3", folder)["default"]
        own = ConnectionHandler({"default": settings})["default"]
        require_writable(own)
        own.close()
        (folder / "site.sqlite3").chmod(0o444)
        with as_nobody(), pytest.raises(OperationalError, match="readonly"):
            require_writable(own)
        own.close()


def test_what_the_disk_does_to_a_file_is_told(tmp_path: Path):
    file = tmp_path / "site.sqlite3"
    assert fault_of(file) == "database file gone"
    file.touch()
    assert fault_of(file) == ""
    # Linux's own disk without any room.
    assert fault_of(Path("/proc/version")) == "disk full"


@pytest.mark.server
def test_a_file_that_is_gone_is_told_though_the_server_has_it_open(tmp_path: Path):
    with Site(tmp_path / "var", make_content(tmp_path / "content")) as site:
        site.wait_until_ready()
        (tmp_path / "var" / "checkmark.sqlite3").unlink()
        assert site.get("/healthz")[0] == 503
