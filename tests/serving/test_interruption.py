"""Signals that come in the middle of each other, or of the wait for them, stop nothing for ever."""

import subprocess
import sys

import pytest

from learn.serving.interruption import Interruption
from tests.serving.site import ROOT

pytestmark = pytest.mark.server

# A signal every 200 microseconds sets the event while the main thread clears it and waits for it.
UNDER_FIRE = """
import signal, sys, threading, time
sys.path.insert(0, {root!r})
from learn.serving.interruption import Interruption
event = Interruption()
signal.signal(signal.SIGALRM, lambda *_: event.set())
signal.setitimer(signal.ITIMER_REAL, 0.0002, 0.0002)
until = time.monotonic() + 3
while time.monotonic() < until:
    event.wait(0.01)
    event.clear()
signal.setitimer(signal.ITIMER_REAL, 0)
print("went on")
"""


def goes_on_under_fire():
    script = UNDER_FIRE.format(root=str(ROOT))
    try:
        ended = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, timeout=15, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return "went on" in ended.stdout


def test_a_storm_of_signals_does_not_stop_it():
    assert goes_on_under_fire()


def test_it_wakes_and_forgets():
    event = Interruption()
    assert not event.wait(0.01)
    for _ in range(100_000):
        event.set()
    assert event.is_set()
    assert event.wait()
    event.clear()
    assert not event.is_set()
