"""A folder that was mistyped is said to hold no site, and stays what it was."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving.earlier import site_without_content
from tests.serving.site import ROOT, site_environment

pytestmark = pytest.mark.server


def run(var: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        cwd=var.parent,
        env=site_environment(var, **environment),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["move", "sqlite:///elsewhere.sqlite3"],
        ["move", "sqlite:///elsewhere.sqlite3", "--compare"],
        ["backup"],
        ["content", "export"],
        ["content", "export", "--to", "elsewhere"],
    ],
)
def test_a_command_that_needs_a_site_makes_none(tmp_path: Path, words: list[str]) -> None:
    var = tmp_path / "vra"
    done = run(var, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"There is no site here, for there is no file {var}/checkmark.sqlite3" in done.stderr
    assert "CHECKMARK_VAR" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_was_mistyped_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/stie.sqlite3"
    done = run(tmp_path / "var", "backup", DATABASE_URL=url)
    assert done.returncode == 2
    assert "stie.sqlite3: name the place of the site in DATABASE_URL" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_verified_where_there_is_no_site(tmp_path: Path) -> None:
    saved = site_without_content() / "checkmark.sqlite3"
    done = run(tmp_path / "vra", "restore", str(saved), "--verify")
    assert done.returncode == 0, done.stderr
    assert "is sound" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_is_told_in_a_line(tmp_path: Path) -> None:
    words = ("createsuperuser", "--noinput", "--username", "ada", "--email", "ada@example.org")
    done = run(tmp_path / "var", *words)
    assert done.returncode == 1
    assert done.stderr == (
        "The database cannot be used: no such table: learn_user; `manage.py migrate` makes the "
        "tables\n"
    )
    assert "Traceback" in run(tmp_path / "var", *words, "--traceback").stderr


def test_a_ruined_database_is_told_in_a_line(tmp_path: Path) -> None:
    site = tmp_path / "checkmark.sqlite3"
    site.write_text("no database" * 1000)
    done = run(tmp_path, "migrate")
    assert done.returncode == 1
    assert done.stderr.endswith("not a database; `manage.py restore` brings a backup back\n")
    saved = run(tmp_path, "backup", str(tmp_path / "saved.sqlite3"))
    assert saved.returncode == 1
    assert f"{site} cannot be read as a site" in saved.stderr


def test_help_is_given_without_a_site(tmp_path: Path) -> None:
    done = run(tmp_path / "var", "move", "--help")
    assert done.returncode == 0
    assert "TARGET_URL" in done.stdout
