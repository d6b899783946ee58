"""Each worker keeps to a core where there are as many cores as workers, and only there."""

import os
import sys
from pathlib import Path

import pytest

from learn.serving.cores import core_of, loaded_on, usable_cores
from tests.serving.earlier import site_without_content
from tests.serving.site import Site, make_content, wait_until

MOST_WORKERS = 4


@pytest.mark.parametrize(
    ("workers", "cores", "expected"),
    [
        (1, {0}, [0]),
        (2, {0, 1}, [0, 1]),
        (2, {4, 7}, [4, 7]),
        (2, {0, 1, 2, 3}, [None, None]),
        (3, {0, 1}, [None, None, None]),
        (2, (), [None, None]),
    ],
)
def test_each_worker_has_a_core_where_there_is_one_for_each(workers, cores, expected):
    assert [core_of(worker, workers, cores) for worker in range(workers)] == expected


@pytest.mark.server
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc: Linux only")
def test_a_workers_threads_stay_where_it_was_put(tmp_path):
    content = make_content(tmp_path / "content")
    anywhere = os.sched_getaffinity(0)
    # As many as there are cores, where that is not too much for a test.
    cores = usable_cores() if len(usable_cores()) <= MOST_WORKERS else ()
    workers = len(cores) or MOST_WORKERS
    expected = [{core} for core in sorted(cores)] or [anywhere] * workers

    def are_kept():
        ids = site.worker_ids()
        threads = [[int(each.name) for each in Path(f"/proc/{id_}/task").iterdir()] for id_ in ids]
        kept = [set().union(*map(os.sched_getaffinity, own)) for own in threads]
        return min(map(len, threads)) > 1 and sorted(kept, key=min) == expected

    with Site(
        tmp_path / "var", content, "--workers", str(workers), like=site_without_content
    ) as site:
        site.wait_until_ready()
        wait_until(are_kept, what="all threads where they belong")
        assert os.sched_getaffinity(site.process.pid) == anywhere


@pytest.mark.skipif(sys.platform != "linux", reason="keeps to a core: Linux only")
def test_a_system_that_refuses_a_core_is_left_alone():
    before = os.sched_getaffinity(0)
    assert loaded_on(max(before) + 10_000, lambda: "loaded") == "loaded"
    assert os.sched_getaffinity(0) == before
