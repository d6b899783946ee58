"""The process in which Markdown is rendered, as ``learn.rendering`` starts, asks and ends it."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, cast

_START_SECONDS = 20.0
_MOST_WAITED, _MOST_WAITED_FOR_A_TURN = 4, 30
"""How many times as long as it works a child is waited for: asleep, or without a processor."""
_LARGEST_ANSWER = 32 * 1024 * 1024


class ChildDiedError(Exception):
    """The child ended without an answer."""


class Deadline:
    """The time that a process may take, counted by its own clock as far as the system tells it."""

    def __init__(self, process: int, seconds: float) -> None:
        self._process = process
        # What clock_getcpuclockid(3) gives on Linux: the processor time of another process.
        self._clock = (~process << 3) | 2
        self._seconds = seconds
        self._started, self._worked = time.monotonic(), self._work()

    def seconds_left(self) -> float:
        """Return how long it may still work; nothing once it was waited for much longer."""
        waited = time.monotonic() - self._started
        patience = _MOST_WAITED
        if waited > self._seconds and self._waits_for_a_turn():
            # So busy is the machine; that is no fault of the text.
            patience = _MOST_WAITED_FOR_A_TURN
        # A process that sleeps or hangs uses no time, and is not waited for as long.
        worked = max(self._work() - self._worked, waited / patience)
        return self._seconds - worked

    def _waits_for_a_turn(self) -> bool:
        """Say whether it has something to do and no processor to do it on (Linux)."""
        try:
            stat = Path(f"/proc/{self._process}/stat").read_text(encoding="utf-8")
        except OSError:
            return False
        return stat.rpartition(") ")[2].startswith("R")

    def _work(self) -> float:
        try:
            return time.clock_gettime(self._clock)
        except (OSError, AttributeError):
            return time.monotonic()


class Child:
    """The child process and the two pipes to it. ``wait_until_ready`` comes before ``ask``."""

    def __init__(self, memory: int) -> None:
        self._owner = os.getpid()
        command = [sys.executable, "-m", "learn.rendering_worker", str(memory), str(self._owner)]
        self.process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - our own module under this interpreter; its arguments are two integers
            command,
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self._requests = cast("IO[bytes]", self.process.stdin)
        self._answers = cast("IO[bytes]", self.process.stdout)
        os.set_blocking(self._requests.fileno(), False)
        self._is_ready = False

    def wait_until_ready(self) -> None:
        """Return once it can be asked. Raises ChildDiedError if it does not start."""
        if self._is_ready:
            return
        try:
            self.ask(b"", _START_SECONDS)
            self._is_ready = True
        except (TimeoutError, ChildDiedError) as error:
            self.end()
            raise ChildDiedError(f"the renderer does not start: {error}") from None

    @property
    def is_usable(self) -> bool:
        """Whether it lives and is a child of this process, not of the one this was forked from."""
        return self._owner == os.getpid() and self.process.poll() is None

    def ask(self, request: bytes, seconds: float) -> bytes:
        """Send a line and return the line that comes back.

        Raises TimeoutError when the child has worked for so many seconds, and ChildDiedError if
        it ends instead. While others keep the machine busy it may take longer than it works.
        """
        deadline = Deadline(self.process.pid, seconds)
        unsent = memoryview(request)
        answer = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self._answers, selectors.EVENT_READ)
            if unsent:
                selector.register(self._requests, selectors.EVENT_WRITE)
            while not answer.endswith(b"\n"):
                for key, _ in self._wait(selector, deadline):
                    if key.fileobj is self._answers:
                        answer += self._read(len(answer))
                    else:
                        unsent = unsent[self._write(unsent) :]
                        if not unsent:
                            selector.unregister(self._requests)
        return bytes(answer)

    def end(self) -> None:
        """Kill it, unless it belongs to the process this one forked from."""
        if self._owner == os.getpid():
            self.process.kill()
            self.process.wait()
        self._requests.close()
        self._answers.close()

    @staticmethod
    def _wait(
        selector: selectors.BaseSelector, deadline: Deadline
    ) -> list[tuple[selectors.SelectorKey, int]]:
        while True:
            left = deadline.seconds_left()
            # What has come counts, however late this process itself got a processor.
            if events := selector.select(max(left, 0)):
                return events
            if left <= 0:
                raise TimeoutError("it took too long")

    def _read(self, so_far: int) -> bytes:
        received = os.read(self._answers.fileno(), 1 << 16)
        if not received:
            raise ChildDiedError(self._epitaph())
        if so_far > _LARGEST_ANSWER:
            raise ChildDiedError("the result is too large")
        return received

    def _write(self, unsent: memoryview) -> int:
        try:
            return os.write(self._requests.fileno(), unsent[: 1 << 16])
        except BrokenPipeError:
            raise ChildDiedError(self._epitaph()) from None

    def _epitaph(self) -> str:
        status = self.process.wait()
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        return f"the renderer ended {how}"
