"""``content check``: say what is wrong with a content folder, and how to mend it."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.utils import timezone

from learn.answered import answered_in
from learn.authoring.document import Problem
from learn.authoring.report import (
    count_levels,
    format_github,
    format_json,
    format_text,
    summary,
)
from learn.authoring.statements_report import statements_text
from learn.checking import check_folders
from learn.course_folder import CourseFolder
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
from learn.telling import Counter


def _add_arguments(parser: ArgumentParser) -> None:
    add_folder_argument(parser)
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument(
        "--strict", action="store_true", help="let warnings fail the check, not only errors"
    )
    parser.add_argument(
        "--evidence", action="store_true", help="ask what learners answered on this site, too"
    )
    parser.add_argument(
        "--statements", action="store_true", help="list what the drills of tables would ask"
    )


def _run(options: Options, write: Write) -> int:
    folders = read_courses(named_folder(options))
    if options["statements"]:
        for folder in folders:
            write(statements_text(folder.files))
        return FINE
    problems: dict[str, list[Problem]] = {}
    sources: dict[str, str] = {}
    today = timezone.localdate()
    answered = [answered_in(folder.slug) for folder in folders] if options["evidence"] else ()
    with Counter(sys.stderr):
        checked = check_folders(folders, today=today, answered=answered)
    for folder, found in zip(folders, checked, strict=True):
        before = _before(folder, options["format"])
        problems |= {f"{before}{name}": of_file for name, of_file in found.items()}
        sources |= {f"{before}{name}": text for name, text in folder.files.items()}
    _write_report(options["format"], problems, sources, write)
    errors, warnings = count_levels(problems)
    return PROBLEMS_FOUND if errors or (options["strict"] and warnings) else FINE


def _before(folder: CourseFolder, kind: str) -> str:
    """Return what stands before the names of a course's files: a code host wants them from here."""
    here = Path.cwd()
    if kind == "github" and folder.path.is_relative_to(here):
        inside = folder.path.relative_to(here).as_posix()
        return f"{inside}/" if inside != "." else ""
    return f"{folder.relative}/" if folder.relative else ""


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
