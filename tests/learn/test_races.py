"""Folder, studio and readers at the same moment, in processes of their own, on both databases."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from tests.databases import new_database
from tests.serving.earlier import site_without_content
from tests.serving.site import ROOT

pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]

PUBLICATIONS = 50
LINES = 2
PATIENCE = 300
SQLITE = "sqlite:///"
LESSON = "# Title 0\n\nThe moon pulls.\n\n## From ann\n\n## From bob\n\n## From cem\n\nBody 0\n"


class Race:
    """Processes of ``racing`` at work on one database."""

    def __init__(self, database):
        self.database, self.started = database, []

    def begin(self, *words):
        """Start a process."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.with_django", "tests.learn.racing", *map(str, words)],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": self.database,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def found_by(self, process):
        """Wait for a process and return what it found."""
        out, complaint = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, complaint[-2000:]
        return json.loads(out.splitlines()[-1])

    def together(self, *commands):
        """Run processes at the same time; return what each of them found."""
        return [self.found_by(process) for process in [self.begin(*words) for words in commands]]

    def rows(self, query):
        """Return what the database says."""
        is_file = self.database.startswith(SQLITE)
        connect = sqlite3.connect if is_file else psycopg.connect
        with closing(connect(self.database.removeprefix(SQLITE))) as connection:
            return connection.execute(query).fetchall()

    def revisions(self):
        """Return number, origin and text of every revision."""
        return self.rows("SELECT number, origin, source FROM learn_revision ORDER BY number")

    def met(self):
        """Return the texts of the folder that met one of the studio."""
        return [text for (text,) in self.rows("SELECT folder_source FROM learn_fileconflict")]

    def end(self):
        """End what still runs."""
        for process in self.started:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def copy_of(request, tmp_path_factory):
    """Makes copies of databases, by address; called without one, a database with empty tables."""
    if request.param == "postgresql":
        cluster, template = map(request.getfixturevalue, ("cluster", "template"))
        return lambda address=template: new_database(cluster, address.rpartition("/")[2])

    def copy(address=None):
        known = address.removeprefix(SQLITE) if address else None
        path = tmp_path_factory.mktemp("race") / "site.sqlite3"
        with (
            closing(sqlite3.connect(known or site_without_content() / "checkmark.sqlite3")) as like,
            closing(sqlite3.connect(path)) as new,
        ):
            like.backup(new)
        return f"{SQLITE}{path}"

    return copy


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """The folder of courses as it is in the beginning."""
    folder = tmp_path_factory.mktemp("courses")
    (folder / "sea").mkdir()
    (folder / "sea" / "course.md").write_text("---\ntitle: Sea\n---\n")
    (folder / "sea" / "01-tides.md").write_text(LESSON)
    return folder


@pytest.fixture(scope="module")
def published(copy_of, courses):
    """The address of a database to which the courses were published once."""
    race = Race(copy_of())
    race.together(["sync", courses, 1])
    return race.database


@pytest.fixture
def race(copy_of, published):
    """A race on a copy of that database; none of its processes outlives the test."""
    race = Race(copy_of(published))
    yield race
    race.end()


@pytest.fixture
def first_race(copy_of):
    """A race on an empty database."""
    race = Race(copy_of())
    yield race
    race.end()


@pytest.fixture
def folder(courses, tmp_path):
    return shutil.copytree(courses, tmp_path / "content")


def test_two_first_synchronisations_publish_everything_once(folder, first_race):
    first_race.together(*(["sync", folder, 2] for _process in range(3)))
    revisions = first_race.revisions()
    assert [(number, origin) for number, origin, _ in revisions] == [(1, "folder")]
    assert first_race.met() == []


def test_no_author_overwrites_another(race):
    names = ("ann", "bob", "cem")
    states = race.together(*(["add_lines", name, LINES] for name in names))
    revisions = race.revisions()
    published = sum(state == "published" for of_one in states for state in of_one)
    assert published == LINES * len(names)
    assert [number for number, _, _ in revisions] == list(range(1, 2 + LINES * len(names)))
    last = revisions[-1][2]
    assert all(f"Line {name}-{number}\n" in last for name in names for number in range(LINES))


def test_the_folder_never_overwrites_what_the_studio_published(folder, race):
    [_, [edits, conflicts]] = race.together(["replace", "ann", 15], ["edit_folder", folder, 400])
    revisions = race.revisions()
    origins = [origin for _, origin, _ in revisions]
    first = origins.index("studio")
    assert set(origins[:first]) <= {"folder"}
    # After the studio's first publication the folder's edits have met it.
    assert "folder" not in origins[first:]
    assert conflicts == ["sea/01-tides.md"]
    texts = {text for _, _, text in revisions} | set(race.met())
    assert all(f"Body {10_000 + number}\n" in "".join(texts) for number in range(edits + 1))


def test_a_reader_sees_the_old_text_or_the_new_one(race, show):
    reading = race.begin("read", PUBLICATIONS)
    [[published, overtaken]] = race.together(["replace", "ann", PUBLICATIONS])
    assert (published, overtaken) == (PUBLICATIONS, 0)
    pages, texts, mixed = race.found_by(reading)
    show(f"{pages} pages read during {published} publications, {texts} texts seen")
    assert mixed == []
    assert texts > 20
