"""How many connections a worker may have open: each is a file to the system, which limits those."""

import resource

MOST_CONNECTIONS = 4096
OTHER_FILES = 256
"""What a worker has open besides: databases, logs, what is being sent."""


def most_connections() -> int:
    """Return how many connections a worker may have, as many as the system can be made to allow."""
    wanted = MOST_CONNECTIONS + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(allowed - OTHER_FILES, OTHER_FILES)
