"""Databases at a start and while the site runs: what is wrong with one is told in a line."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from learn.environment import databases_at
from learn.serving.databases import migrate_databases, require_writable
from learn.serving.faults import ServeError
from learn.sqlite.disk import RUINED, fault_of
from tests.nobody import as_nobody, folder_for_all
from tests.serving.person import Person
from tests.serving.site import Site, make_content
from tests.serving.test_answers_survive import CHECK, COURSE

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
    file.write_text("no database" * 1000)
    assert fault_of(file) == RUINED
    # Linux's own disk without any room.
    assert fault_of(Path("/proc/version")) == "disk full"


@pytest.mark.server
def test_a_file_that_is_gone_is_told_though_the_server_has_it_open(tmp_path: Path):
    with Site(tmp_path / "var", make_content(tmp_path / "content")) as site:
        site.wait_until_ready()
        (tmp_path / "var" / "checkmark.sqlite3").unlink()
        assert site.get("/healthz")[0] == 503


@pytest.mark.server
# All of it, and what lies behind its first pages: connections go on, with what they have read.
@pytest.mark.parametrize("begin", [0, 120_000])
def test_a_file_that_is_ruined_while_the_site_runs_is_told_to_everybody(tmp_path: Path, begin: int):
    (tmp_path / "content" / "sea").mkdir(parents=True)
    (tmp_path / "content" / "sea" / "sea.md").write_text(COURSE)
    with Site(tmp_path / "var", tmp_path / "content") as site:
        site.wait_until_ready()
        people = [Person(f"http://127.0.0.1:{site.port}") for _ in range(4)]
        questions = [person.get(CHECK) for person in people]
        ruin(tmp_path / "var" / "checkmark.sqlite3", begin)
        for person, question in zip(people, questions, strict=True):
            for by_htmx in (True, False):
                with pytest.raises(HTTPError, match="503"):
                    person.answer(question, by_htmx=by_htmx)
        status, page = site.get("/search/?q=moon")
        assert status == 503
        assert "The site cannot answer just now" in page
        # Whichever worker is asked, and whatever it has read before.
        assert [site.get("/healthz") for _ in range(8)] == [(503, f"{RUINED}\n")] * 8
        assert "Traceback" not in site.err
        assert "`manage.py restore` brings a backup back" in site.err


def ruin(file: Path, begin: int) -> None:
    """Overwrite a database from there on, as a disk that fails may."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.stat().st_size
    with file.open("r+b") as pages:
        pages.seek(begin)
        pages.write(b"\xa5" * (size - begin))
