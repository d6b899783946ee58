"""A site is saved while it is used, and brought back from the file as it was then."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.figures import Show
from tests.serving.earlier import site_without_content
from tests.serving.person import Person
from tests.serving.site import ROOT, Site, site_environment
from tests.serving.test_answers_survive import CHECK, COURSE

pytestmark = pytest.mark.server

type Say = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "sea").mkdir(parents=True)
    (tmp_path / "content" / "sea" / "sea.md").write_text(COURSE)
    return tmp_path


@pytest.fixture
def say(folder: Path) -> Say:
    """Runs a command on the site's data."""

    def run(*words: object, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *map(str, words)],
            env=site_environment(folder / "var", **more),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def site_of(folder: Path) -> Site:
    return Site(folder / "var", folder / "content", like=site_without_content)


def answers_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        return int(database.execute("SELECT count(*) FROM quizzes_response").fetchone()[0])


def test_a_site_in_use_is_saved_and_brought_back_though_its_file_is_ruined(
    folder: Path, say: Say, show: Show
) -> None:
    is_over = threading.Event()
    told: list[float] = []

    def learn(address: str) -> None:
        while not is_over.is_set():
            person = Person(address)
            page = person.get(CHECK)
            begun = time.monotonic()
            person.answer(page, by_htmx=True)
            told.append(time.monotonic() - begun)

    saved = folder / "elsewhere" / "site.sqlite3"
    with site_of(folder) as site:
        site.wait_until_ready()
        clients = [
            threading.Thread(target=learn, args=(f"http://127.0.0.1:{site.port}",))
            for _ in range(4)
        ]
        for client in clients:
            client.start()
        while len(told) < 20:
            time.sleep(0.01)
        before, begun = len(told), time.monotonic()
        done = say("backup", saved)
        seconds = time.monotonic() - begun
        is_over.set()
        for client in clients:
            client.join()
        assert (done.returncode, done.stderr) == (0, "")
        assert f"Saved and checked: {saved} (lessons: 1" in done.stdout
        assert oct(saved.stat().st_mode & 0o777) == "0o600"
        refused = say("restore", saved)
        assert (refused.returncode, "already served" in refused.stderr) == (1, True)
    kept = answers_in(saved)
    assert before <= kept <= len(told)
    show(f"backup beside 4 learners: {seconds:.2f} s, their slowest answer {max(told):.3f} s")

    main = folder / "var" / "checkmark.sqlite3"
    ruin = b"no database any more" * 1000
    main.write_bytes(ruin)
    with site_of(folder) as site:
        assert site.wait_for_end() == 1
        assert "`manage.py restore` brings a backup back" in site.err
        assert site.err.count("\n") == 1
    done = say("restore", saved)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"answers: {kept}" in done.stdout
    [aside] = (folder / "var").glob("checkmark-before-*.sqlite3")
    assert aside.read_bytes() == ruin
    with site_of(folder) as site:
        site.wait_until_ready()
        assert answers_in(main) == kept
        person = Person(f"http://127.0.0.1:{site.port}")
        person.answer(person.get(CHECK), by_htmx=True)
        assert answers_in(main) == kept + 1


def test_what_is_no_sound_site_is_refused_and_changes_nothing(folder: Path, say: Say) -> None:
    with site_of(folder) as site:
        site.wait_until_ready()
    good = folder / "good.sqlite3"
    assert say("backup", good).returncode == 0
    assert "is sound (lessons: 1" in say("restore", good, "--verify").stdout
    cut = folder / "cut.sqlite3"
    cut.write_bytes(good.read_bytes()[:-8192])
    text = folder / "notes.txt"
    text.write_text("not a database")
    newer = folder / "newer.sqlite3"
    newer.write_bytes(good.read_bytes())
    with closing(sqlite3.connect(newer)) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('quizzes', '9999_x', '')"
        )
        database.commit()
    main = folder / "var" / "checkmark.sqlite3"
    before = main.read_bytes()
    for file, reason in (
        (cut, "malformed"),
        (text, "not a database"),
        (newer, "newer release (quizzes.9999_x)"),
        (folder / "nowhere", "unable to open"),
    ):
        done = say("restore", file)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert reason in done.stderr
        assert main.read_bytes() == before


def test_a_backup_overwrites_nothing_but_a_backup(folder: Path, say: Say) -> None:
    with site_of(folder) as site:
        site.wait_until_ready()
    text = folder / "notes.txt"
    text.write_text("mine")
    main = folder / "var" / "checkmark.sqlite3"
    for file, reason in (
        (text, "is no backup"),
        (main, "is no backup"),
        (folder, "is a folder"),
        (text / "x", "cannot be written"),
    ):
        done = say("backup", file)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert reason in done.stderr
    assert text.read_text() == "mine"
    again = folder / "again.sqlite3"
    assert [say("backup", again).returncode for _ in range(2)] == [0, 0]
    assert not list(folder.glob(".*"))


def test_backups_beside_the_site_are_kept_for_some_time(folder: Path, say: Say) -> None:
    with site_of(folder) as site:
        site.wait_until_ready()
    backups = folder / "var" / "backups"
    backups.mkdir()
    old = [backups / f"checkmark-202601{day:02}T030000Z.sqlite3" for day in range(1, 29)]
    others = backups / "notes.txt"
    for file in (*old, others):
        file.touch()
    done = say("backup")
    assert done.returncode == 0, done.stderr
    assert "Older ones removed: " in done.stdout
    left = sorted(backups.iterdir())
    assert others in left
    assert len(left) < len(old)
    assert old[-1] in left


def test_a_site_in_postgresql_is_told_of_its_own_tools(say: Say) -> None:
    done = say("backup", DATABASE_URL="postgresql://somebody@localhost:1/nothing")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "pg_dump" in done.stderr
