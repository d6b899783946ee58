"""The address that the server listens on: taken by this process alone, or refused."""

import errno
import os
import socket
import sys

from django.utils.translation import gettext as _

from learn.serving.faults import ServeError

BACKLOG = 1024
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with the address the operator chose; the default that is bound is 127.0.0.1

# Whoever opens "localhost" may reach either, so a stranger at the one spoils the other.
LOOPBACK = ("127.0.0.1", "::1")


def reserve(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address, which does not listen yet; port 0 takes a free one.

    The port is never shared with a server that is there already. Raises ``ServeError`` when it is
    taken, or when the address is not this machine's.
    """
    family, address = _resolve(host, port)
    listener = socket.socket(family, socket.SOCK_STREAM)
    # Connections of the server before us may linger. SO_REUSEPORT, which would let two servers
    # share the port without a word, stays off until it is ours.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        # First of all: at another machine's address somebody may answer, whose port it is.
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        raise ServeError(_refusal(error, host, port)) from error
    reached = reachable_host(address)
    for neighbour in LOOPBACK if reached in LOOPBACK else (reached,):
        # The system would let us in beside a server on the other family's loopback.
        if port and _is_answered(neighbour, port):
            listener.close()
            raise ServeError(_port_in_use(port))
    return listener


def listen(reserved: socket.socket, number: int = 1) -> list[socket.socket]:
    """Return ``number`` sockets that accept the address's connections, the reserved one first.

    Linux spreads connections over them, so that no process takes all while the others idle; where
    the system does not, there is one for all. Raises ``ServeError`` when somebody was quicker.
    """
    listeners = [reserved]
    try:
        if sys.platform == "linux" and number > 1:
            # The port is ours by now, so sharing it lets in none but our own.
            reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            listeners += [_neighbour(reserved) for _ in range(number - 1)]
        for listener in listeners:
            listener.listen(BACKLOG)
            # The workers' event loops wait for many sockets at once.
            listener.setblocking(False)
            # Inherited by each connection: a page that leaves in two parts does not wait for the
            # browser to acknowledge the first, which takes it 40 ms.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        host, port = reserved.getsockname()[:2]
        raise ServeError(_refusal(error, host, port)) from error
    return listeners


def _neighbour(reserved: socket.socket) -> socket.socket:
    """Return a socket bound to the same address."""
    listener = socket.socket(reserved.family, socket.SOCK_STREAM)
    for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
        listener.setsockopt(socket.SOL_SOCKET, option, 1)
    listener.bind(reserved.getsockname())
    return listener


def url_of(host: str, port: int) -> str:
    """Return the address of a server, as a browser takes it."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/"


def reachable_host(host: str) -> str:
    """Return where this machine itself reaches a server that listens on ``host``."""
    return EVERY_ADDRESS.get(host, host)


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, str]:
    """Return family and number of a host's name, IPv4 first."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ServeError(_not_our_address(host)) from error
    family, *_others, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, str(address[0])


def _is_answered(host: str, port: int) -> bool:
    """Say whether a server accepts connections there."""
    try:
        socket.create_connection((host, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def _refusal(error: OSError, host: str, port: int) -> str:
    """Return the line for an address that the system does not give us."""
    if error.errno == errno.EADDRINUSE:
        return _port_in_use(port)
    if error.errno == errno.EACCES:
        return _("Port %(port)d is for privileged users: choose another with --port 8000.") % {
            "port": port
        }
    if error.errno == errno.EADDRNOTAVAIL:
        return _not_our_address(host)
    return f"{host}: {os.strerror(error.errno or errno.EINVAL)}"


def _port_in_use(port: int) -> str:
    """Return the line for a port that is taken; it offers the next one."""
    another = port + 1 if port < 65535 else 8000
    return _("Port %(port)d is in use: choose another, as with --port %(another)d.") % {
        "port": port,
        "another": another,
    }


def _not_our_address(host: str) -> str:
    """Return the line for a host that is not this machine."""
    return _("%(host)s is no address of this machine: try --host 127.0.0.1.") % {"host": host}
