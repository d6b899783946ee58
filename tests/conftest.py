"""What every test may count on."""

import learn.sqlite_engine  # noqa: F401  (before Django)
from tests.second_run import SECOND_RUN


def pytest_collection_finish(session):
    """Begin the run on PostgreSQL at once where a test will ask for its end."""
    if session.config.option.collectonly:
        return
    if any(item.name == "test_suite_passes_on_postgresql" for item in session.items):
        SECOND_RUN.begin()
