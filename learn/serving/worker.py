"""What runs in each worker process: the site's application, and a stop that is always heard."""

# Granian's functions have no types.
# mypy: disable-error-code="no-untyped-call, untyped-decorator"

import importlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string
from granian._futures import _new_cbscheduler
from granian._granian import WorkerSignal, WSGIWorker
from granian.server.common import WORKERS_METHODS
from granian.server.mp import WorkerProcess
from granian.wsgi import _callback_wrapper

from learn.serving.group_commit import GroupCommit
from learn.serving.lifeline import die_with_parent
from learn.serving.stopping import STOPPING
from learn.serving.tidying import tidy_seldom
from learn.serving.waiting_room import WaitingRoom

ANSWERS = ("learn.serving.short_way.answering", "learn.serving.short_way.ask_ahead")
SWITCH_SECONDS = 0.0005
"""How long a thread computes while another waits; the one that writes is waited for by all."""


def load_application(target: str) -> Callable[..., Any]:
    """Return the WSGI application of the module ``target``; runs in the worker as it starts."""
    # Held back until there is something to stop; see ``run_worker``.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        die_with_parent(parent.pid)
    sys.setswitchinterval(SWITCH_SECONDS)
    tidy_seldom()
    # By name: only now are the static files there that the middleware looks through.
    application: Callable[..., Any] = importlib.import_module(target).application
    return application


@WorkerProcess.wrap_target
def run_worker(
    worker_id: int,
    application: Callable[..., Any],
    sockets: Any,
    ipc: Any,
    loop: Any,
    runtime_mode: Any,
    *settings: Any,
) -> None:
    """Answer requests until SIGTERM, then finish those in flight. The parameters are granian's.

    Granian's own function for this misses a signal that comes while it starts, and at a second one
    loses the requests in flight: service managers send both.
    """
    *threads, _task, http, http1, http2, _websockets, static, log, ssl, scope, metrics = settings
    has_stopped = threading.Event()
    stop = WorkerSignal()
    stop.add_cb(has_stopped.set)
    make_worker: Any = WSGIWorker  # its stub is older than its parameters
    worker = make_worker(
        worker_id, sockets, ipc, *threads, http, http1, http2, static, *ssl, metrics
    )
    callback: Any = _callback_wrapper(application, scope, log)
    # By name: it imports models, which are there only now.
    joins, ask_ahead = map(import_string, ANSWERS)
    callback = GroupCommit(callback, WaitingRoom(callback), joins, ask_ahead)
    serve = getattr(worker, WORKERS_METHODS[runtime_mode][False])
    serve(_new_cbscheduler(loop, callback, impl_asyncio=True), loop, stop)
    hear_once(stop)
    has_stopped.wait()


def hear_once(stop: WorkerSignal) -> None:
    """Set ``stop`` at the first SIGTERM, which may have come already, and at no other."""

    def hear(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stop.set()

    # What a terminal sends reaches all of its processes; the main one alone decides, and tells us.
    for number in STOPPING - {signal.SIGTERM}:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, hear)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
