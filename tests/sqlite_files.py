"""A SQLite file and two connections to it, as two workers have them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from learn.environment import databases_at


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[BaseDatabaseWrapper, BaseDatabaseWrapper]]:
    """Two connections to one file; each waits at most half a second."""
    database = databases_at(f"sqlite:///{tmp_path}/site.sqlite3", tmp_path)["default"]
    database["OPTIONS"] = {**database["OPTIONS"], "timeout": 0.5}
    handlers = [ConnectionHandler({"default": database})["default"] for _ in range(2)]
    for connection in handlers:
        connection.inc_thread_sharing()
    yield handlers[0], handlers[1]
    for connection in handlers:
        connection.close()
