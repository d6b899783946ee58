"""The folder of Markdown onto the site, before the first request."""

from pathlib import Path

from django.utils import timezone

from learn.loading import sync_content
from learn.rendering import Renderer, processors
from learn.searching.indexing import refresh_index
from learn.sharing.cards import refresh_cards


def load_content(root: Path) -> list[str]:
    """Publish what changed in the folder ``root``; return what the operator should read.

    A file with errors does not keep the rest from being served, nor does one that was changed in
    the studio too.
    """
    with Renderer(children=processors()) as renderer:
        report = sync_content(root, at=timezone.now(), renderer=renderer)
    refresh_index()
    refresh_cards()
    return [] if report.is_fine and not report.ahead else report.lines
