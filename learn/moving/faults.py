"""What keeps a site from being moved. Each message is one line that says why and what to do."""


class MoveFault(Exception):  # noqa: N818 - named like ServeFault: not a bug in the program
    """The move was begun and given up; the target holds nothing of it."""


class MoveRefused(MoveFault):
    """The move was not begun: the command is used in a way that cannot work."""
