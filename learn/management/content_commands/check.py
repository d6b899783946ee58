"""``content check``: say what is wrong with a content folder, and how to mend it."""

from argparse import ArgumentParser

from learn.authoring.check import check_course
from learn.authoring.document import Problem
from learn.authoring.report import (
    count_levels,
    format_github,
    format_json,
    format_text,
    summary,
)
from learn.management.content_commands.folder import (
    add_folder_argument,
    named_folder,
    read_courses,
)
from learn.management.content_commands.subcommand import (
    FINE,
    PROBLEMS_FOUND,
    Options,
    Subcommand,
    Write,
)


def _add_arguments(parser: ArgumentParser) -> None:
    add_folder_argument(parser)
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument(
        "--strict", action="store_true", help="let warnings fail the check, not only errors"
    )


def _run(options: Options, write: Write) -> int:
    folders = read_courses(named_folder(options))
    problems: dict[str, list[Problem]] = {}
    sources: dict[str, str] = {}
    for folder in folders:
        before = f"{folder.relative}/" if folder.relative else ""
        found = check_course(folder.files, folder.media) | folder.problems
        problems |= {f"{before}{name}": of_file for name, of_file in found.items()}
        sources |= {f"{before}{name}": text for name, text in folder.files.items()}
    _write_report(options["format"], problems, sources, write)
    errors, warnings = count_levels(problems)
    return PROBLEMS_FOUND if errors or (options["strict"] and warnings) else FINE


def _write_report(
    kind: str, problems: dict[str, list[Problem]], sources: dict[str, str], write: Write
) -> None:
    if kind == "json":
        write(format_json(problems))
    elif kind == "github":
        if report := format_github(problems):
            write(report)
    else:
        if report := format_text(problems, sources):
            write(report)
            write("")
        write(summary(problems, len(problems)))


COMMAND = Subcommand("check", "say what is wrong with a content folder", _add_arguments, _run)
