"""Measured figures, printed together at the end of the run whether their tests pass or not."""

from collections.abc import Callable

import pytest

Show = Callable[[str], None]
PROPERTY = "figure"


@pytest.fixture
def show(record_property: Callable[[str, object], None]) -> Show:
    """Keep a line for the end of the run; it comes through from the processes that share a run."""
    return lambda line: record_property(PROPERTY, line)


def print_figures(terminal: pytest.TerminalReporter) -> None:
    """Print every figure of the run."""
    figures = [
        value
        for reports in terminal.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == PROPERTY
    ]
    if figures:
        terminal.section("measured")
        for line in figures:
            terminal.line(str(line))
