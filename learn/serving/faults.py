"""What keeps the server from starting."""


class ServeError(Exception):
    """The server cannot start. The message is one line that says why and what to do."""
