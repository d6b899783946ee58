"""The environment: typed values, and one clear line for each wrong one."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from learn.cache_server import read_cache
from learn.environment import (
    EnvironmentFault,
    VarFolderFault,
    masked,
    read_bool,
    read_databases,
    read_list,
    read_path,
    read_secret_key,
    read_site_url,
    unusable_var_folder,
)
from learn.postgresql.health import check_connection
from tests.serving.site import ROOT, site_environment

SQLITE = {"default": {"NAME": "a"}}


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the outer environment counts."""
    for name in ("DATABASE_URL", "CACHE_URL", "SECRET_KEY", "SWITCH", "NAMES", "PLACE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("true", True), ("Yes", True), (" ON ", True), ("0", False), ("False", False)],
)
def test_switch(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("SWITCH", value)
    assert read_bool("SWITCH", default=not meant) is meant


@pytest.mark.parametrize("value", [None, "", "  "])
def test_nothing_means_the_default(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is not None:
        for name in ("SWITCH", "NAMES", "PLACE"):
            monkeypatch.setenv(name, value)
    assert read_bool("SWITCH", default=True) is True
    assert read_list("NAMES", default=["a"]) == ["a"]
    assert read_path("PLACE", Path("/b")) == Path("/b")


def test_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMES", " a.org, ,b.org:80,[::1]")
    assert read_list("NAMES", default=[]) == ["a.org", "b.org:80", "[::1]"]


def test_path_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLACE", "here")
    assert read_path("PLACE", Path("/b")) == tmp_path / "here"


def line_of(error: pytest.ExceptionInfo[EnvironmentFault]) -> str:
    """Return the fault's message, which must be one line."""
    assert "\n" not in str(error.value)
    return str(error.value)


def test_wrong_switch_names_variable_value_and_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "maybe")
    with pytest.raises(EnvironmentFault) as error:
        read_bool("SWITCH", default=False)
    assert line_of(error) == "SWITCH holds 'maybe': use 1 or 0"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("", ""),
        ("https://learn.example.org", "https://learn.example.org"),
        (" http://localhost:8000/ ", "http://localhost:8000"),
    ],
)
def test_site_url(monkeypatch: pytest.MonkeyPatch, value: str, meant: str) -> None:
    monkeypatch.setenv("SITE_URL", value)
    assert read_site_url() == meant


@pytest.mark.parametrize(
    "value",
    ["example.org", "ftp://example.org", "https://", "https://a.org/x", "https://u:p@a.org", "//a"],
)
def test_wrong_site_url(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(EnvironmentFault) as error:
        read_site_url()
    assert line_of(error).startswith("SITE_URL holds")
    assert "u:p" not in line_of(error)


@pytest.mark.parametrize("value", ["https://a.org", "a.org b.org", "a.org/x"])
def test_wrong_list(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NAMES", value)
    with pytest.raises(EnvironmentFault) as error:
        read_list("NAMES", default=[])
    assert line_of(error).startswith("NAMES holds ")


class TestSecretKey:
    """The key that signs cookies."""

    def test_is_made_once_and_kept(self, tmp_path: Path) -> None:
        var = tmp_path / "deep" / "var"
        key = read_secret_key(var)
        assert len(key) >= 50
        assert read_secret_key(var) == key
        assert [path.name for path in var.iterdir()] == ["secret_key"]
        assert (var / "secret_key").stat().st_mode & 0o777 == 0o600

    def test_is_agreed_on_by_processes_that_start_at_once(self, tmp_path: Path) -> None:
        keys: list[str] = []
        gate = threading.Barrier(8)

        def start() -> None:
            gate.wait()
            keys.append(read_secret_key(tmp_path))

        threads = [threading.Thread(target=start) for _process in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(keys) == 8
        assert len(set(keys)) == 1

    def test_of_the_environment_wins_and_writes_nothing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SECRET_KEY", "k" * 32)
        assert read_secret_key(tmp_path / "var") == "k" * 32
        assert not (tmp_path / "var").exists()

    def test_too_short_is_refused_and_not_shown(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SECRET_KEY", "hunter2")
        with pytest.raises(EnvironmentFault) as error:
            read_secret_key(tmp_path)
        assert "SECRET_KEY" in line_of(error)
        assert "hunter2" not in line_of(error)

    def test_spoiled_file_is_refused_and_not_shown(self, tmp_path: Path) -> None:
        (tmp_path / "secret_key").write_text("hunter2")
        with pytest.raises(EnvironmentFault) as error:
            read_secret_key(tmp_path)
        assert str(tmp_path / "secret_key") in line_of(error)
        assert "hunter2" not in line_of(error)

    def test_unusable_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(VarFolderFault) as error:
            read_secret_key(tmp_path / "file" / "var")
        assert "CHECKMARK_VAR" in line_of(error)
        assert "let this user write there" in line_of(error)

    def test_full_disk(self, tmp_path: Path) -> None:
        fault = unusable_var_folder(tmp_path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        assert "make room there or name another folder" in str(fault)


class TestDatabases:
    """Where the data is."""

    def test_default_is_two_sqlite_files(self, tmp_path: Path) -> None:
        databases = read_databases(tmp_path)
        assert {alias: database["NAME"] for alias, database in databases.items()} == {
            "default": str(tmp_path / "checkmark.sqlite3"),
            "sessions": str(tmp_path / "sessions.sqlite3"),
        }
        options = databases["default"]["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] == 5
        assert "PRAGMA journal_mode=WAL;" in options["init_command"]
        assert "PRAGMA synchronous=FULL;" in options["init_command"]
        assert databases["default"]["CONN_MAX_AGE"] is None

    @pytest.mark.parametrize(
        ("url", "name"), [("sqlite:///a/b.db", "a/b.db"), ("sqlite:////c.db", "/c.db")]
    )
    def test_sqlite_by_address(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, name: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("DATABASE_URL", url)
        databases = read_databases(tmp_path / "var")
        assert databases["default"]["NAME"] == str(tmp_path / name)
        assert databases["sessions"]["NAME"] == str(tmp_path / "var" / "sessions.sqlite3")

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
    def test_postgresql(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scheme: str) -> None:
        monkeypatch.setenv("DATABASE_URL", f"{scheme}://me:pw@db.org:5433/site?sslmode=require")
        databases = read_databases(tmp_path)
        assert list(databases) == ["default"]
        database = databases["default"]
        assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.org", 5433, "site")
        options: dict[str, Any] = database["OPTIONS"]
        assert options["sslmode"] == "require"
        pool = {"min_size": 1, "max_size": 4, "timeout": 2, "reconnect_timeout": 2}
        assert options["pool"] == {**pool, "check": check_connection}
        assert options["tcp_user_timeout"] == 1000 * options["connect_timeout"] == 5000
        assert options["options"] == (
            "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s "
            "-c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan"
        )
        assert database["CONN_MAX_AGE"] == 0

    @pytest.mark.parametrize(
        "url",
        [
            "mysql://me:hunter2@db.org/site",
            "postgresql://me:hunter2@db.org:many/site",
            "postgresql://me:hunter2@db.org/",
            "postgresql://me:hunter2@db.org:70000/site",
            "postgresql://me:hunter2@[db.org/site",
            "sqlite://me:hunter2@/",
            "hunter2",
            "db.org/site?password=hunter2",
        ],
    )
    def test_wrong_address_is_refused_without_its_password(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(EnvironmentFault) as error:
            read_databases(tmp_path)
        assert line_of(error).startswith("DATABASE_URL holds ")
        assert "hunter2" not in line_of(error)

    @pytest.mark.parametrize("url", ["sqlite:///", "sqlite:///:memory:", "sqlite://:memory:"])
    def test_sqlite_needs_a_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(EnvironmentFault, match="sqlite:///path"):
            read_databases(tmp_path)


class TestCache:
    """Where short-lived things are."""

    def test_default_is_a_table_that_all_processes_share(self) -> None:
        assert read_cache(SQLITE)["default"]["BACKEND"].endswith("DatabaseCache")

    @pytest.mark.parametrize(
        ("scheme", "meant"),
        [("redis", "redis"), ("rediss", "rediss"), ("valkey", "redis"), ("valkeys", "rediss")],
    )
    def test_redis(self, monkeypatch: pytest.MonkeyPatch, scheme: str, meant: str) -> None:
        monkeypatch.setenv("CACHE_URL", f"{scheme}://cache.org/0")
        mine, other = read_cache(SQLITE)["default"], read_cache({"default": {"NAME": "b"}})
        assert mine["BACKEND"].endswith("RedisCache")
        assert mine["LOCATION"] == f"{meant}://cache.org/0"
        assert mine["KEY_PREFIX"] != other["default"]["KEY_PREFIX"]

    @pytest.mark.parametrize(
        "url", ["memcached://a:hunter2@b", "redis://", "hunter2", "redis://:hunter2@a/one"]
    )
    def test_wrong_address(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("CACHE_URL", url)
        with pytest.raises(EnvironmentFault) as error:
            read_cache(SQLITE)
        assert line_of(error).startswith("CACHE_URL holds ")
        assert "hunter2" not in line_of(error)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:pw@host/db", "postgresql://me:***@host/db"),
        ("postgresql://me:p@w@host/db?password=pw", "postgresql://me:***@host/db"),
        ("redis://:pw@host/0", "redis://:***@host/0"),
        ("redis://host/0", "redis://host/0"),
        ("redis://[::1]:6379/0", "redis://[::1]:6379/0"),
        ("postgresql://me:p#w@host/db", "postgresql://***"),
        ("postgresql://me:p?w@host/db", "postgresql://***"),
        ("postgresql://host/db?password=p@w", "postgresql://***"),
        ("postgresql://me:p/w@host/db", "postgresql://me:***@host/db"),
        ("postgresql://me:pw", "postgresql://***"),
        ("pw", "***"),
    ],
)
def test_masked(url: str, shown: str) -> None:
    assert masked(url) == shown


@pytest.mark.server
def test_any_command_tells_of_a_wrong_value_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=site_environment(tmp_path / "var", DATABASE_URL="mysql://me:hunter2@host/db"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "DATABASE_URL holds 'mysql://me:***@host/db': "
        "use postgresql://user:password@host/name or sqlite:///path\n"
    )
