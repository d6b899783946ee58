"""Folder, studio and readers at the same moment, in processes of their own, on both databases."""

import json
import os
import subprocess
import sys

import pytest

from tests.postgresql import NoServerError, temporary_cluster
from tests.serving.site import ROOT

pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]

PUBLICATIONS = 50
LINES = 2
PATIENCE = 300
LESSON = "# Tides\n\nThe moon pulls.\n\n## From ann\n\n## From bob\n\n## From cem\n\nEnd.\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'site.sqlite3'}"
        return
    try:
        with temporary_cluster() as url:
            yield url
    except NoServerError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is needed here: {reason}")
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")


@pytest.fixture
def begin(database):
    """Start a process of ``racing`` on the database; none outlives the test."""
    started = []

    def begin(*words):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.with_django", "tests.learn.racing", *map(str, words)],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": database,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def together(begin):
    """Run processes at the same time; return what each of them found."""

    def together(*commands):
        running = [begin(*words) for words in commands]
        outputs = [process.communicate(timeout=PATIENCE) for process in running]
        for process, (_, complaint) in zip(running, outputs, strict=True):
            assert process.returncode == 0, complaint[-2000:]
        return [json.loads(out.splitlines()[-1]) for out, _ in outputs]

    return together


@pytest.fixture
def folder(tmp_path, together):
    course = tmp_path / "content" / "sea"
    course.mkdir(parents=True)
    (course / "course.md").write_text("---\ntitle: Sea\n---\n")
    (course / "01-tides.md").write_text(LESSON)
    together(["migrate"])
    return course.parent


def test_two_first_synchronisations_publish_everything_once(folder, together):
    together(*(["sync", folder, 2] for _process in range(3)))
    [[revisions, met]] = together(["history"])
    assert [(number, origin) for number, origin, _ in revisions] == [(1, "folder")]
    assert met == []


def test_no_author_overwrites_another(folder, together):
    together(["sync", folder, 1])
    names = ("ann", "bob", "cem")
    states = together(*(["add_lines", name, LINES] for name in names))
    [[revisions, _]] = together(["history"])
    published = sum(state == "published" for of_one in states for state in of_one)
    assert published == LINES * len(names)
    assert [number for number, _, _ in revisions] == list(range(1, 2 + LINES * len(names)))
    last = revisions[-1][2]
    assert all(f"Line {name}-{number}\n" in last for name in names for number in range(LINES))


def test_the_folder_never_overwrites_what_the_studio_published(folder, together):
    together(["sync", folder, 1])
    [_, [edits, conflicts]] = together(["replace", "ann", 15], ["edit_folder", folder, 400])
    [[revisions, met]] = together(["history"])
    origins = [origin for _, origin, _ in revisions]
    first = origins.index("studio")
    assert set(origins[:first]) <= {"folder"}
    # After the studio's first publication the folder's edits have met it.
    assert "folder" not in origins[first:]
    assert conflicts == ["sea/01-tides.md"]
    texts = {text for _, _, text in revisions} | set(met)
    assert all(f"Body {10_000 + number}\n" in "".join(texts) for number in range(edits + 1))


def test_a_reader_sees_the_old_text_or_the_new_one(folder, begin, together, show):
    (folder / "sea" / "01-tides.md").write_text("# Title 0\n\nThe moon pulls.\n\nBody 0\n")
    together(["sync", folder, 1])
    reading = begin("read", PUBLICATIONS)
    [[published, overtaken]] = together(["replace", "ann", PUBLICATIONS])
    assert (published, overtaken) == (PUBLICATIONS, 0)
    out, complaint = reading.communicate(timeout=PATIENCE)
    assert reading.returncode == 0, complaint[-2000:]
    pages, texts, mixed = json.loads(out)
    show(f"{pages} pages read during {published} publications, {texts} texts seen")
    assert mixed == []
    assert texts > 20
