"""Each worker keeps to a core where there are as many cores as workers, and only there."""

import os
from pathlib import Path

import pytest

from learn.serving.cores import core_of, usable_cores
from tests.serving.earlier import site_without_content
from tests.serving.site import Site, make_content, wait_until

WORKERS = 2


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
    cores = usable_cores()
    expected = [core_of(worker, WORKERS, cores) for worker in range(WORKERS)]
    anywhere = os.sched_getaffinity(0)
    with Site(tmp_path / "var", content, like=site_without_content) as site:
        site.wait_until_ready()
        wait_until(lambda: len(site.worker_ids()) == WORKERS, what="all workers")
        assert os.sched_getaffinity(site.process.pid) == anywhere
        for worker, core in zip(sorted(site.worker_ids()), expected, strict=True):
            threads = [int(each.name) for each in Path(f"/proc/{worker}/task").iterdir()]
            kept = [os.sched_getaffinity(thread) for thread in threads]
            assert len(threads) > 1
            assert kept == [anywhere if core is None else {core}] * len(threads)
