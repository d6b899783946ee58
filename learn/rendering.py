"""Rendering that ends: Markdown is rendered in a child process, killed when it takes too long.

Some texts take a parser seconds, others all the memory there is. A thread cannot be stopped, a
process can. The child lives on between calls, so that rendering there costs no more than here.
"""

from __future__ import annotations

import json
import os
import re
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from learn.authoring.render import (
    Fragment,
    RenderContext,
    Rendered,
    context_to_json,
    fragment_to_json,
    rendered_from_json,
)

_START_SECONDS = 20.0
_LARGEST_ANSWER = 32 * 1024 * 1024
_HEADING = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$)")
_NESTING = re.compile(r"[\[({<>]")


class RenderError(Exception):
    """Rendering did not come to its end. The next call starts afresh."""


class RenderTooLarge(RenderError):  # noqa: N818 - names what is wrong with the text
    """A text is beyond the caps and was not tried.

    ``fragment`` is its place among the fragments, None for the definitions or for all together;
    ``line`` is the line in it, from 1, or None.
    """

    def __init__(self, message: str, fragment: int | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.fragment = fragment
        self.line = line


class RenderTooSlow(RenderError):  # noqa: N818 - names what is wrong with the text
    """Rendering took longer than it may, and was stopped."""


class RenderFailed(RenderError):  # noqa: N818 - a pair with the two above
    """The renderer raised an error, ran out of memory or died. The message is one line."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What is refused before it is tried."""

    characters: int = 64 * 1024
    lines: int = 2_000
    headings: int = 200
    nesting: int = 400
    """Opening brackets in one line."""
    total: int = 1024 * 1024
    """Characters of all fragments together."""

    def check(self, fragments: Sequence[Fragment], context: RenderContext) -> None:
        """Raise RenderTooLarge if any fragment, or all together, is beyond the caps."""
        self._check_text(context.definitions, None)
        for place, fragment in enumerate(fragments):
            self._check_text(fragment.text, place)
        if sum(len(fragment.text) for fragment in fragments) > self.total:
            raise RenderTooLarge(f"more than {self.total} characters in all")

    def _check_text(self, text: str, place: int | None) -> None:
        if len(text) > self.characters:
            raise RenderTooLarge(f"more than {self.characters} characters", place)
        lines = text.splitlines()
        if len(lines) > self.lines:
            raise RenderTooLarge(f"more than {self.lines} lines", place, self.lines + 1)
        headings, in_code = 0, False
        for number, line in enumerate(lines, start=1):
            if len(_NESTING.findall(line)) > self.nesting:
                raise RenderTooLarge(f"more than {self.nesting} brackets in a line", place, number)
            in_code ^= line.lstrip().startswith(("```", "~~~"))
            headings += not in_code and bool(_HEADING.match(line))
            if headings > self.headings:
                raise RenderTooLarge(f"more than {self.headings} headings", place, number)


DEFAULT_CAPS = Caps()


class Renderer:
    """Renders in a child process. Threads may share one; their calls wait for each other.

    The child is started at the first call and replaced when it was killed or failed. ``seconds`` is
    the time a call may take, ``memory`` the address space of the child in bytes.
    """

    def __init__(
        self,
        *,
        seconds: float = 2.0,
        memory: int = 512 * 1024 * 1024,
        caps: Caps = DEFAULT_CAPS,
    ) -> None:
        self._seconds = seconds
        self._memory = memory
        self._caps = caps
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def render(self, fragments: Sequence[Fragment], context: RenderContext) -> list[Rendered]:
        """Return each fragment rendered, in their order.

        Raises RenderTooLarge before anything is tried, RenderTooSlow after ``seconds``, and
        RenderFailed if the renderer raised an error or died. Waiting for other threads and starting
        the child do not count as time.
        """
        self._caps.check(fragments, context)
        request = {
            "fragments": [fragment_to_json(fragment) for fragment in fragments],
            "context": context_to_json(context),
        }
        line = json.dumps(request).encode() + b"\n"
        with self._lock:
            try:
                answer = self._ask(line)
            except BaseException:
                self._drop_child()
                raise
        return [rendered_from_json(one) for one in answer["rendered"]]

    @property
    def process_id(self) -> int | None:
        """The child's process, or None while there is none."""
        return self._child.process.pid if self._child else None

    def close(self) -> None:
        """End the child. A later call starts another."""
        with self._lock:
            self._drop_child()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the child."""
        del kind, error, traceback
        self.close()

    def _ask(self, line: bytes) -> dict[str, Any]:
        child = self._living_child()
        deadline = time.monotonic() + self._seconds
        try:
            try:
                reply = child.ask(line, deadline)
            except _Died:
                # It may have died before it saw this text; one that dies of it does so again.
                self._drop_child()
                reply = self._living_child().ask(line, deadline)
        except TimeoutError:
            raise RenderTooSlow(f"rendering took more than {self._seconds:g} s") from None
        except _Died as death:
            raise RenderFailed(str(death)) from None
        answer: dict[str, Any] = json.loads(reply)
        if "error" in answer:
            raise RenderFailed(answer["error"])
        return answer

    def _living_child(self) -> _Child:
        if self._child and not self._child.is_usable:
            self._drop_child()
        if self._child is None:
            self._child = _Child(self._memory)
        return self._child

    def _drop_child(self) -> None:
        if self._child:
            self._child.end()
            self._child = None


class _Died(Exception):  # noqa: N818 - caught two functions further up, never seen outside
    """The child ended without an answer."""


class _Child:
    """The child process and the two pipes to it."""

    def __init__(self, memory: int) -> None:
        self._owner = os.getpid()
        command = [sys.executable, "-m", "learn.rendering_worker", str(memory), str(self._owner)]
        self.process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - our own module and two numbers
            command,
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self._requests = cast("IO[bytes]", self.process.stdin)
        self._answers = cast("IO[bytes]", self.process.stdout)
        os.set_blocking(self._requests.fileno(), False)
        try:
            self.ask(b"", time.monotonic() + _START_SECONDS)
        except (TimeoutError, _Died) as error:
            self.end()
            raise RenderFailed(f"the renderer does not start: {error}") from None

    @property
    def is_usable(self) -> bool:
        """Whether it lives and is a child of this process, not of the one this was forked from."""
        return self._owner == os.getpid() and self.process.poll() is None

    def ask(self, request: bytes, deadline: float) -> bytes:
        """Send a line and return the line that comes back.

        Raises TimeoutError at the deadline and _Died if the child ends instead.
        """
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
        selector: selectors.BaseSelector, deadline: float
    ) -> list[tuple[selectors.SelectorKey, int]]:
        events = selector.select(max(deadline - time.monotonic(), 0))
        if not events:
            raise TimeoutError("it took too long")
        return events

    def _read(self, so_far: int) -> bytes:
        received = os.read(self._answers.fileno(), 1 << 16)
        if not received:
            raise _Died(self._epitaph())
        if so_far > _LARGEST_ANSWER:
            raise _Died("the result is too large")
        return received

    def _write(self, unsent: memoryview) -> int:
        try:
            return os.write(self._requests.fileno(), unsent[: 1 << 16])
        except BrokenPipeError:
            raise _Died(self._epitaph()) from None

    def _epitaph(self) -> str:
        status = self.process.wait()
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        return f"the renderer ended {how}"
