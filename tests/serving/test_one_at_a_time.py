"""Requests of one process: quick ones one after the other, and none behind a slow one."""

import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from learn.serving import one_at_a_time
from learn.serving.one_at_a_time import QUICK_SECONDS, OneAtATime

THREADS = 4
PATIENT_SECONDS = 30.0


def call(application: OneAtATime) -> Iterable[bytes]:
    return application({}, lambda *_start: lambda _data: None)


def quick_application() -> tuple[OneAtATime, list[int]]:
    """Return an application, and what it notes down: how many requests it is at work on."""
    inside: list[int] = []
    seen: list[int] = []

    def quick(*_request: Any) -> Iterable[bytes]:
        inside.append(1)
        seen.append(len(inside))
        time.sleep(0.0005)
        inside.pop()
        return [b"done"]

    return OneAtATime(quick), seen


def test_quick_requests_come_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_at_a_time, "QUICK_SECONDS", PATIENT_SECONDS)
    application, seen = quick_application()
    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(lambda _: call(application), range(50)))
    assert answers == [[b"done"]] * 50
    assert set(seen) == {1}


def test_who_waits_gets_the_turn_from_one_whose_requests_do_not_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(one_at_a_time, "QUICK_SECONDS", PATIENT_SECONDS)
    application, seen = quick_application()
    has_come = threading.Event()

    def never_rests() -> None:
        while not has_come.is_set():
            call(application)

    with ThreadPoolExecutor(THREADS) as threads:
        busy = threads.submit(never_rests)
        time.sleep(0.01)
        began = time.monotonic()
        assert threads.submit(call, application).result(timeout=20) == [b"done"]
        waited = time.monotonic() - began
        has_come.set()
        busy.result(timeout=20)
    assert waited < PATIENT_SECONDS / 10
    assert set(seen) == {1}


def test_another_request_goes_on_while_one_waits_for_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(one_at_a_time, "QUICK_SECONDS", PATIENT_SECONDS)
    disk = threading.Event()
    requests = iter(["stores", "reads"])
    at_work: list[str] = []

    def answer(*_request: Any) -> Iterable[bytes]:
        request = next(requests)
        at_work.append(request)
        if request == "stores":
            time.sleep(0.05)  # the other one waits by now
            application.step_aside()
            disk.wait(30)
        return [request.encode()]

    application = OneAtATime(answer)
    with ThreadPoolExecutor(THREADS) as threads:
        stores = threads.submit(call, application)
        while not at_work:
            time.sleep(0.001)
        assert threads.submit(call, application).result(timeout=20) == [b"reads"]
        assert not stores.done()
        disk.set()
        assert stores.result(timeout=20) == [b"stores"]


def test_nobody_waits_for_a_slow_request() -> None:
    goes_on = threading.Event()
    asked = iter(["slow"])

    def first_is_slow(*_request: Any) -> Iterable[bytes]:
        if next(asked, "") == "slow":
            goes_on.wait(30)
        return [b"done"]

    application = OneAtATime(first_is_slow)
    with ThreadPoolExecutor(THREADS) as threads:
        slow = threads.submit(call, application)
        time.sleep(2 * QUICK_SECONDS)
        quick = [threads.submit(call, application) for _ in range(10)]
        assert [one.result(timeout=20) for one in quick] == [[b"done"]] * 10
        assert not slow.done()
        goes_on.set()
        assert slow.result(timeout=20) == [b"done"]
    assert call(application) == [b"done"]


def test_a_request_that_fails_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_at_a_time, "QUICK_SECONDS", PATIENT_SECONDS)

    def fails(*_request: Any) -> Iterable[bytes]:
        raise LookupError

    application = OneAtATime(fails)
    began = time.monotonic()
    for _ in range(2):
        with pytest.raises(LookupError):
            call(application)
    assert time.monotonic() - began < PATIENT_SECONDS
