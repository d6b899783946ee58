"""The address belongs to one server, whose processes share its connections."""

import socket
import sys
from contextlib import suppress

import pytest

from learn.serving.faults import ServeError
from learn.serving.port import listen, reserve

CONNECTIONS = 100


def accepted(listener: socket.socket) -> int:
    """Count what waits at a socket."""
    number = 0
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            number += 1
    return number


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not spread connections")
@pytest.mark.parametrize("workers", [2, 3])
def test_no_process_takes_all_connections(workers: int) -> None:
    listeners = listen(reserve("127.0.0.1", 0), workers)
    address = listeners[0].getsockname()
    clients = [socket.create_connection(address) for _ in range(CONNECTIONS)]
    shares = [accepted(listener) for listener in listeners]
    assert sum(shares) == CONNECTIONS
    # Below this once in more than ten million runs.
    assert min(shares) > CONNECTIONS / workers / 4
    for each in [*clients, *listeners]:
        each.close()


def test_a_second_server_is_refused() -> None:
    listeners = listen(reserve("127.0.0.1", 0), 2)
    port = listeners[0].getsockname()[1]
    with pytest.raises(ServeError, match="in use"):
        reserve("127.0.0.1", port)
    for listener in listeners:
        listener.close()


def test_a_page_that_leaves_in_two_parts_waits_for_no_word_from_the_browser() -> None:
    [listener] = listen(reserve("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()):
        listener.setblocking(True)
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_an_address_of_another_machine_is_named_as_such() -> None:
    with pytest.raises(ServeError, match=r"192\.0\.2\.1 is no address of this machine"):
        reserve("192.0.2.1", 8000)
