"""The names under which a server on a given address may be asked."""

import socket
from contextlib import suppress

from learn.serving.port import EVERY_ADDRESS


def names_of(host: str) -> list[str]:
    """Return what ``ALLOWED_HOSTS`` must hold for a server that listens on ``host``.

    For a server on every address these are the machine's names and addresses, as far as it knows
    them; a public name behind a proxy has to be given by the operator.
    """
    if host not in EVERY_ADDRESS:
        return [_bracketed(host)]
    name = socket.gethostname()
    found = [name]
    with suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(name, None)]
    found += _outward_addresses()
    return sorted({_bracketed(item) for item in found})


def _outward_addresses() -> list[str]:
    """Return the address that this machine has in its network; no packet is sent."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # reserved for documentation: any far address does
        return [str(probe.getsockname()[0])]
    return []


def _bracketed(host: str) -> str:
    """Return the host as it stands in a request."""
    address = host.partition("%")[0]
    return f"[{address}]" if ":" in address else address
