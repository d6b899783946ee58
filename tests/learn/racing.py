"""Processes that publish, synchronise and read at the same time; see ``test_races.py``.

Run as ``python -m tests.with_django tests.learn.racing ROLE ...``.
"""

import random
import re
import time
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone

from learn.loading import sync_content
from learn.models import Course, Lesson, User
from learn.publishing import studio_publication
from learn.releasing import publish_file
from learn.rendering import Renderer

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
    """Edit the file in the folder and synchronise, until somebody else has edited it too.

    The pauses let others publish: a folder saved without pause overtakes every one of them.
    """
    pauses = random.Random(times)
    with Renderer(seconds=20) as renderer:
        for number in range(int(times)):
            (Path(folder) / COURSE / FILE).write_text(lesson_text(10_000 + number))
            report = sync_content(Path(folder), at=timezone.now(), renderer=renderer)
            if report.conflicts:
                return [number, report.conflicts]
            time.sleep(pauses.uniform(0, 0.3))
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
                    publication=studio_publication(by, at=timezone.now()),
                    renderer=renderer,
                )
                state = released.state
                states.append(state)
    return states


def replace(name: str, times: str) -> list[object]:
    """Replace the lesson's text, title and body together, each time until it is published."""
    course = Course.objects.get(slug=COURSE)
    by, _ = User.objects.get_or_create(username=name)
    overtaken = 0
    with Renderer(seconds=20) as renderer:
        for number in range(1, int(times) + 1):
            while not _is_replaced(course, lesson_text(number), by, renderer):
                overtaken += 1
    return [int(times), overtaken]


def _is_replaced(course: Course, source: str, by: User, renderer: Renderer) -> bool:
    """Publish a text in place of the one that is up; return False if somebody was faster."""
    live = Lesson.objects.select_related("live").get(slug="tides").live
    released = publish_file(
        course=course,
        file_name=FILE,
        source=source,
        base_digest=live.digest,
        publication=studio_publication(by, at=timezone.now()),
        renderer=renderer,
    )
    assert released.state in ("published", "overtaken"), released
    return released.state == "published"


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


ROLES = {role.__name__: role for role in (sync, edit_folder, add_lines, replace, read)}


def main(role: str, *words: str) -> list[object]:
    """Do what the role does and return what it found."""
    return ROLES[role](*words)
