"""The web server: granian, with its workers looked after."""

# Granian's methods have no types.
# mypy: disable-error-code="no-untyped-call"

import gc
import multiprocessing
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels, logger
from granian.server.mp import MPServer, WorkerProcess

from learn.serving.cores import core_of, loaded_on, usable_cores
from learn.serving.faults import ServeError
from learn.serving.interruption import Interruption
from learn.serving.logs import SERVER_LOGGING
from learn.serving.open_files import most_connections
from learn.serving.port import BACKLOG
from learn.serving.stopping import STOPPING
from learn.serving.worker import load_application, run_worker

APPLICATION = "learn.wsgi"

# SIGTERM has to stop everything within five seconds, requests in flight included.
KILL_AFTER_SECONDS = 4
PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 0.5
CALM_SECONDS = 5.0
LOSSES_WITHOUT_ANSWER = 3


class Worker(WorkerProcess):
    """A worker process that may be told to stop by others than the main process.

    Whoever stops a group of processes reaches the workers, too. The main one may hear of that last,
    and granian would have it complain of a worker that did as it was told.
    """

    def _watcher(self) -> None:
        self.inner.join()
        if self.inner.exitcode != 0:
            super()._watcher()
        elif not self.interrupt_by_parent:
            self.parent.interrupt_children.append(self.idx)
            self.parent.main_loop_interrupt.set()


class Server(MPServer):
    """Granian with listening sockets that outlive its workers, and without giving up.

    By itself granian has each worker open a socket, which lets a second server in beside it and
    loses the connections that wait at a worker that dies; and it stops for good when a worker dies
    twice in a row. The methods overridden here are not public: the release is pinned, and
    ``tests/serving`` holds what they are for.
    """

    def __init__(
        self, listeners: Sequence[socket.socket], *, workers: int, application: str = APPLICATION
    ) -> None:
        host, port = listeners[0].getsockname()[:2]
        super().__init__(
            target=application,
            address=str(host),
            port=int(port),
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=workers,
            blocking_threads=2,
            # Browsers keep theirs open: who finds none waits for somebody else's to end.
            backpressure=most_connections(),
            respawn_failed_workers=True,
            respawn_interval=0.5,
            workers_lifetime=6 * 60 * 60,
            workers_max_rss=400,
            workers_kill_timeout=KILL_AFTER_SECONDS,
            log_level=LogLevels.warning,
            log_dictconfig=SERVER_LOGGING,
        )
        self._listeners = listeners
        self.main_loop_interrupt: Any = Interruption()
        self._started: Callable[[], None] = lambda: None
        self._losses = 0
        self._last_loss = 0.0
        self.has_answered = False

    def serve_site(self, *, started: Callable[[], None]) -> None:
        """Answer requests until SIGTERM or SIGINT; call ``started`` when the workers are there.

        Raises ``ServeError`` when the workers end again and again before the first answer.
        """
        self._started = started
        if sys.platform == "linux":
            # A fork has everything loaded: a lost worker is replaced in a moment, and by the same
            # code as the others even if the files have changed since.
            multiprocessing.set_start_method("fork", force=True)
            # Workers take turns at SQLite by what is made here.
            connections.all()
            # What is loaded by now stays; a collector that touches it would make copies of it.
            gc.collect()
            gc.freeze()
        self.serve(run_worker, load_application)
        if self._has_failed:
            raise ServeError(_("The server's processes end as they start; see the lines above."))

    @property
    def _has_failed(self) -> bool:
        """Say whether there is no point in starting workers again."""
        return not self.has_answered and self._losses >= LOSSES_WITHOUT_ANSWER

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """Stop when the terminal is closed; granian would start its workers anew."""
        if signal.SIGHUP in STOPPING:
            self.signal_handler_interrupt()

    def _init_shared_socket(self) -> None:
        """Open nothing: each worker is handed a socket of ours."""

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any, *rest: Any) -> Any:
        """Start a worker at its socket and core.

        It is how granian shares a socket where a port cannot be.
        """
        self._sso = self._listeners[idx % len(self._listeners)]
        is_local_path = False
        hold_socket: Any = SocketHolder  # its stub names no parameters
        self._shd = hold_socket(self._sso.fileno(), is_local_path, BACKLOG)
        core = core_of(idx, self.workers, usable_cores())
        load = partial(loaded_on, core, callback_loader)
        worker = super()._spawn_worker(idx, target, load, *rest)
        worker.__class__ = Worker
        return worker

    def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
        """Start all workers, then tell."""
        with signals_held_back():
            super()._spawn_workers(spawn_target, target_loader)
        self._started()

    def _respawn_workers(
        self,
        workers: Iterable[int],
        spawn_target: Any,
        target_loader: Any,
        delay: float = 0,
    ) -> None:
        """Replace workers: at once after a single loss, more and more slowly after many."""
        now = time.monotonic()
        self._losses = self._losses + 1 if now - self._last_loss < CALM_SECONDS else 1
        self._last_loss = now
        if self._has_failed:
            self.signal_handler_interrupt()
            return
        # Ends early when the server is to stop.
        self.main_loop_interrupt.wait(
            min((self._losses - 1) * PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
        )
        with signals_held_back():
            super()._respawn_workers(workers, spawn_target, target_loader, delay=delay)
        # An entry here would make granian give up at the next loss.
        self.respawned_wrks.clear()

    def _stop_workers(self) -> None:
        """Ask the workers to stop, and kill those that do not in time.

        Granian's own way asks a state that several threads update, and so complains of workers that
        are gone.
        """
        for worker in self.wrks:
            worker.terminate()
        running = {worker.inner.sentinel: worker for worker in self.wrks}
        deadline = time.monotonic() + KILL_AFTER_SECONDS
        while running and (seconds := deadline - time.monotonic()) > 0:
            for ended in wait(list(running), seconds):
                running.pop(ended)
        for worker in running.values():
            logger.warning("A worker did not end in time and was killed with its requests.")
            worker.kill()
        self.wrks.clear()

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop in good order; a worker that was lost on the way is no failure."""
        self.interrupt_children.clear()
        super().shutdown(exit_code)


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Have the signals that stop a process wait, here and in a worker that is forked meanwhile.

    A fork has the main process's handlers at first, which would swallow them.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
