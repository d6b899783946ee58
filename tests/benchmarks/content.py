"""What a large course costs: loading it, one edit, a start, and the memory of those who serve it.

Wall clock wants a quiet machine; processor time (user and system, of all processes) does not.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from learn.authoring.names import lesson_slug
from tests.large_course import COURSE, QUESTIONS, file_name, make_large_course
from tests.serving.site import ROOT, Site, site_environment, wait_until

LESSONS = 1000
EDITS, STARTS = 5, 5
MOST_COLD_SECONDS, MOST_EDIT_SECONDS, MOST_START_SECONDS = 60, 1, 3
MOST_MEMORY_MB = 120
READERS_WITH_COOKIES = 2
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en"}
HEAD = f"{'':46} {'wall s':>8} {'cpu s':>8}  target"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of something: by the clock on the wall, and of processors."""

    wall: float
    processor: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of one process: all it has mapped, and its fair share of what is shared."""

    resident: float
    proportional: float


def measure_content(folder: Path, *, lessons: int, say: Callable[[str], None]) -> None:
    """Print the table for a course of so many lessons, made in ``folder``."""
    content = folder / "content"
    course = make_large_course(content, lessons=lessons)
    questions = lessons * QUESTIONS
    say(f"\n{lessons} lessons, {questions} questions, {os.process_cpu_count()} processors")
    say(f"\n{HEAD}")
    environment = site_environment(folder / "var", CHECKMARK_CONTENT=str(content))
    cold = spent_on(sync_command(content), environment)
    say(row("loaded cold", [cold], MOST_COLD_SECONDS))
    edited = []
    for number in range(1, EDITS + 1):
        edit(course / file_name(number * lessons // EDITS), f"an edit {number}")
        edited.append(spent_on(sync_command(content), environment))
    say(row("one edit, `content sync`", edited, MOST_EDIT_SECONDS))
    say(row("nothing new, `content sync`", [spent_on(sync_command(content), environment)]))
    # A watch keeps a site of its own; this one need not be loaded anew.
    shutil.copytree(folder / "var", folder / "watched" / "watch" / content.name)
    say(row("one edit, `content watch`", list(watched_edits(folder, content, course, lessons))))
    with started(folder, content):  # the static files are made once
        pass
    starts = []
    for _ in range(STARTS):
        with started(folder, content) as (_site, spent):
            starts.append(spent)
    say(row("`serve` on what is there", starts, MOST_START_SECONDS))
    with started(folder, content) as (site, _spent):
        tell_memory("a worker at its start", site, say)
        read_all(site.port, lessons)
        tell_memory(f"a worker after {lessons} lessons, by newcomers and learners", site, say)


def sync_command(content: Path) -> list[str]:
    """Return the command that publishes the folder."""
    return [sys.executable, str(ROOT / "manage.py"), "content", "sync", str(content)]


def spent_on(command: Sequence[str], environment: dict[str, str]) -> Spent:
    """Run a command to its end."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def edit(path: Path, words: str) -> None:
    """Change a lesson as an author does: a sentence more in its text."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n\n## ", f" This is {words}.\n\n## ", 1), encoding="utf-8")


def watched_edits(folder: Path, content: Path, course: Path, lessons: int) -> Iterator[Spent]:
    """Yield what passes between a save and the page that shows it, with the folder under watch."""
    with Site(folder / "watched", content, watches=True) as site:
        wait_until(lambda: "Serving" in site.out, seconds=600, what="the site under watch")
        for number in range(1, EDITS + 1):
            place = number * lessons // EDITS
            words = f"a watched edit {number}"
            wait_until(partial(is_idle, site), seconds=600, what="the check of the course")
            told = json.loads(site.get("/watch/")[1])["generation"]
            before, began = processor_time(site.process.pid), time.monotonic()
            edit(course / file_name(place), words)
            wait_until(partial(shows, site, page(place), words), seconds=60, what="the edit")
            wait_until(partial(is_told, site, told), seconds=60, what="word of the edit")
            wall = time.monotonic() - began
            yield Spent(wall, processor_time(site.process.pid) - before)


def is_idle(site: Site) -> bool:
    """Say whether the site under watch has nothing to do."""
    before = processor_time(site.process.pid)
    time.sleep(1)
    return processor_time(site.process.pid) - before < 0.1


def is_told(site: Site, generation: int) -> bool:
    """Say whether the open pages have heard of a change since ``generation``."""
    return site.get(f"/watch/?after={generation}")[0] == 200


def shows(site: Site, address: str, words: str) -> bool:
    """Say whether the page has the words."""
    return words in site.get(address)[1]


@contextmanager
def started(folder: Path, content: Path) -> Iterator[tuple[Site, Spent]]:
    """Start the server and give what passed until it answered."""
    with Site(folder / "var", content) as site:
        wall = site.wait_until_ready()
        yield site, Spent(wall, processor_time(site.process.pid))
        site.process.terminate()
        site.wait_for_end()


def processor_time(process: int) -> float:
    """Return the seconds that a process and its children, also the ended ones, have worked."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0.0
    own = sum(map(int, fields[11:15])) / TICKS
    return own + sum(processor_time(int(child)) for child in children)


def page(number: int) -> str:
    """Return the address of a lesson."""
    return f"/courses/{COURSE}/{lesson_slug(file_name(number))}/"


def read_all(port: int, lessons: int) -> None:
    """Read every lesson as a newcomer, and as people whose cookies tell them apart."""
    pages = [page(number) for number in range(1, lessons + 1)]
    pages += [f"/courses/{COURSE}/", "/", "/progress/", "/search/?q=place", "/accounts/login/"]
    fetch(port, pages, "")
    for _ in range(READERS_WITH_COOKIES):
        fetch(port, pages, fetch(port, pages[:1], ""))


def fetch(port: int, pages: Sequence[str], cookie: str) -> str:
    """Fetch pages as a browser with the cookie; return the cookies that were given last."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    given = ""
    try:
        for page in pages:
            headers = {**BROWSER, **({"Cookie": cookie} if cookie else {})}
            connection.request("GET", page, headers=headers)
            response = connection.getresponse()
            response.read()
            assert response.status == 200, (page, response.status)
            cookies = response.headers.get_all("Set-Cookie") or []
            given = "; ".join(one.partition(";")[0] for one in cookies)
    finally:
        connection.close()
    return given


def memory_of(process: int) -> Memory:
    """Return what the process takes (Linux)."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    kib = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return Memory(kib["Rss"] * 1.024 / 1000, kib["Pss"] * 1.024 / 1000)


def tell_memory(name: str, site: Site, say: Callable[[str], None]) -> None:
    """Print the largest worker's memory."""
    workers = [memory_of(worker) for worker in site.worker_ids()]
    largest = max(workers, key=lambda one: one.resident)
    reached = verdict(largest.resident < MOST_MEMORY_MB)
    say(
        f"{name:58} RSS {largest.resident:.0f} MB, PSS {largest.proportional:.0f} MB"
        f"  {MOST_MEMORY_MB} MB {reached}"
    )


def row(name: str, spent: Sequence[Spent], most: float | None = None) -> str:
    """Return a line of the table: the medians, and whether the wall's is below ``most``."""
    wall = median(one.wall for one in spent)
    line = f"{name:46} {wall:8.2f} {median(one.processor for one in spent):8.2f}"
    return f"{line}  {most} s {verdict(wall < most)}" if most else line


def verdict(is_reached: bool) -> str:
    """Return the word for a target."""
    return "reached" if is_reached else "MISSED"
