"""Measured figures, shown in the run's output whether the test passes or not."""

import sys

import pytest


def show(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Print a line past pytest's capture."""
    with capsys.disabled():
        sys.stdout.write(f"\n{line}\n")
