"""READ: the problems of whole content folders, with a process for each processor if there is much.

Checking is pure and holds the processor, so threads would not help.
"""

import gc
import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context

from learn.authoring.check import check_course
from learn.authoring.document import Problem
from learn.authoring.evidence import Evidence
from learn.collecting import NEW_OBJECTS
from learn.course_folder import CourseFolder

MANY_FILES = 200
"""From here on starting processes takes less time than it saves."""


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
    checked = partial(_checked, today=today)
    known = answered or [{} for _ in folders]
    processors = min(os.process_cpu_count() or 1, len(folders))
    files, media = [one.files for one in folders], [one.media for one in folders]
    if processors > 1 and sum(map(len, files)) >= MANY_FILES:
        # A fresh interpreter: forking one that has threads may lock up.
        spawn = get_context("spawn")
        with ProcessPoolExecutor(processors, spawn, initializer=_collect_rarely) as pool:
            found = list(pool.map(checked, files, media, known))
    else:
        found = list(map(checked, files, media, known))
    return [of | folder.problems for of, folder in zip(found, folders, strict=True)]


def _checked(
    files: Mapping[str, str],
    media: Collection[str],
    answered: Mapping[str, Evidence],
    *,
    today: date | None,
) -> dict[str, list[Problem]]:
    return check_course(files, media, today=today, answered=answered)


def _collect_rarely() -> None:
    """Let a process of the pool look for circles of objects less often, until it ends."""
    gc.set_threshold(NEW_OBJECTS)
