"""Somebody at a terminal of the site: gives commands of ``content`` one after the other.

Run as ``python -m tests.with_django tests.journeys.writing.terminal``, one process for all of them,
which reads the words of a command as a line of JSON and answers with exit code and output.
"""

import json
import subprocess
import sys
from io import StringIO

from django.core.management import CommandError, call_command

from tests.serving.site import ROOT


class Terminal:
    """The process, seen from a test."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.with_django", "tests.journeys.writing.terminal"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def content(self, *words):
        """Run a sub-command of ``content``; return its exit code and what it printed."""
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return tuple(json.loads(self.process.stdout.readline()))

    def close(self):
        """Leave."""
        self.process.communicate()


def main() -> None:
    """Do what is asked for until nothing more is."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(result_of(json.loads(line))) + "\n")
        sys.stdout.flush()


def result_of(words: list[str]) -> tuple[int, str]:
    """Run the command and return how it ended and what it printed."""
    out = StringIO()
    try:
        call_command("content", *words, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()
