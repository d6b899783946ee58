"""What a sub-command of ``manage.py content`` is."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

type Options = Mapping[str, Any]
type Write = Callable[[str], object]

FINE = 0
PROBLEMS_FOUND = 1


class WrongUseError(Exception):
    """The command was asked for something that cannot be; the text says what, in a line."""


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A name, a line of help, its arguments, and what it does.

    ``run`` writes its output line by line and returns ``FINE`` or ``PROBLEMS_FOUND``; it raises
    ``WrongUseError`` for wrong use.
    """

    name: str
    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Options, Write], int]
