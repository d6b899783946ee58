"""Circles of objects go when nobody waits, and not before there are enough of them."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from learn.serving.tidying import ENOUGH_OBJECTS, NEW_OBJECTS, ROUNDS, tidy_seldom, tidy_up

pytestmark = pytest.mark.server


class Circle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.collect()
    tidy_seldom()
    yield
    gc.set_threshold(*before)


def circles(number: int) -> weakref.ref[Circle]:
    """Make so many circles that nobody holds; return one of them, for as long as it is there."""
    one = weakref.ref(Circle())
    for _ in range(number):
        Circle()
    return one


def test_enough_of_them_are_taken_away() -> None:
    one = circles(ENOUGH_OBJECTS + 1)
    assert one() is not None
    tidy_up()
    assert one() is None


def test_a_few_are_left_until_there_are_more() -> None:
    one = circles(10)
    tidy_up()
    assert one() is not None


def test_those_left_over_are_looked_through_too() -> None:
    held = [Circle()]
    left = weakref.ref(held[0])
    circles(ENOUGH_OBJECTS + 1)
    tidy_up()
    held.clear()
    for _ in range(ROUNDS + 1):
        assert left() is not None
        circles(ENOUGH_OBJECTS + 1)
        tidy_up()
    assert left() is None


def test_who_never_comes_to_rest_is_tidied_all_the_same() -> None:
    one = circles(NEW_OBJECTS + ENOUGH_OBJECTS)
    assert one() is None
