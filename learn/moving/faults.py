"""What keeps a site from being moved. Each message is one line that says why and what to do."""


class MoveError(Exception):
    """The move was begun and given up; the target holds nothing of it."""


class MoveRefusedError(MoveError):
    """The move was not begun: the command is used in a way that cannot work."""
