"""What every test may count on, and what a run tells at its end."""

from datetime import timedelta

from hypothesis import settings

from tests.databases import cluster, database, empty_database, module_database, template
from tests.figures import print_figures, show
from tests.serving.earlier import begin_sharing
from tests.sqlite_files import two

__all__ = ["cluster", "database", "empty_database", "module_database", "show", "template", "two"]

# An example is given time on a busy machine too; one that takes ages still fails.
settings.register_profile("busy", deadline=timedelta(seconds=2))
settings.load_profile("busy")

# What takes longest begins first, so that no process waits for another at the end. Browsers come
# last: Playwright keeps an event loop in its process, beside which Django refuses its database.
FIRST = ("test_suite_on_postgresql.py", "test_races.py", "test_moving.py", "/serving/")
BROWSERS = ("test_screenshots.py", "/writing/", "/access/test_axe", "/access/", "/journeys/")


def pytest_configure(config):
    """Let the processes that share this run share what takes long to make."""
    if not hasattr(config, "workerinput"):
        begin_sharing()


def pytest_collection_modifyitems(items):
    """Put the tests in the order in which they are begun."""

    parts = (*FIRST, "", *BROWSERS)

    def place(item):
        path = item.path.as_posix()
        known = (place for place, part in enumerate(parts) if part and part in path)
        return next(known, parts.index(""))

    items.sort(key=place)


def pytest_terminal_summary(terminalreporter):
    """Print what was measured."""
    print_figures(terminalreporter)
