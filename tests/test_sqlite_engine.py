"""No site runs on a SQLite engine that can lose data."""

import sqlite3
import time
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from threading import Timer
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from learn.checks import Version, check_sqlite_engine, has_wal_reset_bug
from learn.sqlite.log import wait_for_disk
from learn.storage_faults import storage_fault_of
from tests.figures import Show

AFFECTED = [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 9), (3, 50, 4), (3, 50, 6), (3, 51, 2)]
SOUND = [(3, 6, 23), (3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 52, 0), (3, 53, 4), (4, 0, 0)]
VERSIONS = [*((version, True) for version in AFFECTED), *((version, False) for version in SOUND)]


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Settings of a site in production that uses SQLite."""
    settings = SimpleNamespace(DATABASES={"default": {"ENGINE": "learn.sqlite"}}, DEBUG=False)
    monkeypatch.setattr("learn.checks.settings", settings)
    monkeypatch.delenv("CHECKMARK_ACCEPT_SQLITE", raising=False)
    return settings


@pytest.mark.parametrize(("version", "has_bug"), VERSIONS)
def test_which_releases_have_the_bug(version: Version, has_bug: bool) -> None:
    assert has_wal_reset_bug(version) is has_bug


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(("version", "has_bug"), VERSIONS)
def test_production_refuses_releases_with_the_bug(version: Version, has_bug: bool) -> None:
    found = check_sqlite_engine(version=version)
    assert [(message.id, message.is_serious()) for message in found] == [
        ("learn.E001", True)
    ] * has_bug
    assert all(".".join(map(str, version)) in message.msg for message in found)
    assert all(message.hint and "pysqlite3" in message.hint for message in found)


def test_debug_warns(production: SimpleNamespace) -> None:
    production.DEBUG = True
    [message] = check_sqlite_engine(version=(3, 40, 1))
    assert (message.id, message.is_serious()) == ("learn.W001", False)


@pytest.mark.usefixtures("production")
def test_operator_may_accept_the_risk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKMARK_ACCEPT_SQLITE", "1")
    assert check_sqlite_engine(version=(3, 40, 1)) == []


def test_postgresql_needs_no_sqlite(production: SimpleNamespace) -> None:
    production.DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}
    assert check_sqlite_engine(version=(3, 40, 1)) == []


@pytest.mark.server  # on PostgreSQL there is nothing to see
@pytest.mark.skipif(find_spec("pysqlite3") is None, reason="no wheel for this machine")
@pytest.mark.django_db
def test_the_bundled_engine_is_in_use() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        assert cursor.fetchone() == (sqlite3.sqlite_version,)
    assert type(connections["default"].connection).__mro__[1].__module__.startswith("pysqlite3")
    assert not has_wal_reset_bug(sqlite3.sqlite_version_info)
    assert check_sqlite_engine() == []


def begin(connection: BaseDatabaseWrapper) -> None:
    """Begin a transaction."""
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: BaseDatabaseWrapper) -> None:
    """Commit it."""
    connection.commit()
    connection.set_autocommit(True)


@pytest.mark.django_db
def test_a_transaction_begins_as_soon_as_the_one_before_has_ended(
    two: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper], show: Show
) -> None:
    first, second = two
    waits = []
    for _ in range(10):
        begin(first)
        timer = Timer(0.05, end, [first])
        timer.start()
        due = time.monotonic() + 0.05
        begin(second)
        waits.append(time.monotonic() - due)
        timer.join()
        end(second)
    show(f"a writer begins {1000 * median(waits):.1f} ms after the one before has ended")
    assert median(waits) < 0.01  # SQLite's own steps are of 10 to 25 ms by then


@pytest.mark.django_db
def test_who_waited_long_enough_is_told_so(
    two: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper],
) -> None:
    first, second = two
    begin(first)
    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked") as caught:
        begin(second)
    assert 0.4 < time.monotonic() - began < 2
    assert storage_fault_of(caught.value) == "busy"
    end(first)


def level(connection: BaseDatabaseWrapper) -> int:
    """How SQLite itself waits for the disk: 2 is FULL."""
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA synchronous").fetchone()[0])


@pytest.mark.django_db
def test_who_committed_waits_for_the_disk_while_the_next_one_writes(
    two: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    waited_for: list[str] = []

    def wait(database: str) -> None:
        waited_for.append(database)
        if len(waited_for) == 1:
            begin(second)
            end(second)

    monkeypatch.setattr("learn.sqlite.base.wait_for_disk", wait)
    begin(first)
    end(first)
    assert waited_for == [str(first.settings_dict["NAME"])] * 2
    assert (level(first), level(second)) == (2, 2)


@pytest.mark.django_db
def test_others_may_go_on_before_the_disk_is_waited_for(
    two: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper], monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    monkeypatch.setattr("learn.sqlite.log.meanwhile", [lambda: happened.append("others go on")])
    monkeypatch.setattr("os.fsync", lambda _file: happened.append("the disk has it"))
    begin(two[0])
    end(two[0])
    assert happened == ["others go on", "the disk has it"]


@pytest.mark.django_db
def test_outside_of_a_transaction_sqlite_waits_itself(
    two: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper],
) -> None:
    first, second = two
    begin(first)
    with pytest.raises(OperationalError):
        begin(second)
    assert level(second) == 2
    first.rollback()
    first.set_autocommit(True)
    assert level(first) == 2


@pytest.mark.django_db
def test_after_a_commit_that_failed_sqlite_waits_itself(
    two: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper],
) -> None:
    first = two[0]
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE a (id integer PRIMARY KEY)")
        cursor.execute("CREATE TABLE b (a integer REFERENCES a DEFERRABLE INITIALLY DEFERRED)")
    begin(first)
    with first.cursor() as cursor:
        cursor.execute("INSERT INTO b VALUES (1)")
    with pytest.raises(IntegrityError):
        first.commit()
    first.rollback()
    first.set_autocommit(True)
    assert level(first) == 2


INSERT = "INSERT INTO a (id) VALUES (%s) RETURNING id"
NOTHING = ("UPDATE a SET id = id WHERE id = %s RETURNING id", [99])


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["", "no row", "twice", "disk", "no way back"])
def test_statements_together_are_all_written_or_none(
    two: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper],
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
) -> None:
    first: Any = two[0]
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE a (id integer PRIMARY KEY)")
    statements = [(INSERT, [1]), (INSERT, [1 if fault in {"twice", "no way back"} else 2])]
    if fault == "no row":
        assert first.run_together([*statements, NOTHING]) is None
    elif fault == "disk":
        with monkeypatch.context() as patch:
            patch.setattr("learn.sqlite.log.os.fsync", failing)
            with pytest.raises(OperationalError, match="Input/output"):
                first.run_together(statements)
    elif fault:
        with monkeypatch.context() as patch:
            if fault == "no way back":
                patch.setattr(type(first), "_rollback", failing)
            with pytest.raises(IntegrityError):
                first.run_together(statements)
    else:
        assert first.run_together(statements) == [[1], [2]]
    # Whatever happened, the next one may write at once, and then this one again.
    for connection in (two[1], first):
        connection.ensure_connection()
        assert level(connection) == 2
        begin(connection)
        end(connection)
    # Who is told of the disk's fault has written all the same, and sends it again.
    assert rows(first) == ([1, 2] if fault in {"", "disk"} else [])


def failing(*_arguments: object) -> None:
    raise OperationalError("Input/output error")


def rows(connection: BaseDatabaseWrapper) -> list[int]:
    with connection.cursor() as cursor:
        return [row[0] for row in cursor.execute("SELECT id FROM a ORDER BY id").fetchall()]


@pytest.mark.django_db
def test_a_disk_that_fails_is_told(
    two: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_file: int) -> None:
        raise OSError(5, "Input/output error")

    begin(two[0])
    monkeypatch.setattr("learn.sqlite.log.os.fsync", fail)
    with pytest.raises(OperationalError, match="Input/output"):
        two[0].commit()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="a file's name is told by Linux")
def test_what_is_waited_for_is_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "site.sqlite3"
    waited_for: list[Path] = []
    monkeypatch.setattr(
        "learn.sqlite.log.os.fsync",
        lambda file: waited_for.append(Path(f"/proc/self/fd/{file}").resolve()),
    )
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (a)")
        wait_for_disk(str(database))
    assert waited_for == [tmp_path / "site.sqlite3-wal"]
