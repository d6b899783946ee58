"""``content check``: say what is wrong with a content folder, and how to mend it."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings

from learn.authoring.check import check_course
from learn.authoring.document import Problem
from learn.authoring.report import (
    count_levels,
    format_github,
    format_json,
    format_text,
    summary,
)
from learn.course_folder import CourseFolder, read_content
from learn.management.content_commands.subcommand import (
    FINE,
    PROBLEMS_FOUND,
    Options,
    Subcommand,
    Write,
    WrongUseError,
)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, help="default: CHECKMARK_CONTENT")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument(
        "--strict", action="store_true", help="let warnings fail the check, not only errors"
    )


def _run(options: Options, write: Write) -> int:
    root: Path = options["folder"] or settings.CHECKMARK_CONTENT
    folders = _read(root)
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


def _read(root: Path) -> list[CourseFolder]:
    if not root.is_dir():
        raise WrongUseError(f"There is no folder {root}.")
    try:
        folders = read_content(root)
    except OSError as error:
        raise WrongUseError(f"The folder {root} cannot be read: {error.strerror}.") from error
    if not folders:
        raise WrongUseError(f"There is no Markdown file in {root}.")
    return folders


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
