"""What every test may count on, and what a run tells at its end."""

from datetime import timedelta

from hypothesis import settings

import learn.sqlite_engine  # noqa: F401  (before Django)
from tests.figures import print_figures, show

__all__ = ["show"]

# An example is given time on a busy machine too; one that takes ages still fails.
settings.register_profile("busy", deadline=timedelta(seconds=2))
settings.load_profile("busy")

# What takes longest begins first, so that no process waits for another at the end.
LONGEST_FIRST = (
    "test_suite_on_postgresql.py",
    "test_races.py",
    "test_answers_survive.py",
    "/journeys/",
    "/serving/",
)


def pytest_collection_modifyitems(items):
    """Put the tests in the order in which they are begun."""

    def place(item):
        path = item.path.as_posix()
        return next(
            (place for place, part in enumerate(LONGEST_FIRST) if part in path), len(LONGEST_FIRST)
        )

    items.sort(key=place)


def pytest_terminal_summary(terminalreporter):
    """Print what was measured."""
    print_figures(terminalreporter)
