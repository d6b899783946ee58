"""What keeps the server from starting."""


class ServeFault(Exception):  # noqa: N818 - named like EnvironmentFault: not a bug in the program
    """The server cannot start. The message is one line that says why and what to do."""
