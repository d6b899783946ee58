"""Of many backups the newest of each of the last days, weeks and months is kept, and no other."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learn.backup.rotation import DAYS, MONTHS, WEEKS, worth_keeping

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
times = st.sets(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes)),
    max_size=60,
)


def test_nightly_backups_of_a_year_become_a_week_a_month_and_half_a_year():
    nights = [datetime(2026, 1, 1, 3, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
    kept = sorted(worth_keeping(nights), reverse=True)
    assert kept[:DAYS] == sorted(nights, reverse=True)[:DAYS]
    months = {time.month for time in kept}
    assert months == {7, 8, 9, 10, 11, 12}
    assert len(kept) <= DAYS + WEEKS + MONTHS


@given(times)
def test_the_newest_is_kept_and_there_are_never_too_many(found):
    kept = worth_keeping(found)
    assert kept <= found
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert not found or max(found) in kept


@given(times)
def test_to_sweep_twice_removes_nothing_more(found):
    kept = worth_keeping(found)
    assert worth_keeping(kept) == kept


@given(times, times)
def test_a_day_that_is_kept_loses_only_to_newer_ones(found, more):
    kept = worth_keeping(found | more)
    for time in worth_keeping(found) - kept:
        assert any(other > time for other in more), "an older backup pushed out a newer one"
