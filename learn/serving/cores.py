"""Each worker has a core of its own where there are just as many cores as workers.

A worker computes in one thread at a time. Left alone, the system moves its threads from core to
core, each time away from what a core has at hand. nginx knows it as ``worker_cpu_affinity``.
"""

import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any


def usable_cores() -> Collection[int]:
    """Return the numbers of all cores of this machine, none where not all of them are ours."""
    if sys.platform != "linux":
        return ()
    usable = os.sched_getaffinity(0)
    return usable if len(usable) == os.cpu_count() else ()


def core_of(worker: int, workers: int, cores: Collection[int]) -> int | None:
    """Return the core for a worker, counted from 0; None where the system had better choose.

    With fewer workers than cores there is room for them elsewhere when something else computes, and
    with more of them one would wait while another core is free.
    """
    return sorted(cores)[worker] if workers == len(cores) else None


def loaded_on(core: int | None, load: Callable[[], Any]) -> Any:
    """Keep this process, with the threads to come, to a core, and return what ``load`` gives."""
    if core is not None and sys.platform == "linux":
        # A sandbox may refuse it; then the site serves as it would have without.
        with suppress(OSError):
            os.sched_setaffinity(0, {core})
    return load()
