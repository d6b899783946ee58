"""Requests are shown what was there when they came, or later, however many read in one go."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from learn.models.snapshot import snapshot_of

pytestmark = pytest.mark.django_db
type Two = tuple[BaseDatabaseWrapper, BaseDatabaseWrapper]


def write(connection: BaseDatabaseWrapper, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES (%s)", [name])


def read(connection: Any) -> list[str]:
    return [name for (name,) in connection.run_prepared("SELECT name FROM word", [])[0]]


@pytest.fixture
def reader(two: Two) -> Iterator[BaseDatabaseWrapper]:
    """A connection that reads in one go what was there before another one wrote a second word."""
    first, second = two
    for connection in two:
        connection.ensure_connection()
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE word (name)")
    write(first, "one")
    with snapshot_of(first) as snapshot:
        came_at = time.monotonic()
        snapshot.cover(came_at)
        assert read(first) == ["one"]
        write(second, "two")
        snapshot.cover(came_at)
        assert read(first) == ["one"]
        yield first
    assert read(first)[:2] == ["one", "two"]


def test_who_came_after_a_change_is_shown_it(two: Two) -> None:
    first, second = two
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE word (name)")
    with snapshot_of(first) as snapshot:
        for names in (["one"], ["one", "two"], ["one", "two", "three"]):
            write(second, names[-1])
            snapshot.cover(time.monotonic())
            assert read(first) == names
    assert read(first) == ["one", "two", "three"]


def test_what_is_written_meanwhile_is_there_for_others_at_once(
    two: Two, reader: BaseDatabaseWrapper
) -> None:
    write(reader, "three")
    assert read(two[1]) == read(reader) == ["one", "two", "three"]


def test_statements_that_write_need_no_cursor_for_that(two: Two, reader: Any) -> None:
    reader.run_prepared("INSERT INTO word VALUES (%s)", ["three"])
    assert read(two[1]) == read(reader) == ["one", "two", "three"]


def test_a_transaction_begins_with_what_is_there(two: Two, reader: Any) -> None:
    keys = reader.run_together([("INSERT INTO word VALUES (%s) RETURNING name", ["three"])])
    assert keys == [["three"]]
    assert read(two[1]) == read(reader) == ["one", "two", "three"]


def test_a_connection_that_is_closed_meanwhile_reads_all(reader: BaseDatabaseWrapper) -> None:
    reader.close()
    reader.ensure_connection()
    assert read(reader) == ["one", "two"]
