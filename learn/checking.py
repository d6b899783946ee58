"""READ: the problems of whole content folders, with a process for each processor if there is much.

Checking is pure and holds the processor, so threads would not help.
"""

import gc
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from typing import ClassVar

from learn.authoring.check import check_course
from learn.authoring.document import Problem
from learn.authoring.evidence import Evidence
from learn.collecting import NEW_OBJECTS
from learn.course_folder import CourseFolder
from learn.telling import FILES_READ, counted, tell

MANY_FILES = 200
"""From here on starting processes takes less time than it saves."""

SECONDS_BETWEEN_LOOKS = 0.2

type _Found = dict[str, list[Problem]]


@dataclass(frozen=True, slots=True)
class _Course:
    """What there is to check of a course; it goes to another process."""

    files: Mapping[str, str]
    media: frozenset[str]
    answered: Mapping[str, Evidence]
    today: date | None


def check_folders(
    folders: Sequence[CourseFolder],
    *,
    today: date | None = None,
    answered: Sequence[Mapping[str, Evidence]] = (),
) -> list[dict[str, list[Problem]]]:
    """Return the problems of each course, in the order of ``folders``, by file.

    ``today`` is the day by which facts are judged stale. Files that could not be read are included.
    ``answered`` is what learners' answers say of the questions of each course, if that is asked.
    """
    known = answered or [{} for _ in folders]
    courses = [
        _Course(folder.files, folder.media, of_course, today)
        for folder, of_course in zip(folders, known, strict=True)
    ]
    processors = min(os.process_cpu_count() or 1, len(folders))
    wanted = sum(len(folder.files) for folder in folders)
    if processors > 1 and wanted >= MANY_FILES:
        found = _by_processes(courses, processors, wanted)
    else:
        found = _in_order(courses, wanted)
    return [of | folder.problems for of, folder in zip(found, folders, strict=True)]


def _in_order(courses: Sequence[_Course], wanted: int) -> list[_Found]:
    """Return what is found, by this process alone."""
    on_read = counted(FILES_READ, wanted)
    return [
        check_course(one.files, one.media, today=one.today, answered=one.answered, on_read=on_read)
        for one in courses
    ]


def _by_processes(courses: Sequence[_Course], processors: int, wanted: int) -> list[_Found]:
    """Return what is found, by several processes at once."""
    # A fresh interpreter: forking one that has threads may lock up.
    spawn = get_context("spawn")
    done = spawn.Value("Q", 0)
    with ProcessPoolExecutor(processors, spawn, initializer=_begin, initargs=(done,)) as pool:
        found = [pool.submit(_checked, one) for one in courses]
        while wait(found, SECONDS_BETWEEN_LOOKS).not_done:
            tell(FILES_READ, done.value, wanted)
        return [one.result() for one in found]


class _Shared:
    """What a process of the pool shares with all others; it cannot be handed over with the work."""

    done: ClassVar["Synchronized[int]"]


def _begin(done: "Synchronized[int]") -> None:
    """Keep the number of files read, and look for circles of objects less often, to the end."""
    _Shared.done = done
    gc.set_threshold(NEW_OBJECTS)


def _checked(one: _Course) -> _Found:
    """Check a course in a process of the pool."""

    def count_one() -> None:
        with _Shared.done.get_lock():
            _Shared.done.value += 1

    return check_course(
        one.files, one.media, today=one.today, answered=one.answered, on_read=count_one
    )
