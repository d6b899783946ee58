"""WRITE: a folder of Markdown onto the site: compare, check, render what changed, publish."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from learn.agreement import Standing
from learn.conflicts import record_conflicts
from learn.course_folder import CourseFolder, read_content
from learn.course_renaming import course_renamings, rename_courses
from learn.folder_plan import CoursePlan, plan_course
from learn.folder_work import FolderWork
from learn.models import Course
from learn.publishing import (
    OvertakenError,
    Publication,
    locked_course,
    retire_courses,
    write_course,
)
from learn.renaming import rename_lessons, renamings_of
from learn.rendering import Renderer
from learn.site_state import SiteState, SiteTexts, site_state
from learn.storage import sweep_files
from learn.sync_report import SyncReport
from quizzes.activity import people_by_lesson

ATTEMPTS = 10
"""How often somebody else may publish in a course while its folder is being prepared."""


def sync_content(root: Path, *, at: datetime, renderer: Renderer) -> SyncReport:
    """Make the site show what the folder ``root`` holds, and lose nothing that it does not hold.

    A file with errors is held back alone: its last good version stays up. What was published in the
    studio stays up until it is exported; a file that changed on both sides is kept in both versions
    until a person has merged them. A course is written in one transaction after all its rendering
    is done, so a failure changes nothing. Running it again renders and writes nothing.

    Raises ``OSError`` when the folder cannot be read.
    """
    report = SyncReport()
    folders = read_content(root)
    report.renamed_courses += rename_courses(course_renamings(folders))
    for position, folder in enumerate(folders):
        _sync_course(folder, position=position, at=at, renderer=renderer, report=report)
    gone = Course.objects.filter(retired_at=None).exclude(slug__in=[one.slug for one in folders])
    for course in gone.order_by("position", "slug"):
        _take_off(course, root, at=at, renderer=renderer, report=report)
    sweep_files(at=at)
    return report


def _take_off(
    course: Course, root: Path, *, at: datetime, renderer: Renderer, report: SyncReport
) -> None:
    """Retire a course whose folder is gone, unless the studio has something of it alone."""
    seen = site_state(course.slug)
    path = root / course.slug
    empty = CourseFolder(course.slug, course.title, path, course.slug, {}, frozenset(), {})
    files = [seen.course_file, *seen.lessons.values(), *seen.media.values()]
    if seen.is_from_folder and all(one.up in ("", one.agreed) for one in files):
        retire_courses([course.slug], at=at)
        up = {slug: one.file_name for slug, one in seen.lessons.items() if one.up}
        gone = {slug: empty.place_of(name) for slug, name in up.items()}
        _report_gone(course.slug, gone, report)
    elif seen.is_from_folder:
        _sync_course(empty, position=course.position, at=at, renderer=renderer, report=report)
    else:
        _report_ahead(plan_course(empty, seen), report)


def _sync_course(
    folder: CourseFolder, *, position: int, at: datetime, renderer: Renderer, report: SyncReport
) -> None:
    """Publish what changed in one course, anew as often as the site changes meanwhile."""
    report.courses.append(folder.slug)
    for _attempt in range(ATTEMPTS):
        plan = plan_course(folder, site_state(folder.slug))
        if plan.is_unchanged:
            _report_unchanged(plan, renderer, report)
            Course.objects.filter(slug=folder.slug).update(position=position)
            return
        # It gets ready while the texts are checked.
        renderer.begin()
        try:
            plan = _with_renamed(plan, report)
            work = FolderWork(plan, renderer)
            _write(plan.seen, work, position=position, at=at)
        except OvertakenError:
            continue
        _report_work(work, report)
        return
    raise OvertakenError


def _with_renamed(plan: CoursePlan, report: SyncReport) -> CoursePlan:
    """Give lessons whose files have other names their addresses; return the plan from then on."""
    renamings = renamings_of(plan, SiteTexts(plan.seen.pk))
    if not renamings:
        return plan
    rename_lessons(plan.seen, renamings)
    report.renamed += [(plan.folder, one) for one in renamings]
    return plan_course(plan.folder, site_state(plan.folder.slug))


def _write(seen: SiteState, work: FolderWork, *, position: int, at: datetime) -> None:
    """Write the course if it is still as it was seen."""
    prepared = work.prepared(position=position)
    with locked_course(seen) as course:
        write_course(course, prepared, Publication(at=at))
        record_conflicts(course, [*work.conflicts, *work.unseen], at=at)


def _report_unchanged(plan: CoursePlan, renderer: Renderer, report: SyncReport) -> None:
    """Say of a folder that is as it was what the studio has changed and what is still broken."""
    _report_ahead(plan, report)
    report.unchanged += len([one for one in plan.lessons.values() if one.folder])
    if plan.seen.broken:
        work = FolderWork(plan, renderer)
        work.check()
        _report_problems(work, report)


def _report_ahead(plan: CoursePlan, report: SyncReport) -> None:
    """Name the files of which the studio has something newer."""
    files = (*plan.texts, *plan.media.values())
    ahead = [one.name for one in files if one.standing is Standing.SITE_AHEAD]
    report.ahead += [plan.folder.place_of(name) for name in ahead]


def _report_work(work: FolderWork, report: SyncReport) -> None:
    """Add what was done for one course."""
    place_of = work.plan.folder.place_of
    report.rendered += map(place_of, work.published)
    report.unchanged += work.plan.unchanged
    report.held_back += map(place_of, work.held_back)
    report.ahead += map(place_of, work.ahead)
    report.conflicts += [f"{work.plan.folder.slug}/{one.file_name}" for one in work.conflicts]
    gone = {one.slug: place_of(one.name) for one in work.plan.lessons.values() if one.is_gone}
    _report_gone(work.plan.folder.slug, gone, report)
    _report_problems(work, report)


def _report_problems(work: FolderWork, report: SyncReport) -> None:
    """Name what is broken, with the problems of all files that were checked."""
    place_of = work.plan.folder.place_of
    report.broken += map(place_of, work.broken)
    for name, problems in work.problems.items():
        if problems:
            report.problems[place_of(name)] = problems
            report.sources[place_of(name)] = work.source_of(name)


def _report_gone(course: str, gone: Mapping[str, str], report: SyncReport) -> None:
    """Name lessons that were taken off; ``gone`` are their files by address."""
    people = people_by_lesson(course) if gone else {}
    report.taken_off |= {file: people.get(slug, 0) for slug, file in gone.items()}
