"""``manage.py move``: a whole site from SQLite to PostgreSQL and back, nothing lost."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import Request, urlopen

import psycopg
import pytest

from learn.serving.lock import exclusive
from tests.databases import new_database
from tests.serving.earlier import site_without_content
from tests.serving.person import Person
from tests.serving.site import ROOT, Site, site_environment

# Several processes each, and the machine may be busy with the second run.
pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

FILL = """\
import sys
from pathlib import Path
import django
django.setup()
from tests.serving.filled_site import fill
print(fill(Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a site that has run, and the cookie of somebody who is signed in there."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(site_without_content(), folder / "var")
    done = run(folder / "var", "-c", FILL, str(folder / "content"))
    assert done.returncode == 0, done.stderr
    return folder, done.stdout.strip()


@pytest.fixture(scope="module")
def first_move(filled: tuple[Path, str], module_database: str) -> "tuple[str, str]":
    """The address of the database to which the site was moved, and what that printed."""
    database = filled[0] / "var" / "checkmark.sqlite3"
    before = database.read_bytes()
    done = move(filled[0] / "var", module_database)
    assert done.returncode == 0, done.stdout + done.stderr
    assert database.read_bytes() == before
    return module_database, done.stdout


@pytest.fixture
def moved(first_move: tuple[str, str], cluster: str) -> str:
    """The address of a copy of the moved site."""
    return new_database(cluster, first_move[0].rpartition("/")[2])


@pytest.fixture
def folder(filled: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the filled site."""
    return Path(shutil.copytree(filled[0], tmp_path / "site"))


def run(var: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run Python for the site in ``var``."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=site_environment(var, **environment),
        capture_output=True,
        text=True,
        check=False,
    )


def move(var: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return run(var, "manage.py", "move", *words, **environment)


def counts(printed: str) -> dict[str, int]:
    """Return the tables that were compared and their rows."""
    return {name: int(rows) for name, rows in re.findall(r"^(\w+) +(\d+) +\w{12}", printed, re.M)}


def test_every_table_is_moved_and_compared(first_move: tuple[str, str]) -> None:
    found = counts(first_move[1])
    assert "All the same" in first_move[1]
    needed = (
        *("quizzes_response", "quizzes_reviewcard", "learn_draft", "learn_fileconflict"),
        *("learn_storedfile", "learn_searchentry", "learn_mergerecord"),
        *("learn_user_groups", "learn_note", "auth_group", "django_session"),
    )
    assert {name for name in needed if not found.get(name)} == set()


def test_a_moved_site_goes_on_where_it_was(
    folder: Path, filled: tuple[Path, str], moved: str
) -> None:
    with Site(folder / "var", folder / "content", DATABASE_URL=moved) as site:
        site.wait_until_ready()
        assert "潮汐" in site.get("/courses/sea/tides/")[1]
        assert "/courses/sea/tides/" in site.get("/search/?q=gezeiten")[1]
        assert "ada@example.org" in signed_in(site, filled[1])
        newcomer = Person(f"http://127.0.0.1:{site.port}")
        verdict = newcomer.answer(newcomer.get("/courses/sea/tides/check/"))
        assert verdict in {"correct", "incorrect"}
    with psycopg.connect(moved) as server:
        [(user, merged)] = server.execute(
            "SELECT (SELECT max(id) FROM learn_user), (SELECT max(source) FROM learn_mergerecord)"
        ).fetchall()
        assert user > merged, "a number was given a second time"
        [(content,)] = server.execute(
            "SELECT content FROM learn_storedfile s JOIN learn_mediafile m ON m.file = s.name"
        ).fetchall()
        assert content == bytes(range(256)) * 8


def signed_in(site: Site, cookie: str) -> str:
    """Return the page of the e-mail addresses as the owner of the session sees it."""
    address = f"http://127.0.0.1:{site.port}/accounts/email/"
    with urlopen(Request(address, headers={"Cookie": f"sessionid={cookie}"})) as response:
        return str(response.read().decode())


def test_one_changed_value_is_found(folder: Path, moved: str) -> None:
    with psycopg.connect(moved) as server:
        server.execute("UPDATE quizzes_response SET fraction = 0.5 WHERE id = 1")
    compared = move(folder / "var", moved, "--compare")
    assert compared.returncode == 1
    assert "Different: quizzes_response." in compared.stdout
    again = move(folder / "var", moved)
    assert again.returncode == 2
    assert "holds data already" in again.stderr


def test_it_comes_back_the_same(folder: Path, moved: str, tmp_path: Path) -> None:
    """From PostgreSQL to SQLite too: nobody is held."""
    back = tmp_path / "back" / "checkmark.sqlite3"
    back.parent.mkdir()
    done = move(folder / "var", f"sqlite:///{back}", DATABASE_URL=moved)
    assert done.returncode == 0, done.stdout + done.stderr
    compared = move(folder / "var", f"sqlite:///{back}", "--compare")
    assert compared.returncode == 0, compared.stdout
    assert given(back) == given(folder / "var" / "checkmark.sqlite3")


def test_items_and_answers_of_an_earlier_site_get_the_person_of_their_attempt(
    folder: Path, moved: str
) -> None:
    """On each engine what came later is taken away and made anew; then all is as in the other."""
    earlier = [
        *(
            f"ALTER TABLE quizzes_{table} DROP COLUMN user_id"
            for table in ("attemptitem", "response")
        ),
        "DROP INDEX attempt_by_what_it_repeats",
        "DELETE FROM django_migrations WHERE app = 'quizzes' AND name >= '0006'",
    ]
    with closing(sqlite3.connect(folder / "var" / "checkmark.sqlite3")) as source, source:
        source.executescript(";".join(earlier))
    with psycopg.connect(moved) as server:
        server.execute(";".join(earlier))
    for environment in ({}, {"DATABASE_URL": moved}):
        migrated = run(folder / "var", "manage.py", "migrate", "-v0", **environment)
        assert migrated.returncode == 0, migrated.stderr
    compared = move(folder / "var", moved, "--compare")
    assert compared.returncode == 0, compared.stdout
    with psycopg.connect(moved) as server:
        [(answers, same)] = server.execute(
            "SELECT count(*), sum((i.user_id = a.user_id AND r.user_id = a.user_id)::int) "
            "FROM quizzes_response r JOIN quizzes_attemptitem i ON i.id = r.item_id "
            "JOIN quizzes_attempt a ON a.id = i.attempt_id"
        ).fetchall()
        assert answers == same > 0


def given(path: Path) -> dict[str, int]:
    """Return the highest number that each table has given to a row."""
    with closing(sqlite3.connect(path)) as database:
        kept = "name NOT IN ('django_migrations')"
        return dict(database.execute(f"SELECT name, seq FROM sqlite_sequence WHERE seq AND {kept}"))


def test_what_the_target_cannot_hold_is_named_and_nothing_is_moved(
    folder: Path, database: str
) -> None:
    with closing(sqlite3.connect(folder / "var" / "checkmark.sqlite3")) as source, source:
        source.execute("UPDATE learn_note SET anchor = ?", ["a" * 201])
    done = move(folder / "var", database)
    assert done.returncode == 1
    assert "learn_note, row 1, anchor: the target cannot hold this text." in done.stderr
    with psycopg.connect(database) as server:
        assert server.execute("SELECT count(*) FROM learn_user").fetchall() == [(0,)]


def test_it_is_refused_while_the_site_runs(folder: Path, database: str) -> None:
    with exclusive(folder / "var"):
        done = move(folder / "var", database)
    assert done.returncode == 2
    assert "already served" in done.stderr


def test_wrong_use_is_told_in_one_line(folder: Path) -> None:
    done = move(folder / "var", "mysql://a:hunter2@b/c")
    assert done.returncode == 2
    assert done.stderr.startswith("TARGET_URL holds 'mysql://a:***@b/c'")
    assert done.stderr.count("\n") == 1


def test_there_is_nothing_to_compare_with_before_the_site_was_moved(
    folder: Path, empty_database: str
) -> None:
    done = move(folder / "var", empty_database, "--compare")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "holds no site of this release" in done.stderr


def test_rows_that_the_settings_do_not_know_are_not_left_behind(
    folder: Path, database: str
) -> None:
    providers = {"github": {"client_id": "a", "secret": "b"}}
    known = {"SOCIAL_PROVIDERS": json.dumps(providers)}
    assert run(folder / "var", "manage.py", "migrate", "-v0", **known).returncode == 0
    with closing(sqlite3.connect(folder / "var" / "checkmark.sqlite3")) as source, source:
        source.execute(
            "INSERT INTO socialaccount_socialaccount (provider, uid, last_login, date_joined, "
            "extra_data, user_id) VALUES ('github', '1', '2026-01-01', '2026-01-01', '{}', 1)"
        )
    done = move(folder / "var", database)
    assert done.returncode == 2
    assert "socialaccount_socialaccount" in done.stderr
