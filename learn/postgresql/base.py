"""Django's engine for PostgreSQL, with statements that the server plans once.

Planning takes PostgreSQL three times as long as answering what every page and every answer asks.
Django puts values into the text of a statement, so that each is a new one; here they go beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg import Connection
from psycopg_pool import PoolTimeout

from learn.postgresql.away import away_at

CURSOR = "cursor_of_prepared_statements"
LOOK_SECONDS = 2
"""How long a server that is away is looked for; the least that PostgreSQL's library takes."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to a PostgreSQL database."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        settings = self.settings_dict
        self._away = away_at(f"{settings['HOST']}/{settings['NAME']}")

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """Return a connection, as a rule out of the pool.

        Whoever finds the server away waits as long as the pool does, and those who come after not
        at all. Raises ``AwayError``, and ``psycopg.OperationalError`` where all are lent.
        """
        if not self.pool:
            return self._connected(conn_params)
        shortly = {**conn_params, "connect_timeout": LOOK_SECONDS}
        if self._away.is_known:
            self._away.look(lambda: Connection.connect(**shortly))
        try:
            return self._connected(conn_params)
        except PoolTimeout:
            self._away.look(lambda: Connection.connect(**shortly))
        # It is there, so others have them all.
        return self._connected(conn_params)

    def _connected(self, conn_params: dict[str, Any]) -> Connection[Any]:
        connection: Connection[Any] = super().get_new_connection(conn_params)
        return connection

    def get_connection_params(self) -> dict[str, Any]:
        """Return what a connection is opened with; only ``run_prepared`` prepares statements."""
        params: dict[str, Any] = super().get_connection_params()
        return {**params, "prepare_threshold": 0}

    def run_prepared(self, statement: str, values: Sequence[Any]) -> tuple[list[Any], int]:
        """Return the rows that a statement gives, and how many it changed.

        It is for statements that come again with other values.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        self.validate_no_broken_transaction()
        if self.queries_logged or self.execute_wrappers:
            with self.wrap_database_errors:
                cursor = _wrapped(self, _new_cursor(self.connection))
            with self.wrap_database_errors, cursor:
                return _run(cursor, statement, values)
        with self.wrap_database_errors:
            return _run(_cursor_of(self.connection), statement, values)

    def disk_fault(self) -> str:
        """Return nothing: the server minds its disk."""
        return ""

    @contextmanager
    def without_time_limit(self) -> Iterator[None]:
        """Let statements take what they take, in a transaction: for commands, and for no page."""
        # It holds to the end of a transaction, so it is not for the inside of another one.
        with transaction.atomic(using=self.alias, durable=True):
            with self.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
            yield


def _run(cursor: Any, statement: str, values: Sequence[Any]) -> tuple[list[Any], int]:
    cursor.execute(statement, values)
    # Not by ``description``, which is drawn up anew each time.
    has_rows = cursor.pgresult is not None and cursor.pgresult.nfields > 0
    return cursor.fetchall() if has_rows else [], cursor.rowcount


def _cursor_of(connection: Any) -> Any:
    """Return the one cursor of a connection that such statements go through.

    It has found out how values of each type are written and read; a new one takes twice as long.
    """
    cursor = getattr(connection, CURSOR, None)
    if cursor is None:
        cursor = _new_cursor(connection)
        setattr(connection, CURSOR, cursor)
    return cursor


# Both are left out of Django's stubs.
_wrapped: Callable[[DatabaseWrapper, Any], CursorWrapper] = vars(BaseDatabaseWrapper)[
    "_prepare_cursor"
]
_new_cursor: Callable[[Any], Any] = vars(base)["ServerBindingCursor"]
