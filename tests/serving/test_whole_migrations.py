"""A start that is ended while it makes tables is made up for by the next one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.serving.test_existing_site import run

pytestmark = pytest.mark.server

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
# Of all that is made, it is the note of one migration that the database does not take.
NOTES = "CREATE TABLE django_migrations (id %s, app text, name text, applied %s)"


def test_a_migration_is_there_with_its_note_or_not_at_all_on_sqlite(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    with closing(sqlite3.connect(var / "checkmark.sqlite3")) as database:
        database.execute(NOTES % ("integer primary key autoincrement", "datetime"))
        database.execute(
            "CREATE TRIGGER refused BEFORE INSERT ON django_migrations WHEN NEW.app = 'mfa' "
            "BEGIN SELECT RAISE(ABORT, 'ended here'); END"
        )
        assert "ended here" in run(var, "migrate").stderr
        names = {name for (name,) in database.execute(TABLES["sqlite"])}
        assert "learn_user" in names
        assert "mfa_authenticator" not in names
        database.execute("DROP TRIGGER refused")
        database.commit()
        done = run(var, "migrate", "-v0")
        assert done.returncode == 0, done.stderr
        assert "mfa_authenticator" in {name for (name,) in database.execute(TABLES["sqlite"])}


def test_a_migration_is_there_with_its_note_or_not_at_all_on_postgresql(
    empty_database: str, tmp_path: Path
) -> None:
    with psycopg.connect(empty_database, autocommit=True) as database:
        database.execute(NOTES % ("serial primary key", "timestamptz"))
        database.execute(
            "ALTER TABLE django_migrations ADD CONSTRAINT refused CHECK (app <> 'mfa')"
        )
        first = run(tmp_path / "var", "migrate", DATABASE_URL=empty_database)
        assert "refused" in first.stderr
        names = {name for (name,) in database.execute(TABLES["postgresql"])}
        assert "learn_user" in names
        assert "mfa_authenticator" not in names
        database.execute("ALTER TABLE django_migrations DROP CONSTRAINT refused")
        done = run(tmp_path / "var", "migrate", "-v0", DATABASE_URL=empty_database)
        assert done.returncode == 0, done.stderr
