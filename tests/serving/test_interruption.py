"""Signals stop what they are to stop, and nothing for ever, even in the middle of each other."""

import os
import signal
import subprocess
import sys
import time

import pytest

from learn.serving.interruption import Interruption
from tests.serving.earlier import site_without_content
from tests.serving.site import ROOT, Site, is_listened_to, make_content, wait_until

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


@pytest.mark.parametrize("watches", [False, True])
def test_a_server_ends_with_its_terminal(tmp_path, watches):
    content = make_content(tmp_path / "content")
    with Site(tmp_path / "var", content, watches=watches, like=site_without_content) as site:
        site.wait_until_ready()
        os.kill(site.process.pid, signal.SIGHUP)
        assert site.wait_for_end() == 0
        wait_until(lambda: not is_listened_to(site.port), what="the port is free")
        assert site.err == ""


def test_nohup_has_it_outlive_the_terminal(tmp_path):
    content = make_content(tmp_path / "content")
    launcher = ("nohup", sys.executable)
    with Site(tmp_path / "var", content, launcher=launcher, like=site_without_content) as site:
        site.wait_until_ready()
        os.killpg(site.process.pid, signal.SIGHUP)
        time.sleep(0.5)
        assert site.get("/healthz")[0] == 200
        site.process.terminate()
        assert site.wait_for_end() == 0
