"""``content explain``: say what a rule of the checker wants, and why."""

from argparse import ArgumentParser

from learn.authoring.codes import RULES, explain, suggestion
from learn.management.content_commands.subcommand import (
    FINE,
    Options,
    Subcommand,
    Write,
    WrongUseError,
)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", help="such as question-no-right-choice, as `content check` says it")


def _run(options: Options, write: Write) -> int:
    code: str = options["code"]
    if code not in RULES:
        raise WrongUseError(f"There is no rule {code}.{suggestion(code, RULES)}")
    write(explain(code))
    return FINE


COMMAND = Subcommand("explain", "say what a rule wants, and why", _add_arguments, _run)
