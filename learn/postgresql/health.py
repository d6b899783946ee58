"""Whether a connection that waited in the pool still leads to the server."""

import select
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool


def check_connection(connection: Connection[Any]) -> None:
    """Raise ``psycopg.OperationalError`` where the server has closed the connection.

    A server that goes says so, and nothing else is said to a connection that waits. So only where
    there is something to read the server is asked, which takes as long as a query.
    """
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        ConnectionPool.check_connection(connection)
