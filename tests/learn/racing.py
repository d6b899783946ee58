"""Processes that publish, synchronise and read at the same time; see ``test_races.py``.

Run as ``python -m tests.learn.racing ROLE ...``; each prints one line of JSON at its end.
"""

import learn.sqlite_engine  # noqa: F401, I001  (before Django)

import json
import re
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from learn.loading import sync_content  # noqa: E402
from learn.models import Course, FileConflict, Lesson, Revision, User  # noqa: E402
from learn.releasing import publish_file  # noqa: E402
from learn.rendering import Renderer  # noqa: E402
from learn.serving.databases import migrate_databases  # noqa: E402

COURSE, FILE = "sea", "01-tides.md"
SEEN = re.compile(r"(Title|Body) (\d+)\b")


def lesson_text(number: int) -> str:
    """A text of which title and body name the same number, far apart."""
    return f"# Title {number}\n\n{'The moon pulls. ' * 200}\n\nBody {number}\n"


def sync(folder: str, times: str) -> list[object]:
    """Synchronise a folder again and again."""
    reports: list[object] = []
    with Renderer(seconds=20) as renderer:
        for _time in range(int(times)):
            report = sync_content(Path(folder), at=timezone.now(), renderer=renderer)
            reports.append([report.rendered, report.conflicts])
    return reports


def edit_folder(folder: str, times: str) -> list[object]:
    """Edit the file in the folder and synchronise, until somebody else has edited it too."""
    with Renderer(seconds=20) as renderer:
        for number in range(int(times)):
            (Path(folder) / COURSE / FILE).write_text(lesson_text(10_000 + number))
            report = sync_content(Path(folder), at=timezone.now(), renderer=renderer)
            if report.conflicts:
                return [number, report.conflicts]
    return [int(times), []]


def add_lines(name: str, times: str) -> list[object]:
    """Add lines of one's own to one lesson, put together with what others published meanwhile."""
    course = Course.objects.get(slug=COURSE)
    states: list[object] = []
    by, _ = User.objects.get_or_create(username=name)
    with Renderer(seconds=20) as renderer:
        for number in range(int(times)):
            state = ""
            while state != "published":
                live = Lesson.objects.select_related("live").get(slug="tides").live
                mark = f"## From {name}\n"
                source = live.source.replace(mark, f"{mark}\nLine {name}-{number}\n")
                released = publish_file(
                    course=course,
                    file_name=FILE,
                    source=source,
                    base_digest=live.digest,
                    by=by,
                    at=timezone.now(),
                    renderer=renderer,
                )
                state = released.state
                states.append(state)
    return states


def replace(name: str, times: str) -> list[object]:
    """Replace the lesson's text, title and body together."""
    course = Course.objects.get(slug=COURSE)
    by, _ = User.objects.get_or_create(username=name)
    with Renderer(seconds=20) as renderer:
        for number in range(1, int(times) + 1):
            live = Lesson.objects.select_related("live").get(slug="tides").live
            released = publish_file(
                course=course,
                file_name=FILE,
                source=lesson_text(number),
                base_digest=live.digest,
                by=by,
                at=timezone.now(),
                renderer=renderer,
            )
            if released.state not in ("published", "overtaken"):
                return [number, released.state]
    return [int(times), "published"]


def read(last: str) -> list[object]:
    """Read the page until the last text is up; return how many texts were seen, and every mix."""
    settings.ALLOWED_HOSTS = ["testserver"]
    client, texts, mixed, pages = Client(), set(), [], 0
    while int(last) not in texts:
        page = client.get(f"/courses/{COURSE}/tides/").content.decode()
        pages += 1
        found = {int(number) for _, number in SEEN.findall(page)}
        kinds = {kind for kind, _ in SEEN.findall(page)}
        if len(found) != 1 or kinds != {"Title", "Body"}:
            mixed.append(sorted(found))
        texts |= found
    return [pages, len(texts), mixed]


def history() -> list[object]:
    """Return number, origin and text of every revision, and the texts that met."""
    revisions = Revision.objects.order_by("number").values_list("number", "origin", "source")
    met = FileConflict.objects.values_list("folder_source", flat=True)
    return [[list(row) for row in revisions], list(met)]


def migrate() -> list[object]:
    """Make the tables."""
    return list(migrate_databases())


if __name__ == "__main__":
    roles = (sync, edit_folder, add_lines, replace, read, history, migrate)
    [role] = [one for one in roles if one.__name__ == sys.argv[1]]
    sys.stdout.write(json.dumps(role(*sys.argv[2:])) + "\n")
