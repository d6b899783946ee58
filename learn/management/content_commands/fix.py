"""``content fix``: write ids down, and repair what can only be meant in one way."""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import replace
from difflib import unified_diff

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learn.authoring.codes import message_of
from learn.authoring.fixing.course import fix_course
from learn.authoring.fixing.report import Finding, FixReport
from learn.authoring.report import count_levels
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
from learn.management.content_commands.writing import ChangedMeanwhileError, replace_file
from learn.telling import FILES_READ, Counter, counted

_PIECE = re.compile(r"[^\n]*\n|[^\n]+")


def _add_arguments(parser: ArgumentParser) -> None:
    add_folder_argument(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would be repaired and write nothing")
    )
    parser.add_argument(
        "--format", choices=("text", "diff"), default="text", help=_("diff: as a patch")
    )


def _run(options: Options, write: Write) -> int:
    is_dry, as_diff = options["dry_run"], options["format"] == "diff"
    after: list[CourseFolder] = []
    left = files = repairs = 0
    for folder in read_courses(named_folder(options)):
        report = _fixed(folder)
        skipped = [] if is_dry else _write_files(folder, report)
        for line in _diff(folder, report) if as_diff else _lines(folder, report, skipped):
            write(line)
        written = {name: text for name, text in report.texts.items() if name not in skipped}
        after.append(replace(folder, files=folder.files | written))
        left += len(report.left) + len(skipped)
        files += len(written)
        repairs += sum(one.file in written for one in report.repairs)
    errors, warnings = _count(after)
    if not as_diff:
        write(_summary(repairs, files, is_dry=is_dry))
        if errors or warnings:
            write(_what_is_left(errors, warnings))
    return PROBLEMS_FOUND if errors or left or (is_dry and repairs) else FINE


def _fixed(folder: CourseFolder) -> FixReport:
    """Return the repairs of a course."""
    with Counter(sys.stderr):
        on_read = counted(FILES_READ, len(folder.files))
        return fix_course(folder.files, folder.media, on_read=on_read)


def _count(folders: list[CourseFolder]) -> tuple[int, int]:
    """Return the errors and warnings that the checker finds in courses."""
    with Counter(sys.stderr):
        checked = check_folders(folders, today=timezone.localdate())
    found = [count_levels(one) for one in checked]
    return sum(errors for errors, _warnings in found), sum(warnings for _errors, warnings in found)


def _write_files(folder: CourseFolder, report: FixReport) -> list[str]:
    """Write the new texts; return the files that somebody changed in the meantime."""
    changed = []
    for name, text in report.texts.items():
        try:
            replace_file(folder.path / name, folder.files[name].encode(), text.encode())
        except ChangedMeanwhileError:
            changed.append(name)
    return changed


def _lines(folder: CourseFolder, report: FixReport, skipped: list[str]) -> Iterable[str]:
    """Yield what was repaired, what was left and which files were not touched."""
    for name in skipped:
        yield _("%(file)s: left alone, it was changed just now. Run this again.") % {
            "file": folder.place_of(name)
        }
    yield from (_line(folder, one) for one in report.repairs if one.file not in skipped)
    for one in report.left:
        yield _line(folder, one, before=_("left for you: "))
    for name, problems in folder.problems.items():
        for problem in problems:
            values = {"file": folder.place_of(name), "reason": message_of(problem, _)}
            yield _("%(file)s: left alone. %(reason)s") % values


def _line(folder: CourseFolder, finding: Finding, before: str = "") -> str:
    code = f" ({finding.code})" if finding.code else ""
    place = f"{folder.place_of(finding.file)}:{finding.line}"
    return f"{place}: {before}{finding.words(_)}{code}"


def _diff(folder: CourseFolder, report: FixReport) -> Iterable[str]:
    """Yield a patch of each file, for `git apply` or `patch -p1` in the content folder."""
    for name, text in report.texts.items():
        shown = folder.place_of(name)
        old, new = (_pieces(one) for one in (folder.files[name], text))
        patch = unified_diff(old, new, f"a/{shown}", f"b/{shown}")
        yield "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in patch
        )


def _pieces(text: str) -> list[str]:
    """Return the lines as a patch counts them: only a line feed ends one."""
    return _PIECE.findall(text)


def _summary(repairs: int, files: int, *, is_dry: bool) -> str:
    if not repairs:
        return _("There is nothing to repair.")
    in_files = ngettext("%(count)s file", "%(count)s files", files) % {"count": files}
    values = {"count": repairs, "files": in_files}
    if is_dry:
        text = ngettext(
            "%(count)s repair could be made in %(files)s; nothing was written.",
            "%(count)s repairs could be made in %(files)s; nothing was written.",
            repairs,
        )
    else:
        text = ngettext(
            "%(count)s repair made in %(files)s.", "%(count)s repairs made in %(files)s.", repairs
        )
    return text % values


def _what_is_left(errors: int, warnings: int) -> str:
    values = {
        "errors": ngettext("%(count)s error", "%(count)s errors", errors) % {"count": errors},
        "warnings": ngettext("%(count)s warning", "%(count)s warnings", warnings)
        % {"count": warnings},
    }
    return (
        _("Left for you: %(errors)s and %(warnings)s. `manage.py content check` names them.")
        % values
    )


COMMAND = Subcommand(
    "fix", "write ids down and repair what is safe to repair", _add_arguments, _run
)
