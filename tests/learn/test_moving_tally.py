"""Checksums by which a move is compared: any changed value changes them, nothing else does."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import assume, given
from hypothesis import strategies as st

from learn.moving.tally import Tally, tally_of, written

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | st.text(max_size=9)
times = st.datetimes(timezones=st.just(UTC))
values = scalars | st.binary(max_size=9) | times | st.lists(scalars, max_size=2)
rows = st.lists(values, min_size=2, max_size=4)


@given(st.lists(rows, max_size=6), st.data())
def test_the_order_and_the_batches_of_rows_do_not_matter(table, data):
    shuffled = data.draw(st.permutations(table))
    cut = data.draw(st.integers(0, len(table)))
    assert tally_of(shuffled[:cut]) + tally_of(shuffled[cut:]) == tally_of(table)


@given(st.lists(rows, min_size=1, max_size=5), st.data())
def test_one_changed_value_changes_the_checksum(table, data):
    at = data.draw(st.integers(0, len(table) - 1))
    column = data.draw(st.integers(0, len(table[at]) - 1))
    other = data.draw(values)
    changed = [list(row) for row in table]
    changed[at][column] = other
    assume(written(changed[at]) != written(table[at]))
    assert tally_of(changed) != tally_of(table)
    assert tally_of(changed).checksum != tally_of(table).checksum


@given(st.one_of(*(st.tuples(kind, kind) for kind in (numbers, st.text(), st.binary(), times))))
def test_values_that_differ_are_written_differently(pair):
    one, other = pair
    assert (written([one]) == written([other])) == (one == other)


def test_rows_swapping_a_value_differ():
    assert tally_of([[1, "a"], [2, "b"]]) != tally_of([[1, "b"], [2, "a"]])


def test_what_databases_keep_differently_is_the_same():
    utc = datetime(2026, 11, 21, 12, tzinfo=UTC)
    here = utc.astimezone(timezone(timedelta(hours=2)))
    assert written([5.0, {"b": [1e22], "a": 2.0}, utc]) == written(
        [5, {"a": 2, "b": [10**22]}, here]
    )
    assert written([memoryview(b"x")]) == written([b"x"])
    assert written([True]) != written([1])
    assert tally_of([]) == Tally()
