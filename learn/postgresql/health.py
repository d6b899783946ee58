"""Whether a connection that waited in the pool still leads to the server."""

import select
import time
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg_pool import ConnectionPool

BRIEFLY_SECONDS = 10.0

_lent_at: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


def check_connection(connection: Connection[Any]) -> None:
    """Raise ``psycopg.OperationalError`` where the connection leads to the server no more.

    A server that closes a connection says so, and nothing else is said to one that waits. So one
    that was lent a moment ago is asked only where there is something to read: to ask takes as long
    as a query. What lies between, which may forget a connection without a word, takes longer.
    """
    now = time.monotonic()
    waits_briefly = now - _lent_at.get(connection, 0.0) < BRIEFLY_SECONDS
    _lent_at[connection] = now
    if waits_briefly and not _says_something(connection):
        return
    ConnectionPool.check_connection(connection)


def _says_something(connection: Connection[Any]) -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
