"""Rendering that ends: Markdown is rendered in a child process, killed when it takes too long.

Some texts take a parser seconds, others all the memory there is. A thread cannot be stopped, a
process can. The child lives on between calls, so that rendering there costs no more than here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import LifoQueue
from types import TracebackType
from typing import Any, Self

from learn.authoring.fragments import (
    Fragment,
    RenderContext,
    Rendered,
    context_to_json,
    fragment_to_json,
    rendered_from_json,
)
from learn.rendering_child import Child, ChildDiedError
from learn.telling import LESSONS_RENDERED, told

_HEADING = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$)")
_NESTING = re.compile(r"[\[({<>]")


class RenderError(Exception):
    """Rendering did not come to its end. The next call starts afresh."""


class RenderTooLargeError(RenderError):
    """A text is beyond the caps and was not tried.

    ``fragment`` is its place among the fragments, None for the definitions or for all together;
    ``line`` is the line in it, from 1, or None.
    """

    def __init__(self, message: str, fragment: int | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.fragment = fragment
        self.line = line


class RenderTooSlowError(RenderError):
    """Rendering took longer than it may, and was stopped."""


class RenderFailedError(RenderError):
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
        """Raise RenderTooLargeError if any fragment, or all together, is beyond the caps."""
        self._check_text(context.definitions, None)
        for place, fragment in enumerate(fragments):
            self._check_text(fragment.text, place)
        if sum(len(fragment.text) for fragment in fragments) > self.total:
            raise RenderTooLargeError(f"more than {self.total} characters in all")

    def _check_text(self, text: str, place: int | None) -> None:
        if len(text) > self.characters:
            raise RenderTooLargeError(f"more than {self.characters} characters", place)
        lines = text.splitlines()
        if len(lines) > self.lines:
            raise RenderTooLargeError(f"more than {self.lines} lines", place, self.lines + 1)
        headings, in_code = 0, False
        for number, line in enumerate(lines, start=1):
            if len(_NESTING.findall(line)) > self.nesting:
                raise RenderTooLargeError(
                    f"more than {self.nesting} brackets in a line", place, number
                )
            in_code ^= line.lstrip().startswith(("```", "~~~"))
            headings += not in_code and bool(_HEADING.match(line))
            if headings > self.headings:
                raise RenderTooLargeError(f"more than {self.headings} headings", place, number)


DEFAULT_CAPS = Caps()


def processors() -> int:
    """Return how many children are worth having when there is much to render."""
    return os.process_cpu_count() or 1


class Renderer:
    """Renders in child processes. Threads may share one; without a free child they wait for it.

    A child is started when it is needed and replaced when it was killed or failed. ``seconds`` is
    the time a call may work, ``memory`` the address space of a child in bytes, ``children`` how
    many there are at most.
    """

    def __init__(
        self,
        *,
        seconds: float = 2.0,
        memory: int = 512 * 1024 * 1024,
        caps: Caps = DEFAULT_CAPS,
        children: int = 1,
    ) -> None:
        self._caps = caps
        self._seats = [_Seat(seconds, memory) for _ in range(children)]
        # The seat used last comes first, so that few texts start few children.
        self._free: LifoQueue[_Seat] = LifoQueue()
        for seat in reversed(self._seats):
            self._free.put(seat)

    def begin(self) -> None:
        """Start a child, without waiting for it: something else is done before it is needed."""
        with self._seat() as seat:
            seat.begin()

    def render(self, fragments: Sequence[Fragment], context: RenderContext) -> list[Rendered]:
        """Return each fragment rendered, in their order.

        Raises RenderTooLargeError before anything is tried, RenderTooSlowError after ``seconds``,
        and RenderFailedError if the renderer raised an error or died. Waiting for other threads
        and starting the child do not count as time.
        """
        self._caps.check(fragments, context)
        request = {
            "fragments": [fragment_to_json(fragment) for fragment in fragments],
            "context": context_to_json(context),
        }
        line = json.dumps(request).encode() + b"\n"
        with self._seat() as seat:
            try:
                answer = seat.ask(line)
            except BaseException:
                seat.clear()
                raise
        return [rendered_from_json(one) for one in answer["rendered"]]

    def each[Item, Result](
        self, work: Callable[[Item], Result], items: Sequence[Item]
    ) -> list[Result]:
        """Return what ``work``, which renders, gives for each item; as many at once as children."""
        if len(self._seats) == 1 or len(items) < 2:
            return [*told(LESSONS_RENDERED, map(work, items), wanted=len(items))]
        with ThreadPoolExecutor(len(self._seats)) as pool:
            return [*told(LESSONS_RENDERED, pool.map(work, items), wanted=len(items))]

    @property
    def process_id(self) -> int | None:
        """The first child's process, or None while there is none."""
        return self._seats[0].process_id

    def close(self) -> None:
        """End the children. A later call starts another."""
        taken = [self._free.get() for _ in self._seats]
        for seat in reversed(taken):
            seat.clear()
            self._free.put(seat)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the children."""
        del kind, error, traceback
        self.close()

    @contextmanager
    def _seat(self) -> Iterator[_Seat]:
        """Give a seat that nobody else uses meanwhile."""
        seat = self._free.get()
        try:
            yield seat
        finally:
            self._free.put(seat)


class _Seat:
    """The place of one child, which may be another one after each call."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds, self._memory = seconds, memory
        self._child: Child | None = None

    @property
    def process_id(self) -> int | None:
        """The child's process, or None while there is none."""
        return self._child.process.pid if self._child else None

    def ask(self, line: bytes) -> dict[str, Any]:
        """Return the child's answer. Raises RenderTooSlowError or RenderFailedError."""
        try:
            child = self._living_child()
            try:
                reply = child.ask(line, self._seconds)
            except ChildDiedError:
                # It may have died before it saw this text; one that dies of it does so again.
                self.clear()
                reply = self._living_child().ask(line, self._seconds)
        except TimeoutError:
            raise RenderTooSlowError(f"rendering took more than {self._seconds:g} s") from None
        except ChildDiedError as death:
            raise RenderFailedError(str(death)) from None
        answer: dict[str, Any] = json.loads(reply)
        if "error" in answer:
            raise RenderFailedError(answer["error"])
        return answer

    def clear(self) -> None:
        """End the child."""
        if self._child:
            self._child.end()
            self._child = None

    def begin(self) -> None:
        """Start a child if there is none, without waiting for it."""
        if self._child is None:
            self._child = Child(self._memory)

    def _living_child(self) -> Child:
        if self._child and not self._child.is_usable:
            self.clear()
        if self._child is None:
            self._child = Child(self._memory)
        self._child.wait_until_ready()
        return self._child
