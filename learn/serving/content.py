"""The folder of Markdown onto the site, before the first request."""

import sys
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from learn.loading import sync_content
from learn.models import Course
from learn.rendering import Renderer, processors
from learn.searching.indexing import refresh_index
from learn.sharing.cards import refresh_cards
from learn.telling import Counter


def load_content(root: Path) -> list[str]:
    """Publish what changed in the folder ``root``; return what the operator should read.

    While it takes long, the operator is told how far it has come.

    A file with errors does not keep the rest from being served, nor does one that was changed in
    the studio too. A folder without any text takes no course off the site: a disk that is missing
    looks like that. (``content sync`` does what it is told.)
    """
    if not holds_courses(root) and Course.objects.filter(retired_at=None).exists():
        return [
            _("The folder %(folder)s holds no course; the site is left as it was.")
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
    """Say whether there is a text in the folder."""
    return any(path.is_file() for path in folder.rglob("*.md"))
