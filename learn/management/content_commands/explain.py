"""``content explain``: say what a rule of the checker wants, and why."""

from argparse import ArgumentParser

from learn.authoring.codes import RULES, explain, suggestion
from learn.authoring.rules.levels import MILD_WITHOUT_COURSE
from learn.authoring.rules_page import rules_page
from learn.management.content_commands.subcommand import (
    FINE,
    Options,
    Subcommand,
    Write,
    WrongUseError,
)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "code", nargs="?", help="such as question-no-right-choice, as `content check` says it"
    )
    parser.add_argument(
        "--all", action="store_true", help="write the page of all rules (content/RULES.md)"
    )


def _run(options: Options, write: Write) -> int:
    code: str | None = options["code"]
    if options["all"] and code is None:
        write(rules_page(MILD_WITHOUT_COURSE).rstrip("\n"))
        return FINE
    if options["all"] or code is None:
        raise WrongUseError("Name one code, or --all for the page of all rules.")
    if code not in RULES:
        raise WrongUseError(f"There is no rule {code}.{suggestion(code, RULES)}")
    write(explain(code))
    return FINE


COMMAND = Subcommand("explain", "say what a rule wants, and why", _add_arguments, _run)
