"""Writers take turns by a token that is handed on."""

import subprocess
import sys
from threading import Thread

import pytest

from learn.sqlite.turns import Turns

BRIEFLY = 0.05
FORKS = """
import os
from learn.sqlite.turns import turns_at

turns = turns_at("site.sqlite3")
turns.take(1)
child = os.fork()
if child:
    turns.hand_on()
    _, status = os.waitpid(child, 0)
    print("waited" if status == 0 else "did not wait", turns.take(1))
else:
    has_come = turns_at("site.sqlite3").take(5)
    turns.hand_on()
    os._exit(0 if has_come else 1)
"""


@pytest.fixture
def turns() -> Turns:
    return Turns()


def test_the_token_is_one_persons_at_a_time(turns: Turns) -> None:
    assert turns.take(BRIEFLY)
    assert not turns.take(BRIEFLY)
    turns.hand_on()
    assert turns.take(BRIEFLY)


def test_handing_on_twice_makes_no_second_token(turns: Turns) -> None:
    turns.hand_on()
    turns.hand_on()
    assert [turns.take(0), turns.take(0)] == [True, False]


def test_each_of_many_threads_gets_its_turn_and_none_beside_another(turns: Turns) -> None:
    within, seen = [], []

    def write() -> None:
        for _ in range(50):
            assert turns.take(5)
            within.append(1)
            seen.append(len(within))
            within.pop()
            turns.hand_on()

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 400


def test_a_fork_waits_for_the_same_token() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKS], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.split() == ["waited", "True"]
