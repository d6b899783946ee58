"""Django's engine for SQLite, where transactions that write take turns.

SQLite itself waits for a lock by sleeping 1, 2, 5, 10 and up to 100 ms, while a transaction of ours
takes less than one: under load most of the time was slept away.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, transaction
from django.db.backends.sqlite3 import base

from learn.sqlite.disk import create_privately, fault_of
from learn.sqlite.log import keeps_log, wait_for_disk
from learn.sqlite.patience import NotNowError, patience
from learn.sqlite.turns import turns_at

STEP_SECONDS = 0.001
PATIENCE_SECONDS = 0.05
"""How long a turn is waited for before trying without."""
SQLITE_BUSY = 5
DEFAULT_TIMEOUT = 5.0


type Later = Callable[[list[list[Any]]], Sequence[Any]]
"""Gives the values of a statement from what the statements before it gave."""


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; a statement that comes again is put into SQLite's style once."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """Return the statement as SQLite wants it."""
        if param_names is None:
            return _in_sqlite_style(query)
        return super().convert_query(query, param_names=param_names)


class _NoRowError(Exception):
    """A statement gave no row."""


def _keys(
    run: Callable[[str, Sequence[Any]], list[Any]],
    statements: Sequence[tuple[str, Sequence[Any] | Later]],
) -> list[list[Any]]:
    """Run statements and return the first value of each row of each; each must give one."""
    keys: list[list[Any]] = []
    for statement, values in statements:
        rows = run(statement, values(keys) if callable(values) else values)
        if not rows:
            raise _NoRowError
        keys.append([row[0] for row in rows])
    return keys


@lru_cache(maxsize=1024)
def _in_sqlite_style(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to a SQLite file."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._turns = turns_at(str(self.settings_dict["NAME"]))
        self._is_in_turn = False
        self._keeps_log = False
        self._leaves_disk_to_us = False
        self._has_snapshot = False
        self._debugs = settings.DEBUG

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Return a new connection of Python's module."""
        if not self.is_in_memory_db():
            create_privately(Path(self.settings_dict["NAME"]))
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        self._keeps_log, self._leaves_disk_to_us = keeps_log(connection), False
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Return a new cursor, which may write."""
        self._leave_snapshot()
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def run_prepared(self, statement: str, values: Sequence[Any]) -> tuple[list[Any], int]:
        """Return the rows that a statement gives, and how many it changed.

        It is for statements that come again and again: Django's layers around a cursor take longer
        than SQLite takes to answer. Somebody who listens to them hears it all the same.
        """
        if self.connection is None or self._is_heard:
            with self.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall(), cursor.rowcount
        self.validate_no_broken_transaction()
        if not statement.startswith("SELECT"):
            self._leave_snapshot()
        with self.wrap_database_errors:
            ran = self.connection.execute(_in_sqlite_style(statement), values)
            return ran.fetchall(), ran.rowcount

    def without_time_limit(self) -> AbstractContextManager[None]:
        """Let statements take what they take; here nothing limits them."""
        return nullcontext()

    def disk_fault(self) -> str:
        """Return what is the matter with the file that connections do not notice, or nothing."""
        return "" if self.is_in_memory_db() else fault_of(Path(self.settings_dict["NAME"]))

    def take_snapshot(self) -> None:
        """Have ``run_prepared`` read the database as it is now, until something else is done.

        Statements that read each for itself lock the file each time, and forget all of it as soon
        as another process has written. Raises ``django.db.Error``.
        """
        self.drop_snapshot()
        if self._keeps_log and self.connection is not None and not self.in_atomic_block:
            with self.wrap_database_errors:
                self.connection.execute("BEGIN")
            self._has_snapshot = True

    def drop_snapshot(self) -> None:
        """Have what is read be read as it is then."""
        if self._has_snapshot:
            self._has_snapshot = False
            try:
                self.connection.execute("END")
            except sqlite3.Error:
                # A fault of the disk may have ended it; whatever it was, nothing is written in it.
                self.close()

    def _leave_snapshot(self) -> None:
        """Have what comes be done on what is there then. Raises ``django.db.Error``."""
        self.drop_snapshot()
        # Whoever cannot be connected to is told of by whoever asks for something.
        self.ensure_connection()

    @property
    def _is_heard(self) -> bool:
        """Say whether somebody listens to Django's layers around a cursor."""
        return bool(self.force_debug_cursor or self._debugs or self.execute_wrappers)

    def run_together(
        self, statements: Sequence[tuple[str, Sequence[Any] | Later]]
    ) -> list[list[Any]] | None:
        """Run statements in one transaction; return the first value of each row of each.

        The values of one may be made from what those before it gave. None where one gives no row;
        then nothing is written.
        """
        try:
            if self.connection is None or self.in_atomic_block or self._is_heard:
                with transaction.atomic(using=self.alias):
                    return _keys(lambda *each: self.run_prepared(*each)[0], statements)
            with self.wrap_database_errors:
                return self._run_alone(statements)
        except _NoRowError:
            return None

    def _run_alone(
        self, statements: Sequence[tuple[str, Sequence[Any] | Later]]
    ) -> list[list[Any]]:
        """Do the same without what Django's layers do to transactions within transactions."""
        self._start_transaction_under_autocommit()
        try:
            run = self.connection.execute
            keys = _keys(
                lambda statement, values: run(_in_sqlite_style(statement), values).fetchall(),
                statements,
            )
            self.commit()
        except BaseException:
            self._undo()
            raise
        return keys

    def _undo(self) -> None:
        """Roll back; a connection that cannot even do that is of no more use."""
        try:
            self.rollback()
        except Error:
            self.close()

    def _start_transaction_under_autocommit(self) -> None:
        """Begin; wait as long as the option ``timeout`` allows, in seconds, for whoever writes.

        Raises ``OperationalError`` when that was not enough, and ``NotNowError`` where others wait.
        """
        self._leave_snapshot()
        self._leave_disk_to_us(self._keeps_log)
        try:
            self._is_in_turn = self._turns.take(PATIENCE_SECONDS)
            with self.wrap_database_errors:
                if self._is_in_turn:
                    # For somebody who writes all the same, out of turn or from elsewhere, SQLite
                    # itself waits.
                    self._begin()
                elif patience.is_brief:
                    raise NotNowError
                else:
                    self._begin_out_of_turn()
        except BaseException:
            self._end_turn()
            self._leave_disk_to_us(False)
            raise
        # Without a token too: if it was lost, its end makes a new one.
        self._is_in_turn = True

    def _begin_out_of_turn(self) -> None:
        """Begin as soon as nobody writes, or it is our turn after all."""
        timeout = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT))
        until = time.monotonic() + timeout
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while not self._has_begun(until):
                self._is_in_turn = self._is_in_turn or self._turns.take(PATIENCE_SECONDS)
                if self._is_in_turn:
                    time.sleep(STEP_SECONDS)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {round(1000 * timeout)}")

    def _has_begun(self, until: float) -> bool:
        """Try to begin; return False where somebody else writes and there is time left."""
        try:
            self._begin()
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == SQLITE_BUSY
            if not is_busy or time.monotonic() > until:
                raise
            return False
        return True

    def _begin(self) -> None:
        # Not by Django's cursor: out of turn most tries are in vain, and cost as much as a query.
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit, let the next one write, and return when the disk has it."""
        try:
            super().commit()
            # What has written something is not begun anew.
            patience.is_brief = False
        finally:
            self._end_turn()
        if self._leaves_disk_to_us:
            self._leave_disk_to_us(False)
            wait_for_disk(str(self.settings_dict["NAME"]))

    def rollback(self) -> None:
        """Roll back, and let the next one write."""
        try:
            super().rollback()
        finally:
            self._end_turn()
        self._leave_disk_to_us(False)

    def close(self) -> None:
        """Close the connection; what was begun is rolled back, and the next one may write."""
        self._has_snapshot = False
        try:
            super().close()
        finally:
            self._end_turn()

    def _leave_disk_to_us(self, is_left: bool) -> None:
        """Have SQLite itself wait for the disk at the end of a transaction, or not.

        It takes no such word within one.
        """
        if is_left != self._leaves_disk_to_us:
            self.connection.execute(f"PRAGMA synchronous = {'NORMAL' if is_left else 'FULL'}")
            self._leaves_disk_to_us = is_left

    def _end_turn(self) -> None:
        if self._is_in_turn:
            self._is_in_turn = False
            self._turns.hand_on()
