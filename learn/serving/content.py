"""The folder of Markdown onto the site, before the first request."""

import sys
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from learn.course_folder import read_content
from learn.loading import sync_content
from learn.models import Course
from learn.rendering import Renderer, processors
from learn.searching.indexing import refresh_index
from learn.sharing.cards import refresh_cards
from learn.telling import Counter

BESIDE_COURSES = {"readme.md", "rules.md"}


def load_content(root: Path) -> list[str]:
    """Publish what changed in the folder ``root``; return what the operator should read.

    While it takes long, the operator is told how far it has come.

    A file with errors does not keep the rest from being served, nor does one that was changed in
    the studio too. A folder without any lesson takes no course off the site: a disk that is missing
    looks like that, and so does what is left beside it. (``content sync`` does what it is told.)
    """
    if Course.objects.filter(retired_at=None).exists() and not holds_courses(root):
        return [
            _(
                "The folder %(folder)s holds no course (a README alone is none); the site is left "
                "as it was. `manage.py content sync` makes it what the folder is."
            )
            % {"folder": root}
        ]
    with Counter(sys.stderr, keeps_log=True):
        with Renderer(children=processors()) as renderer:
            report = sync_content(root, at=timezone.now(), renderer=renderer)
        refresh_index()
        refresh_cards()
    is_news = report.ahead or report.taken_off or not report.is_fine
    return report.lines if is_news else []


def holds_courses(folder: Path) -> bool:
    """Say whether the folder has more than what stands beside courses, as in this repository.

    That is left of a folder whose courses are elsewhere. Raises ``OSError`` as ``read_content``.
    """
    return any(
        course.relative
        or {name.lower() for name in (*course.files, *course.problems)} - BESIDE_COURSES
        for course in read_content(folder)
    )
